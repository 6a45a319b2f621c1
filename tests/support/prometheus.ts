import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { root } from '#tests/house/source-files.ts';
import { until } from './app.ts';
import { freePort } from './free-port.ts';

export type Target = { role: string; url: string };
export type Prometheus = {
  /** The values an expression has now, at every series it gives; NaN included. */
  query(expr: string): Promise<number[]>;
  /** Problems of rules, by name; empty is good. */
  ruleProblems(): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The path of a program, if this machine has it. Prometheus comes with no npm package, so what needs it asks first. */
export const findProgram = async (name: string): Promise<string | null> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return null;
};

/** The same; where EXPECT_PROMETHEUS is set, as in the workflow, one that is not there fails what needs it instead of leaving it out in silence. */
export const expectProgram = async (name: string): Promise<string | null> => {
  const path = await findProgram(name);
  if (!path && process.env['EXPECT_PROMETHEUS'])
    throw new Error(`EXPECT_PROMETHEUS is set and there is no ${name}: .ci/run could not bring it, so its tests would be left out.`);
  return path;
};

/** Runs a program to its end; its output, or an error that has it. */
export const runProgram = async (program: string, args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(program, args).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
  return stdout + stderr;
};

/** A real Prometheus with the project's own configuration and rules, but every second and with these targets. */
export const startPrometheus = async (program: string, targets: readonly Target[]): Promise<Prometheus> => {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-prometheus-'));
  const config = parse(await readFile(join(root, 'monitoring/prometheus/prometheus.yml'), 'utf8')) as Record<string, unknown>;
  const file = join(folder, 'prometheus.yml');
  await writeFile(
    file,
    stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: (config['rule_files'] as string[]).map((pattern) => join(root, 'monitoring/prometheus', pattern)),
      scrape_configs: [
        {
          job_name: 'aiops',
          static_configs: targets.map(({ role, url }) => ({ targets: [new URL(url).host], labels: { role } })),
        },
      ],
    }),
  );
  const port = await freePort();
  const child = spawn(
    program,
    [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-5_000)));
  const ask = async <Data>(path: string): Promise<Data> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const { data, error } = (await response.json()) as { data: Data; error?: string };
    if (error) throw new Error(error);
    return data;
  };
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(ready, (answer) => answer || child.exitCode !== null, 'Prometheus');
  if (child.exitCode !== null) throw new Error(said);
  return {
    async query(expr) {
      const { result } = await ask<{ result: { value: [number, string] }[] }>(`/api/v1/query?query=${encodeURIComponent(expr)}`);
      return result.map(({ value }) => Number(value[1]));
    },
    async ruleProblems() {
      const { groups } = await ask<{ groups: { rules: { name: string; lastError?: string }[] }[] }>('/api/v1/rules');
      return groups.flatMap(({ rules }) =>
        rules.filter(({ lastError }) => lastError).map(({ name, lastError }) => `${name}: ${lastError}`),
      );
    },
    async [Symbol.asyncDispose]() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};
