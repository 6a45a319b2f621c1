import { cp, glob, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfig, settings } from '#src/config.ts';
import { root } from '#tests/house/source-files.ts';
import { findProgram, runProgram } from '#tests/support/prometheus.ts';
import { parts, readByPart } from './read-by-part.ts';

type Container = {
  name: string;
  args: string[];
  env?: { name: string; value: string }[];
  envFrom?: unknown;
  ports?: unknown[];
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  resources: { requests: unknown; limits: unknown };
  securityContext: Record<string, unknown>;
};
type PodSpec = { securityContext: Record<string, unknown>; containers: Container[] };
type Manifest = {
  kind: string;
  metadata?: { name: string };
  resources?: string[];
  components?: string[];
  configMapGenerator?: { literals: string[] }[];
  spec?: { template?: { spec: PodSpec }; scaleTargetRef?: { name: string } };
};

type Receiver = { name: string; webhookConfigs?: { url: string; httpConfig: object }[]; webhook_configs?: { url: string }[] };

/** The operator writes groupWait and a matcher's three parts where Alertmanager writes group_wait and one line. */
const inOneSpelling = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneSpelling);
  if (typeof value !== 'object' || value === null) return value;
  const { name, matchType, value: matched } = value as Record<string, string>;
  if (matchType) return `${name} ${matchType} "${matched}"`;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_match(?:ers)?$/, '_matchers'),
      inOneSpelling(inner),
    ]),
  );
};

const sample: Record<string, string> = {
  DATABASE_URL: 'postgres://aiops:x@db:5432/aiops',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  OTEL_EXPORTER_OTLP_HEADERS: 'key=value',
};

