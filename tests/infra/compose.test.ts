import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
const ours = services.filter(([, { image }]) => image.endsWith(':local'));

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

  test('has the database, the parts, what stands before them and what watches them', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['alertmanager', 'api', 'bot', 'grafana', 'migrate', 'postgres', 'prometheus', 'proxy', 'worker'].sort(),
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

  test('builds the image once, for all who run it, and looks for it nowhere else', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['api', 'bot', 'migrate', 'worker']);
    expect(ours.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual(['migrate']);
    for (const [, service] of ours) expect(service).toMatchObject({ image: 'ai-ops-assistant:local', pull_policy: 'never' });
  });

  test('asks the database by TCP whether it is there: at its socket another server answers while it is being made', () => {
    expect(compose.services['postgres']?.healthcheck).toMatchObject({ test: expect.arrayContaining(['--host=127.0.0.1']) });
  });

  test.each(services)('%s does not fill the disk with what it logs', (_, service) => {
    expect(service).toMatchObject({ logging: { options: { 'max-size': '20m', 'max-file': '5' } } });
  });

  test('leaves PostgreSQL connections for six workers, and for as many again while a new version takes over', () => {
    const { DB_POOL: pool, WORKER_CONCURRENCY: concurrency } = parseConfig({ DATABASE_URL: 'postgres://aiops:x@db/aiops' });
    const worker = pool + Math.max(pool, concurrency + 2) + 3;
    const most = Number(/^max_connections=(\d+)$/.exec(compose.services['postgres']?.command?.at(-1) ?? '')?.[1]);
    // Three are kept for whoever looks after it.
    expect(2 * (6 * worker + pool + 1)).toBeLessThanOrEqual(most - 3);
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

describe('roll.sh', () => {
  type Around = {
    ready?: boolean /** Whether what runs works. */;
    works?: boolean /** Whether the proxy takes its settings. */;
    settings?: boolean;
  };
  const roll = async (running: Record<string, string>, { ready = true, works = true, settings = true }: Around = {}) => {
    const [bin, said] = [join(folder, 'bin'), join(folder, 'said')];
    await mkdir(bin, { recursive: true });
    // Docker, as far as the script asks it: what runs, and whether it is ready; otherwise it does as it is told.
    const answers = Object.entries(running).map(
      ([service, ids]) =>
        `"compose ps --quiet ${service}") printf '${ids}'; if grep --quiet 'no-recreate.* ${service}$' ${said}; then echo new-${service}; fi ;;`,
    );
    const look = settings ? '' : '"compose exec --no-TTY proxy haproxy -c "*) echo "haproxy.cfg: unknown keyword" >&2; false ;;';
    await writeFile(
      join(bin, 'docker'),
      `#!/bin/sh\ncase "$*" in ${answers.join(' ')} "compose ps"*) ;; ${look}
"exec new-"*"/readyz"*) echo "$2 ready?" >> ${said}; ${ready} ;; "exec "*"/readyz"*) ${works} ;; *) echo "$*" >> ${said} ;; esac\n`,
      { mode: 0o755 },
    );
    await writeFile(said, '');
    const env = { PATH: `${bin}:${process.env['PATH']}`, PROXY_SECONDS: '0', READY_SECONDS: '0', READY_TRIES: '2' };
    const failure = await promisify(execFile)(join(root, 'infra/compose/roll.sh'), { env }).then(
      () => null,
      ({ stderr }: { stderr: string }) => stderr,
    );
    return { failure, said: (await readFile(said, 'utf8')).trim().split('\n') };
  };

  test('sets a new one beside each old one and asks whether it is ready before the old is told to end, after the migrations, and leaves as many as there were', async () => {
    expect(await roll({ api: 'a1\\na2\\n', bot: 'b1\\n', worker: 'w1\\nw2\\nw3\\n', proxy: 'x1\\n', prometheus: 'p1\\n' })).toEqual({
      failure: null,
      said: [
        'compose build',
        'compose run --rm migrate',
        'compose up --detach --no-deps --no-recreate --scale api=4 api',
        'new-api ready?',
        'stop -t 60 a1 a2',
        'rm a1 a2',
        'compose up --detach --no-deps --no-recreate --scale bot=2 bot',
        'new-bot ready?',
        'stop -t 60 b1',
        'rm b1',
        'compose up --detach --no-deps --no-recreate --scale worker=6 worker',
        'new-worker ready?',
        'stop -t 60 w1 w2 w3',
        'rm w1 w2 w3',
        'compose up --detach --no-deps --wait proxy',
        'compose exec --no-TTY proxy haproxy -c -f /usr/local/etc/haproxy/haproxy.cfg',
        'compose kill --signal HUP proxy',
        'compose up --detach --no-deps --wait prometheus',
        'compose exec --no-TTY prometheus promtool check config /etc/prometheus/prometheus.yml',
        'compose kill --signal HUP prometheus',
      ],
    });
  });

  test('takes back a new one that does not become ready, and leaves the old one', async () => {
    const { failure, said } = await roll({ api: 'a1\\n', worker: 'w1\\n' }, { ready: false });
    expect(failure).toContain('The new api is not ready');
    expect(said.slice(-4)).toEqual(['new-api ready?', 'logs --tail 20 new-api', 'stop -t 60 new-api', 'rm new-api']);
  });

  test('has the proxy look at its settings before it takes them up, and take up none that it refuses', async () => {
    const { failure, said } = await roll({ api: 'a1\\n', worker: 'w1\\n', proxy: 'x1\\n' }, { settings: false });
    expect(failure).toContain('haproxy.cfg');
    expect(said.at(-1)).toBe('compose up --detach --no-deps --wait proxy');
  });

  test('begins anew in its place what does not work anyway, as a bot without its tokens', async () => {
    const { failure, said } = await roll({ bot: 'b1\\n' }, { ready: false, works: false });
    expect(failure).toBeNull();
    expect(said.slice(2)).toEqual(['compose up --detach --no-deps --scale bot=1 bot']);
  });

  test('starts no bot where none runs', async () => {
    expect((await roll({ api: 'a1\\n', worker: 'w1\\n' })).said.filter((line) => / bot(=|$)/.test(line))).toEqual([]);
  });

  test('asks a proxy that sends what comes to those of either name that say they are ready', async () => {
    const { volumes = [] } = compose.services['proxy'] as Service;
    const config = await readFile(join(root, (volumes[0] as string).split(':')[0] as string, 'haproxy.cfg'), 'utf8');
    for (const name of ['api', 'bot'])
      expect(config).toMatch(new RegExp(`option httpchk GET /readyz/${name}\\n  server-template ${name} 1 ${name}:3000 resolvers docker`));
  });
});
