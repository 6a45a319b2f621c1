import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settings } from '#src/config.ts';
import { readSettingFiles } from '#src/setting-files.ts';
import { strangeSettings } from '#src/strange-settings.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { root } from './source-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aiops-settings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const names = ['OPENAI_API_KEY', 'JWT_SECRET'];
const fileWith = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
describe('a setting with _FILE behind its name', () => {
  test.each([
    ['as it is', 'sk-1', 'sk-1'],
    ['without the newline at its end', 'sk-1\n', 'sk-1'],
    ['without the newline Windows writes', 'sk-1\r\n', 'sk-1'],
    ['with everything in the middle', ' a\nb \n', ' a\nb '],
    ['empty, which counts as not set', '', ''],
  ])('is read from that file, %s', async (_, text, value) => {
    const file = await fileWith('key', text);
    expect(readSettingFiles({ OPENAI_API_KEY_FILE: file, PORT: '1' }, names)).toMatchObject({
      env: { OPENAI_API_KEY: value, PORT: '1' },
      problems: [],
    });
  });

  test('is left alone when it is no setting of ours, or empty', () => {
    const env = { SSL_CERT_FILE: '/nowhere', JWT_SECRET_FILE: ' ', JWT_SECRET: 'given' };
    expect(readSettingFiles(env, names)).toEqual({ env, problems: [] });
  });

  test('that cannot be read, or is given twice, is named, all of them at once and without a value', async () => {
    const file = await fileWith('secret', 'hunter2');
    const { problems } = readSettingFiles(
      { OPENAI_API_KEY_FILE: join(folder, 'missing'), JWT_SECRET_FILE: file, JWT_SECRET: 'hunter1' },
      names,
    );
    const complaint = problems.join('\n');
    expect(complaint).toContain(`OPENAI_API_KEY_FILE: ${join(folder, 'missing')} could not be read (ENOENT).`);
    expect(complaint).toContain('JWT_SECRET and JWT_SECRET_FILE are both set; take one away.');
    expect(complaint).not.toContain('hunter');
  });

  test('reaches the program: a wrong value in a file is found like any other', async () => {
    const file = await fileWith('port', '70000\n');
    const running = startProcess('src/main.ts', ['api'], { DATA_DIR: folder, PORT: '', PORT_FILE: file });
    expect(await running.ended).toBe(1);
    expect(running.err()).toContain('PORT: must be 65535 or less.');
    expect(running.err()).not.toContain('70000');
  });
});

test('a name in .env that looks like a setting and is none is told with what was meant, with whatever else is to be mended, without a value', async () => {
  const text = 'SLACK_TOKEN=hunter2\nOPENAI_KEY=hunter2\nport=1\nPOSTGRES_PASSWORD=a\nNODE_OPTIONS=\nOPENAI_MODEL=x\nJWT_SECRET_FILE=y\n';
  expect(strangeSettings(text, Object.keys(settings))).toEqual([
    'OPENAI_KEY in .env is the name of no setting; OPENAI_API_KEY is.',
    'SLACK_TOKEN in .env is the name of no setting; SLACK_BOT_TOKEN or SLACK_APP_TOKEN is.',
    'port in .env is the name of no setting; PORT is.',
  ]);
  await writeFile(join(folder, '.env'), 'SLACK_TOKEN=hunter2\nPORT=70000\n');
  const env = { PATH: process.env['PATH'], DATA_DIR: folder };
  const started = promisify(execFile)(process.execPath, [join(root, 'src/main.ts'), 'api'], { cwd: folder, env });
  const { stderr } = await started.catch((error: { stderr: string }) => error);
  expect(stderr).toContain('PORT: must be 65535 or less.');
  expect(stderr).toContain('SLACK_TOKEN in .env is the name of no setting');
  expect(stderr).not.toContain('hunter2');
});