const folder = join(root, 'infra/kubernetes');
const files = await Array.fromAsync(glob(join(folder, '**/*.yaml')));
const manifests = (
  await Promise.all(
    files.map(async (file) =>
      parseAllDocuments(await readFile(file, 'utf8')).map((document) => {
        if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message}`);
        return { file, manifest: document.toJS() as Manifest };
      }),
    ),
  )
).flat();
const kustomizations = manifests.filter(({ manifest }) => manifest.kind === 'Kustomization' || manifest.kind === 'Component');
const pods = manifests.flatMap(({ manifest }) =>
  manifest.spec?.template ? [[`${manifest.kind} ${manifest.metadata?.name}`, manifest.spec.template.spec] as const] : [],
);

describe('infra/kubernetes', () => {
  test("kustomize's lists name what exists, and every file is in one", async () => {
    const named = new Set<string>();
    for (const { file, manifest } of kustomizations)
      for (const path of [...(manifest.resources ?? []), ...(manifest.components ?? [])]) {
        const target = join(dirname(file), path);
        const isFolder = (await stat(target)).isDirectory();
        if (isFolder) await expect(stat(join(target, 'kustomization.yaml'))).resolves.toBeDefined();
        named.add(isFolder ? join(target, 'kustomization.yaml') : target);
      }
    const roots = ['overlays/example', 'components/queue-age', 'components/prometheus'].map((name) =>
      join(folder, name, 'kustomization.yaml'),
    );
    expect(files.filter((file) => !named.has(file) && !roots.includes(file)).map((file) => relative(folder, file))).toEqual([]);
  });

  test('runs the three parts and the migration', () => {
    expect(pods.map(([, { containers }]) => containers[0]?.args[0]).sort()).toEqual(['api', 'bot', 'migrate', 'worker']);
  });

  test.each(pods)('%s holds no privileges, cannot write to its image, and has limits', (_, { securityContext, containers }) => {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of containers) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toMatchObject({ requests: { cpu: expect.anything(), memory: expect.anything() }, limits: {} });
      if (container.ports) expect(container).toMatchObject({ readinessProbe: {}, livenessProbe: {}, startupProbe: {} });
    }
  });

  test('lets every setting there is be set: what is no secret for all parts, each secret by file for whoever reads it as in the compose file', async () => {
    const read = await readByPart();
    for (const [name, { containers }] of pods) {
      const [container] = containers;
      expect(container?.envFrom, name).toEqual([{ configMapRef: { name: 'settings' } }]);
      const part = parts.find((known) => known === container?.args[0]);
      const files = (container?.env ?? []).flatMap((variable) =>
        variable.name.endsWith('_FILE') ? variable.name.slice(0, -'_FILE'.length) : [],
      );
      if (part) expect(files.sort(), name).toEqual(read[part].secret);
    }
    const given = pods.flatMap(([, { containers }]) => containers.flatMap(({ env = [] }) => env.map(({ name }) => name)));
    const literals = kustomizations.flatMap(({ manifest }) =>
      (manifest.configMapGenerator ?? []).flatMap((map) => map.literals.map((line) => line.split('=')[0] as string)),
    );
    for (const name of [...given, ...literals]) expect(Object.keys(settings)).toContain(name.replace(/_FILE$/, ''));
    const secrets = Object.values(read).flatMap(({ secret }) => secret);
    expect([...given, ...literals].filter((name) => secrets.includes(name))).toEqual([]);
  });

  test('hands no part a setting that stops it from starting, whichever is set for all', async () => {
    const read = await readByPart();
    const all = { ENGINE: 'openai', S3_BUCKET: 'texts', S3_ENDPOINT: 'http://s3:9000', ALERTS_CHANNEL: 'C0123456789' };
    for (const part of parts) {
      const secrets = Object.fromEntries(read[part].secret.map((name) => [name, sample[name] ?? '0123456789'.repeat(4)]));
      expect(() =>
        parseConfig({ ...all, ...secrets, ...(part === 'bot' ? { API_URL: 'http://api:3000' } : {}) }, { roles: [part] }),
      ).not.toThrow();
    }
  });

  test('Alertmanager says the same as in the compose file, and Prometheus sets the labels that rules ask for', async () => {
    const kinds = Object.fromEntries(manifests.map(({ manifest }) => [manifest.kind, manifest.spec])) as Record<string, never>;
    const composed = parse(await readFile(join(root, 'monitoring/alertmanager/alertmanager.yml'), 'utf8')) as Record<string, unknown>;
    const { receivers, ...told } = kinds['AlertmanagerConfig'] as unknown as { receivers: Receiver[] };
    const { receivers: others, ...same } = composed as { receivers: Receiver[] };
    expect(inOneSpelling(told)).toEqual(inOneSpelling(same));
    expect(receivers.map(({ name }) => name)).toEqual(others.map(({ name }) => name));
    const [way, other] = [
      receivers.find(({ name }) => name === 'bot')?.webhookConfigs,
      others.find(({ name }) => name === 'bot')?.webhook_configs,
    ];
    const pathOf = (url: string | undefined): string => new URL(url ?? '').pathname;
    expect(pathOf(way?.[0]?.url)).toBe(pathOf(other?.[0]?.url));
    expect(way?.[0]?.httpConfig).toMatchObject({ authorization: { credentials: { key: 'alerts-token' } } });
    const { podMetricsEndpoints } = kinds['PodMonitor'] as unknown as { podMetricsEndpoints: { relabelings: { targetLabel: string }[] }[] };
    expect(podMetricsEndpoints[0]?.relabelings.map(({ targetLabel }) => targetLabel)).toEqual(['job', 'role']);
  });

  test('names no number of copies where something scales, and runs on a plain cluster', () => {
    const scaled = manifests.flatMap(({ manifest }) => (manifest.spec?.scaleTargetRef ? [manifest.spec.scaleTargetRef.name] : []));
    expect(new Set(scaled)).toEqual(new Set(['api', 'worker']));
    for (const { manifest } of manifests)
      if (manifest.kind === 'Deployment' && scaled.includes(manifest.metadata?.name ?? ''))
        expect(manifest.spec).not.toHaveProperty('replicas');
    expect(kustomizations.find(({ file }) => file.includes('overlays/example'))?.manifest.components).toEqual([]);
  });

  test('its README makes every secret that a part reads', async () => {
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    const wanted = pods.flatMap(([, { containers }]) =>
      containers.flatMap(({ env = [] }) =>
        env.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value.split('/').at(-1) as string),
      ),
    );
    for (const name of wanted) expect(readme).toContain(`--from-literal=${name}=`);
  });

  test('lets the world to nothing that is for inside', async () => {
    const ingress = await readFile(join(folder, 'overlays/example/ingress.yaml'), 'utf8');
    expect(ingress).not.toMatch(/path: \/metrics|path: \/, pathType: Prefix/);
  });

  test('lets the world to every door that is for it', async () => {
    const ingress = await readFile(join(folder, 'overlays/example/ingress.yaml'), 'utf8');
    const sources = await Promise.all(
      (await Array.fromAsync(glob(join(root, 'src/{http/*,runtime}.ts')))).map((file) => readFile(file, 'utf8')),
    );
    const doors = sources.flatMap((source) =>
      [...source.matchAll(/(?:path: |const PATH = )'(\/[\w/]*)'/g)].map(([, path]) => path as string),
    );
    expect(doors.length).toBeGreaterThan(7);
    const inside = ['/metrics', '/healthz', '/startedz', '/readyz'];
    const open = [...ingress.matchAll(/path: (\S+), pathType: Prefix/g)].map(([, path]) => path as string);
    expect(doors.filter((path) => path !== '/' && !inside.includes(path) && !open.some((prefix) => path.startsWith(prefix)))).toEqual([]);
  });
});

const kubectl = await findProgram('kubectl');
describe.runIf(kubectl)('kustomize itself', () => {
  const build = async (overlay: string): Promise<string[]> => {
    const built = await runProgram(kubectl as string, ['kustomize', overlay]);
    return parseAllDocuments(built).map((document) => (document.toJSON() as Manifest).kind);
  };

  test('builds the example, and the example with all that needs more than a plain cluster', async () => {
    await using stack = new AsyncDisposableStack();
    const copy = await mkdtemp(join(tmpdir(), 'aiops-kustomize-'));
    stack.defer(() => rm(copy, { recursive: true, force: true }));
    await cp(folder, copy, { recursive: true });
    const overlay = join(copy, 'overlays/example');
    const plain = await build(overlay);
    expect(plain.filter((kind) => kind === 'Deployment')).toHaveLength(3);
    const file = join(overlay, 'kustomization.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('components: []', 'components:').replaceAll(/^#( {2}- )/gm, '$1'));
    const whole = await build(overlay);
    expect(whole).toEqual(expect.arrayContaining(['ScaledObject', 'PodMonitor', 'AlertmanagerConfig']));
    // What KEDA scales nothing else does.
    const scaled = (kinds: string[]): number => kinds.filter((kind) => kind === 'HorizontalPodAutoscaler').length;
    expect(scaled(whole)).toBe(scaled(plain) - 1);
  });
});
