import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#tests/house/source-files.ts';
import { until } from './app.ts';
import { freePort } from './free-port.ts';
import { findProgram } from './prometheus.ts';

export type Alertmanager = {
  /** As Prometheus tells it of an alert; one whose end has come is over. */
  tell(alert: { labels: Record<string, string>; annotations: Record<string, string>; startsAt: string; endsAt?: string }): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

// Debian's looks for its templates there and nowhere else: unpacked alone, it does not start.
const DEBIANS_TEMPLATES = '/usr/share/prometheus/alertmanager/default.tmpl';

/** The path of Alertmanager's program, if this machine has one that starts. */
export const findAlertmanager = async (): Promise<string | null> => {
  const program = await findProgram('alertmanager');
  if (program) return program;
  const debians = await findProgram('prometheus-alertmanager');
  return access(DEBIANS_TEMPLATES).then(
    () => debians,
    () => null,
  );
};

/** A real Alertmanager with the project's own configuration, but told where the API is, and patient for moments instead of minutes. */
export const startAlertmanager = async (program: string, { apiUrl, token }: { apiUrl: string; token: string }): Promise<Alertmanager> => {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-alertmanager-'));
  const config = await readFile(join(root, 'monitoring/alertmanager/alertmanager.yml'), 'utf8');
  await writeFile(join(folder, 'token'), token);
  await writeFile(
    join(folder, 'alertmanager.yml'),
    config
      .replace('http://api:3000', apiUrl)
      .replace('/run/secrets/alerts_token', join(folder, 'token'))
      .replace(/group_wait: \w+/g, 'group_wait: 100ms')
      .replace(/group_interval: \w+/g, 'group_interval: 300ms'),
  );
  const port = await freePort();
  const child = spawn(
    program,
    [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-5_000)));
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(ready, (answer) => answer || child.exitCode !== null, 'Alertmanager');
  if (child.exitCode !== null) throw new Error(said);
  return {
    async tell(alert) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify([alert]) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
