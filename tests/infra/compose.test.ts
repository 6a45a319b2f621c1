import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DCLinter } from 'dclint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig, settings } from '#src/config.ts';
import { readSettingFiles } from '#src/setting-files.ts';
import { root } from '#tests/house/source-files.ts';

type Service = {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  volumes?: string[];
  user?: string;
  read_only?: boolean;
  cap_add?: string[];
};
type Compose = { services: Record<string, Service>; secrets: Record<string, { file: string }>; volumes: Record<string, unknown> };

const file = join(root, 'docker-compose.yml');
const compose = parse(await readFile(file, 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aiops-compose-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The package's types do not resolve under Node's rules.
type Linted = { messages: { type: string; message: string }[] }[];
const errorsIn = (path: string): string[] =>
  (new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] }).lintFiles([path], false) as Linted)
    .flatMap(({ messages }) => messages)
    .filter(({ type }) => type === 'error')
    .map(({ message }) => message);

describe('docker-compose.yml', () => {
  test('is what the Compose specification allows', () => {
    expect(errorsIn(file)).toEqual([]);
  });

  test('would not pass with a word the specification does not know', async () => {
    const broken = join(folder, 'docker-compose.yml');
    await writeFile(broken, (await readFile(file, 'utf8')).replace('restart: "no"', 'restartt: "no"'));
    expect(errorsIn(broken).join()).toMatch(/restartt|must NOT have additional properties|ComposeValidationError/i);
  });

  test('has the database, the parts, and what watches them', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['alertmanager', 'api', 'bot', 'grafana', 'migrate', 'postgres', 'prometheus', 'worker'].sort(),
    );
  });

  test('names only secrets, volumes and services that exist', () => {
    for (const [name, { secrets = [], depends_on = {}, volumes = [] }] of services) {
      for (const secret of secrets) expect(compose.secrets, name).toHaveProperty(secret);
      for (const other of Object.keys(depends_on)) expect(compose.services, name).toHaveProperty(other);
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (!from.startsWith('.')) expect(compose.volumes, name).toHaveProperty(from);
      }
    }
  });

  test('mounts only files and folders that are there', async () => {
    for (const [, { volumes = [] }] of services)
      for (const [from = ''] of volumes.map((volume) => volume.split(':')))
        if (from.startsWith('.')) await expect(stat(join(root, from))).resolves.toBeDefined();
  });

  test('holds no secret itself: whatever is one comes by file', () => {
    for (const [name, { environment = {} }] of services)
      for (const setting of Object.keys(environment))
        if (/(PASSWORD|SECRET|TOKEN|KEY|KEY_ID|HEADERS|DATABASE_URL)$/.test(setting)) throw new Error(`${name} is given ${setting} itself`);
  });

  test('passes on every setting there is, to whoever heeds it, but for what the image decides', () => {
    const given = new Set(ours.flatMap(([, { environment = {} }]) => Object.keys(environment).map((name) => name.replace(/_FILE$/, ''))));
    const decided = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'];
    expect([...given, ...decided].sort()).toEqual(Object.keys(settings).sort());
  });

  test.each(ours)('%s gets settings there are, and every secret file it names', (_, { environment = {}, secrets = [] }) => {
    for (const [name, value] of Object.entries(environment)) {
      expect(Object.keys(settings)).toContain(name.replace(/_FILE$/, ''));
      if (name.endsWith('_FILE')) expect(secrets.map((secret) => `/run/secrets/${secret}`)).toContain(value);
    }
  });

  test.each(services)('%s cannot write to its image, and holds no privileges', (name, service) => {
    expect(service.cap_add).toEqual(name === 'postgres' ? ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'] : undefined);
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  test('pins what it takes from elsewhere', () => {
    for (const [name, { image }] of services) expect(image, name).toMatch(/:(v?\d+\.\d+[\w.-]*|local)$/);
  });

  test('migrates before anything works', () => {
    for (const name of ['api', 'worker'])
      expect(compose.services[name]?.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
  });
});

describe('make-secrets.sh', () => {
  test('makes every file that is named, readable settings included, and never overwrites one', async () => {
    await cp(join(root, 'infra/compose/make-secrets.sh'), join(folder, 'infra/compose/make-secrets.sh'), { recursive: true });
    const make = () => promisify(execFile)(join(folder, 'infra/compose/make-secrets.sh'));
    await make();
    const read = (name: string) => readFile(join(folder, 'secrets', name), 'utf8');
    for (const { file: path } of Object.values(compose.secrets)) await expect(stat(join(folder, path))).resolves.toBeDefined();
    expect(await read('database_url')).toBe(`postgres://aiops:${await read('postgres_password')}@postgres:5432/aiops`);
    for (const [, { environment = {} }] of ours) {
      const inside = Object.entries(environment).map(([name, value]) => [
        name,
        name.endsWith('_FILE') ? value.replace('/run/secrets', join(folder, 'secrets')) : value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]);
      const { env: given } = readSettingFiles(Object.fromEntries(inside), Object.keys(settings));
      // Without an API token the bot says so; it is made by hand once the API runs.
      expect(() => parseConfig({ ...given, API_TOKEN: given['API_TOKEN'] || 'aiops_svc_x' })).not.toThrow();
    }
    await writeFile(join(folder, 'secrets/slack_bot_token'), 'xoxb-mine');
    const before = await read('jwt_secret');
    await make();
    expect([await read('jwt_secret'), await read('slack_bot_token')]).toEqual([before, 'xoxb-mine']);
  });
});
