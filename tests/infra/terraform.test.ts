import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, settings } from '#src/config.ts';
import { root } from '#tests/house/source-files.ts';
import { findProgram, runProgram } from '#tests/support/prometheus.ts';
import { readByPart } from './read-by-part.ts';

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

  test('lets every setting there is be set, for whoever heeds it as in the compose file, but for what the image and the network decide', async () => {
    const read = await readByPart();
    for (const part of ['api', 'worker', 'bot'] as const) {
      const groups = /^\s+groups += (\{.*\})$/m.exec(texts['settings.tf'] as string)?.[1];
      const names = [...(new RegExp(`${part} += \\[([^\\]]*)\\]`).exec(groups ?? '')?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
        ([, name]) => name as string,
      );
      const listed = (kind: 'plain' | 'secret') => [...new Set(names.flatMap((name) => listOf(kind, name)))].sort();
      expect({ part, plain: listed('plain'), secret: listed('secret') }).toEqual({ part, ...read[part] });
    }
  });

  test('tells what it decides and chooses by names of settings, and each secret it makes or asks for', () => {
    const services = texts['services.tf'] as string;
    const given = [
      ...(texts['settings.tf'] as string).matchAll(/^ {4}([A-Z][A-Z0-9_]+) += /gm),
      ...services.matchAll(/^ {4}([A-Z][A-Z0-9_]+) += /gm),
    ].map(([, name]) => name as string);
    expect(given.length).toBeGreaterThan(15);
    for (const name of given) expect(Object.keys(settings)).toContain(name);
  });

  test('asks for health as the image does', async () => {
    const check = /health_check = "(.+)"/.exec(texts['services.tf'] as string)?.[1]?.replaceAll('$${', '${');
    expect(await readFile(join(root, 'Dockerfile'), 'utf8')).toContain(`"${check}"`);
  });

  test('has no process ended for what another could not do either: its balancer asks whether it has started, and lets it start for long', () => {
    expect(texts['balancer.tf']).toMatch(/health_check \{\s+path += "\/startedz"/);
    expect(Number(/health_check_grace_period_seconds = each\.key == "worker" \? null : (\d+)/.exec(all)?.[1])).toBeGreaterThan(600);
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

/** The names in one list of settings.tf. */
const listOf = (kind: 'plain' | 'secret', group: string): string[] => {
  const [, block = ''] = new RegExp(`^  ${kind} = \\{\\n([\\s\\S]*?)^  \\}`, 'm').exec(texts['settings.tf'] as string) ?? [];
  const [, list = ''] = new RegExp(`^ {4}${group} += \\[([^\\]]*)\\]`, 'm').exec(block) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name as string);
};

const terraform = await findProgram('terraform');
describe.runIf(terraform)('terraform', () => {
  // Settings and secrets are worked out from variables alone; what is made in AWS stands in as what is known after the apply only.
  const evaluate = async (variables: Record<string, unknown>): Promise<Record<'environment' | 'secret_names', Record<string, never>>> => {
    await using stack = new AsyncDisposableStack();
    const copy = await mkdtemp(join(tmpdir(), 'aiops-terraform-'));
    stack.defer(() => rm(copy, { recursive: true, force: true }));
    for (const name of ['settings.tf', 'variables.tf']) await writeFile(join(copy, name), texts[name] as string);
    const arns = /secret_arns = merge\(\{[\s\S]*?\}, var\.secrets\)/.exec(texts['services.tf'] as string)?.[0];
    await writeFile(
      join(copy, 'made.tf'),
      `resource "terraform_data" "made" { input = "made" }
locals {
  port   = 3000
  bucket = terraform_data.made.output
  ${arns?.replaceAll(/aws_secretsmanager_secret\.[^\n]*/g, 'terraform_data.made.output')}
}
output "environment" { value = local.environment }
output "secret_names" { value = local.secret_names }`,
    );
    const needed = {
      region: 'eu-central-1',
      image: 'aiops:1',
      domain: 'aiops.example.com',
      certificate_arn: 'arn:x',
      alarm_emails: ['a@b.c'],
    };
    await writeFile(join(copy, 'terraform.tfvars.json'), JSON.stringify({ ...needed, ...variables }));
    const run = (...args: string[]): Promise<string> => runProgram(terraform as string, [`-chdir=${copy}`, ...args]);
    await run('init', '-backend=false', '-input=false');
    await run('apply', '-auto-approve', '-input=false', '-no-color');
    const said = await run('output', '-json');
    const outputs = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as Record<string, { value: never }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as never;
  };

  test('hands each part the settings it reads, and no other', async () => {
    const { environment, secret_names } = await evaluate({
      settings: { ALERTS_CHANNEL: 'C0123456789', OPENAI_MODEL: 'mine', QUEUE_LIMIT: '500', WORKER_CONCURRENCY: '4' },
      secrets: { OTEL_EXPORTER_OTLP_HEADERS: 'arn:aws:secretsmanager:x', SLACK_APP_TOKEN: 'arn:aws:secretsmanager:y' },
    });
    const all = { LOG_LEVEL: 'info', PUBLIC_URL: 'https://aiops.example.com' };
    const back = { ...all, DB_POOL: '4', QUEUE_LIMIT: '500', S3_BUCKET: 'made', S3_REGION: 'eu-central-1', ALERTS_CHANNEL: 'C0123456789' };
    expect(environment).toEqual({
      api: { ...back, OPENAI_MODEL: 'mine' },
      worker: { ...back, LOG_TEXT_DAYS: '90', OPENAI_MODEL: 'mine', WORKER_CONCURRENCY: '4' },
      bot: { ...all, API_URL: 'http://api:3000' },
    });
    for (const part of Object.values(environment))
      expect(() => parseConfig({ ...(part as Record<string, string>), API_TOKEN: 'aiops_svc_x' })).not.toThrow();
    expect(secret_names).toEqual({
      api: ['OTEL_EXPORTER_OTLP_HEADERS', 'DATABASE_URL', 'JWT_SECRET', 'ALERTS_TOKEN', 'SLACK_BOT_TOKEN'],
      worker: ['OTEL_EXPORTER_OTLP_HEADERS', 'DATABASE_URL', 'JWT_SECRET', 'OPENAI_API_KEY', 'SLACK_BOT_TOKEN'],
      bot: ['OTEL_EXPORTER_OTLP_HEADERS', 'API_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
    });
  });

  test.each([
    ['a setting there is not', { settings: { OPENAI_MODLE: 'mine' } }, 'No part reads this, or it is a secret: OPENAI_MODLE.'],
    ['a secret among the settings', { settings: { OPENAI_API_KEY: 'sk-1' } }, 'No part reads this, or it is a secret: OPENAI_API_KEY.'],
    ['what follows from what is made', { settings: { S3_BUCKET: 'mine' } }, 'This follows from what is made here: S3_BUCKET.'],
    ['a secret in the place of its address', { secrets: { OPENAI_API_KEY: 'sk-1' } }, 'Name the ARN of a secret, not the secret itself'],
    ['a secret that nothing reads', { secrets: { LOG_LEVEL: 'arn:x' } }, 'No part reads this as a secret: LOG_LEVEL.'],
  ])('refuses %s before anything is made', async (_, variables, sentence) => {
    const complaint = await evaluate(variables).catch((error: { stderr?: string; message: string }) => error.stderr ?? error.message);
    expect(
      String(complaint)
        .replace(/\s*[│╷╵]\s*/g, ' ')
        .replace(/\s+/g, ' '),
    ).toContain(sentence);
  });

  test('would format it the same', async () => {
    await runProgram(terraform as string, ['fmt', '-check', '-diff', '-recursive', folder]);
  });
});
