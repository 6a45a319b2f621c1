import { expect, test } from 'vitest';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import { createMasker } from '#src/engine/masking.ts';
import { digestText } from '#src/logs/digest/index.ts';
import type { Variable } from '#src/logs/digest/types.ts';
import { linesToRead } from '#src/logs/log-view.ts';
import { summaryTask } from '#src/logs/summary-task.ts';
import { createFacts } from '#src/logs/wording/facts.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';
import { makeDigest } from '#tests/support/digest.ts';

const variable = (index: number, ...values: string[]): Variable => ({
  index,
  kind: 'id',
  distinct: values.length,
  exact: true,
  top: values.map((value, rank) => ({ value, count: 9 - rank })),
});
const digest = makeDigest([
  {
    template: 'login of <id> failed password=<id> from <id>',
    count: 30,
    level: 'error',
    samples: [{ lines: { from: 1, to: 1 }, text: 'login of kim failed password=hunter2 from db-1' }],
    variables: [variable(0, 'kim', 'lee'), variable(1, 'hunter2', 'correct-horse-1', 'tr0ub4dor'), variable(2, 'db-1')],
  },
  {
    template: 'sms to <num> <num> failed, phone=<num>',
    count: 9,
    samples: [{ lines: { from: 2, to: 2 }, text: 'sms to 0171 1234567 failed, phone=4155552671' }],
    variables: [variable(0, '0171', '0172'), variable(1, '1234567', '7654321'), variable(2, '4155552671', '4155552672')],
  },
  { template: 'GET <id> took <id>', count: 5, variables: [variable(0, '/a'), variable(1, 'hunter2x')] },
]);
const [login, sms, plain] = digest.patterns;

test('law 4: a value that stands where a secret stands is not listed, also one that no sample shows', () => {
  const [who, password, host] = shownVariables(login as NonNullable<typeof login>);
  expect(who?.top.map(({ value }) => value)).toEqual(['kim', 'lee']);
  expect(password?.top).toEqual([9, 8, 7].map((count) => ({ value: '[masked: secret]', count })));
  expect(host?.top[0]?.value).toBe('db-1');
});

test('law 4: nor is a piece of a phone number, or one that only the word in front of it tells', () => {
  const values = shownVariables(sms as NonNullable<typeof sms>).flatMap(({ top }) => top.map(({ value }) => value));
  expect(values).toEqual(Array.from({ length: 6 }, () => '[masked: phone]'));
});

test('a pattern without such a place is listed as it is', () => {
  expect(shownVariables(plain as NonNullable<typeof plain>)).toBe(plain?.variables);
});

test('law 4: neither the prompt nor a fact that a model asks for names such a value', () => {
  const prompt = summaryTask.prompt(
    { digest, title: 'auth.log', source: null },
    { maxTokens: 5000, countTokens: (text) => text.length / 4 },
  );
  expect(prompt).not.toMatch(/correct-horse-1|tr0ub4dor|7654321|4155552672/);
  expect(createFacts(digest).fill('{P1.top.1.1} {P1.top.0.0} {P1.distinct.1}').text).toBe('[masked: secret] kim 3');
});

test("law 4: an element of the log's own is no variable, and moves no value into another place", () => {
  const [xml, odd] = makeDigest([
    { template: 'sent <password><id></password> to <id>', count: 3, variables: [variable(0, 'hunter2'), variable(1, 'db-1')] },
    { template: 'sent <id><num></id> password=<id>', count: 3, variables: [variable(0, '7'), variable(1, 'hunter2')] },
  ]).patterns;
  const values = [xml, odd].map((pattern) => shownVariables(pattern as NonNullable<typeof xml>).map(({ top }) => top[0]?.value));
  expect(values).toEqual([
    ['[masked: secret]', 'db-1'],
    ['[masked: secret]', '[masked: secret]'],
  ]);
});

