import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, type Starting, settings } from '#src/config.ts';
import { isAppError } from '#src/core/errors.ts';
import { createReckoner } from '#src/engine/create-engine.ts';
import { root } from './source-files.ts';

describe('settings', () => {
  test('.env.example names exactly the settings there are, with their defaults and meanings', () => {
    const expected = described.map(({ name, fallback, meaning }) => `# ${meaning}\n#${name}=${fallback}`);
    expect(blocksOf(read('.env.example')), `Expected:\n\n${expected.join('\n')}\n`).toEqual(expected);
  });

  test("README's table names exactly the settings there are, with their defaults and meanings", () => {
    const expected = described.map(
      ({ name, fallback, meaning }) => `| \`${name}\` | ${fallback === '' ? '—' : `\`${fallback}\``} | ${meaning} |`,
    );
    const table = ['| Setting | Default | Meaning |', '|---|---|---|', ...expected].join('\n');
    expect(read('README.md').match(/^\| `[A-Z][A-Z0-9_]*` \|.*$/gm) ?? [], `Expected:\n\n${table}\n`).toEqual(expected);
  });

  test('a file of examples says nothing: all of it is commented out', () => {
    const live = read('.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(live).toEqual([]);
  });

  test('every default passes its own check', () => {
    const defaults = Object.fromEntries(described.map(({ name, fallback }) => [name, fallback]));
    expect(() => parseConfig(defaults)).not.toThrow();
  });
});

describe('parseConfig', () => {
  test('needs nothing', () => {
    expect(parseConfig({})).toMatchObject({ PORT: 3000, engine: 'builtin', slackMode: 'off', graphiql: true, introspection: true });
  });

  test('takes an empty value for one that is not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ', OPENAI_API_KEY: '' })).toMatchObject({ PORT: 3000, engine: 'builtin' });
  });

  test('ignores what is not ours', () => {
    expect(parseConfig({ PATH: '/bin', HOME: '/root' })).not.toHaveProperty('PATH');
  });

  test('names every problem at once, each with its setting and its meaning', () => {
    const message = complaintOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://db',
      WORKER_CONCURRENCY: 'many',
      SLACK_APP_TOKEN: 'xoxb-1',
      OPENAI_PRICES: '{',
    });
    const lines = message.split('\n').slice(1);
    expect(lines).toHaveLength(7);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'WORKER_CONCURRENCY', 'SLACK_APP_TOKEN', 'OPENAI_PRICES'] as const) {
      expect(lines.join('\n')).toMatch(new RegExp(`^  - ${name}: .*\\.`, 'm'));
      expect(message).toContain(settings[name].description);
    }
    expect(message).toContain('PORT: must be 65535 or less.');
    expect(message).toContain('LOG_LEVEL: must be one of debug, info, warn, error, silent.');
    expect(message).toContain('SLACK_APP_TOKEN: must start with xapp-.');
    expect(message).toContain('DATABASE_URL: must be postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters as %XX.');
    const others = complaintOf({ PUBLIC_URL: 'aiops', OPENAI_PRICES: '{"my-model":3}' });
    expect(others).toContain('PUBLIC_URL: is not a valid address, e.g. https://aiops.example.com.');
    expect(others).toContain('OPENAI_PRICES: "my-model" must be an object.');
  });

  test('never repeats a value', () => {
    const value = 'hunter2';
    const broken = Object.fromEntries(
      described
        .filter(({ name }) => !['HOST', 'DATA_DIR', 'OPENAI_MODEL', 'OPENAI_API_KEY'].includes(name))
        .map(({ name }) => [name, value]),
    );
    const message = complaintOf(broken);
    expect(message).not.toContain(value);
    expect(message.split('\n').length).toBeGreaterThan(20);
  });

  test.each([
    [{ ENGINE: 'openai' }, 'OPENAI_API_KEY is not set'],
    [{ SLACK_SIGNING_SECRET: '12345678' }, 'SLACK_BOT_TOKEN is missing'],
    [{ API_URL: 'http://api:3000' }, 'set API_TOKEN'],
    [{ LOG_DAYS: '9', LOG_TEXT_DAYS: '30' }, 'LOG_DAYS is less than LOG_TEXT_DAYS'],
  ])('says what contradicts what: %o', (env, sentence) => {
    expect(complaintOf(env as Record<string, string>)).toContain(sentence);
  });

  test.each([
    [{ OPENAI_API_KEY: 'k' }, { engine: 'openai' }],
    [
      { LOG_DAYS: '365', LOG_TEXT_DAYS: '90' },
      { LOG_DAYS: 365, LOG_TEXT_DAYS: 90 },
    ],
    [{ OPENAI_API_KEY: 'k', ENGINE: 'builtin' }, { engine: 'builtin' }],
    // A worker only writes to Slack.
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, { slackMode: 'off' }],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '12345678' }, { slackMode: 'http' }],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, { slackMode: 'socket' }],
    [{ NODE_ENV: 'production' }, { graphiql: false, introspection: false }],
    [
      { NODE_ENV: 'production', GRAPHIQL: 'on' },
      { graphiql: true, introspection: false },
    ],
  ])('%o means %o', (env, config) => {
    expect(parseConfig(env as Record<string, string>)).toMatchObject(config);
  });
});

test('the key of the engine is asked of the part that calls it; an API without one still reckons what calls would cost', () => {
  expect(complaintOf({ ENGINE: 'openai' }, { roles: ['api', 'worker'] })).toContain('OPENAI_API_KEY is not set');
  const api = parseConfig({ ENGINE: 'openai', OPENAI_MODEL: 'gpt-5-mini' }, { roles: ['api'] });
  expect(createReckoner(api)?.costOf('gpt-5-mini', 1_000_000, 0)).toBeGreaterThan(0);
  expect(createReckoner(parseConfig({}, { roles: ['api'] }))).toBeNull();
});

test('wrong values, contradictions, what a part lacks and files that cannot be read are told in one go', () => {
  const problems = ['JWT_SECRET_FILE: /nowhere could not be read (ENOENT).'];
  const complaint = complaintOf(
    { PORT: 'abc', ENGINE: 'openai', SLACK_SIGNING_SECRET: 'abcdefghijk' },
    { roles: ['worker', 'bot'], problems },
  );
  for (const part of [
    'PORT: ',
    'ENGINE is openai but',
    'SLACK_BOT_TOKEN is missing',
    'The bot has nothing to do without Slack',
    'A bot without an API',
    'JWT_SECRET_FILE: /nowhere',
  ])
    expect(complaint).toContain(part);
});

const read = (name: string): string => (existsSync(resolve(root, name)) ? readFileSync(resolve(root, name), 'utf8') : '');

const blocksOf = (text: string): string[] => text.match(/^# .*\n#[A-Z][A-Z0-9_]*=.*$/gm) ?? [];

const complaintOf = (env: Record<string, string>, starting?: Starting): string => {
  try {
    parseConfig(env, starting);
  } catch (error) {
    if (isAppError(error) && error.code === 'CONFIG') return error.message;
    throw error;
  }
  return 'no complaint';
};

const described = Object.entries(settings).map(([name, setting]) => {
  const { success, data } = setting.safeParse(undefined);
  return { name, fallback: success && data !== undefined ? String(data) : '', meaning: setting.description ?? '' };
});
