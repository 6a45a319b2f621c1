import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settings } from '#src/config.ts';
import { root } from '#tests/house/source-files.ts';
import { findProgram, runProgram } from '#tests/support/prometheus.ts';

const folder = join(root, 'infra/terraform');
const files = await Array.fromAsync(glob(join(folder, '*.tf')));
const texts: Record<string, string> = Object.fromEntries(
  await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file, 'utf8')])),
);
const all = Object.values(texts).join('\n');

describe('infra/terraform', () => {
  test('is in small files, named in its README', async () => {
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    for (const [name, text] of Object.entries(texts)) {
      expect(text.split('\n').length, name).toBeLessThan(250);
      if (!['versions.tf', 'variables.tf', 'outputs.tf'].includes(name)) expect(readme).toContain(`\`${name}\``);
    }
  });

  test('names only things it declares', () => {
    const declared = new Set([...all.matchAll(/^(?:resource|data) "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`));
    const used = [...all.matchAll(/\b(?:data\.)?(aws_\w+|random_\w+)\.(\w+)/g)].map(([, type, name]) => `${type}.${name}`);
    expect(used.length).toBeGreaterThan(80);
    expect(used.filter((name) => !declared.has(name))).toEqual([]);
    const variables = new Set([...all.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name));
    expect([...all.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name).filter((name) => !variables.has(name))).toEqual([]);
    expect([...variables].filter((name) => !all.includes(`var.${name}`))).toEqual([]);
  });

  test('hands the parts settings there are, and each secret by its name', () => {
    const services = texts['services.tf'] as string;
    const plain = [...services.matchAll(/\b([A-Z][A-Z0-9_]+) +=/g)].map(([, name]) => name as string);
    const secret = [...services.matchAll(/"([A-Z][A-Z0-9_]{4,})"/g)]
      .map(([, name]) => name as string)
      .filter((name) => !/^(LINUX|FARGATE|SERVICE|HTTPS?|CMD|X86_64)$/.test(name));
    expect(plain.length).toBeGreaterThan(10);
    for (const name of [...plain, ...secret]) expect(Object.keys(settings)).toContain(name);
    for (const name of secret) expect(services).toMatch(new RegExp(`^ +${name} += aws_secretsmanager_secret\\.`, 'm'));
  });

  test('asks for health as the image does', async () => {
    const check = /health_check = "(.+)"/.exec(texts['services.tf'] as string)?.[1]?.replaceAll('$${', '${');
    expect(await readFile(join(root, 'Dockerfile'), 'utf8')).toContain(`"${check}"`);
  });

  test('leaves PostgreSQL connections when all scale to their most and a new version takes over', () => {
    const number = (pattern: RegExp): number => Number(pattern.exec(all)?.[1]);
    const [pool, concurrency] = [number(/DB_POOL += "(\d+)"/), number(/WORKER_CONCURRENCY += "(\d+)"/)];
    const most = (name: string): number => number(new RegExp(`variable "${name}" \\{[^}]*\\{[^}]*\\}\\)[^}]*max = (\\d+)`));
    // The queue's own pool holds two more than it works on at a time; one each for notices, the sign of life and a probe.
    const connections = most('api_tasks') * (pool + 1) + most('worker_tasks') * (pool + Math.max(pool, concurrency + 2) + 3);
    // RDS gives a db.m7g.large about 850.
    expect(all).toContain('"db.m7g.large"');
    expect(connections).toBeGreaterThan(0);
    expect(2 * connections).toBeLessThan(850);
  });

  test('has alarms that reach somebody: by a key that CloudWatch may use, and with an address that nobody can leave out', () => {
    expect(all).not.toMatch(/^[^#]*alias\/aws\/sns"/m);
    expect(all).toMatch(/kms_master_key_id += aws_kms_key\.alarms\.arn/);
    expect(all).toMatch(/identifiers = \["cloudwatch\.amazonaws\.com"\]/);
    const [variable] = /variable "alarm_emails" \{[\s\S]*?\n\}/.exec(all) ?? [''];
    expect(variable).not.toContain('default');
    expect(variable).toContain('length(var.alarm_emails) > 0');
  });

  test('exports only metrics there are', async () => {
    const table = await readFile(join(root, 'docs/metrics.md'), 'utf8');
    for (const [, name] of all.matchAll(/"(aiops_\w+)"/g)) expect(table).toContain(`\`${name}\``);
  });
});

const terraform = await findProgram('terraform');
describe.runIf(terraform)('terraform', () => {
  test('would format it the same', async () => {
    await runProgram(terraform as string, ['fmt', '-check', '-diff', '-recursive', folder]);
  });
});