test('law 4: a value that is the name of a secret hides what may stand beside it', () => {
  const [aws, set] = makeDigest([
    {
      template: 'ERROR <id> <path>',
      count: 1,
      variables: [variable(0, 'AKIAIOSFODNN7EXAMPLE'), variable(1, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')],
    },
    {
      template: 'set <id>=<id> on db',
      count: 9,
      variables: [variable(0, 'timeout', 'password'), variable(1, '30', 'tr0ub4dor', 'hunter2')],
    },
  ]).patterns;
  const values = [aws, set].map((pattern) => shownVariables(pattern as NonNullable<typeof aws>)[1]?.top.map(({ value }) => value));
  expect(values).toEqual([['[masked: aws secret]'], Array(3).fill('[masked: secret]')]);
});

test('law 4: neither a value, a sample nor a passage that is cut short holds half of a secret', () => {
  const secrets = [
    'https://svc:S3cretPassw0rdLongEnough99@db-1/x',
    'ghp_abcdefghijklmnopqrstuvwxyzABCDEF0123',
    'AKIAIOSFODNN7EXAMPLE',
    'anna.mueller@example.com',
  ];
  const halves = /S3cret|ghp_abc|AKIAIOS|anna\.m/;
  for (const [at, secret] of secrets.entries()) {
    // The edges: 120 of a value, 400 of a line, 600 of a passage, 2,000 of a sample, 8,192 of a record.
    for (const edge of [120, 400, 600, 1936, 2000, 8192])
      for (const inside of [8, secret.length - 1]) {
        const filler = 'ab1/'.repeat(3000).slice(0, edge - inside - 60);
        const line = `2026-11-29T10:00:0${at}Z ERROR GET ${edge === 120 ? '' : 'x '.repeat(8)}https://h.example/${filler}?u=${secret} failed`;
        const pad = line.indexOf(secret) + inside - edge;
        const text = pad > 0 ? line.replace(filler, filler.slice(pad)) : line.replace(filler, filler + 'ab1/'.repeat(200).slice(0, -pad));
        const read = digestText([text, 'INFO started'].join('\n'));
        const prompt = createMasker().mask(
          summaryTask.prompt({ digest: read, title: 't', source: null }, { maxTokens: 9000, countTokens: (all) => all.length / 4 }),
        ).text;
        const shown = read.patterns.flatMap((pattern) => [
          ...shownVariables(pattern).flatMap(({ top }) => top.map(({ value }) => value)),
          ...pattern.samples.map((sample) => sample.text),
        ]);
        expect({
          edge,
          inside,
          secret,
          half:
            halves.exec(
              `${prompt}\n${[...shown, ...linesToRead(read).map((one) => one.text)]
                .map(redactSecrets)
                .map((one) => createMasker().mask(one).text)
                .join('\n')}`,
            )?.[0] ?? null,
        }).toEqual({ edge, inside, secret, half: null });
      }
  }
});

test('law 4: nor a one-time code, or what a program takes by place: what stands in a template hides the values of it', () => {
  const listed = (...lines: string[]) => JSON.stringify(digestText(lines.join('\n')).patterns.map(shownVariables));
  const codes = ['493817', '220184', '907711'].map(
    (code, k) => `2026-11-20 12:00:0${k} ERROR your one-time code is ${code}, valid 5 minutes`,
  );
  expect(listed(...codes)).not.toMatch(/493817|220184|907711/);
  const tans = ['493817', '220184', '907711'].map((code, k) => `2026-11-20 12:00:0${k} ERROR TAN ${code} abgelehnt`);
  expect(listed(...tans)).not.toMatch(/493817|220184|907711/);
  const scripts = ['oraPw_111', 'oraPw_222', 'oraPw_333'].map(
    (word, k) => `2026-11-20 12:00:0${k} ERROR sqlplus scott/${word}@orcl failed`,
  );
  expect(listed(...scripts)).not.toMatch(/oraPw/);
});
