import { expect, test } from 'vitest';
import { parseSummarize } from '#bot/commands/parse-summarize.ts';
import { toPlainText } from '#bot/slack-message.ts';

const message = { kind: 'message', channel: 'C012AB', ts: '1700000001.123456' };

test.each([
  ['', { kind: 'nothing' }],
  ['  \n', { kind: 'nothing' }],
  ['help', { kind: 'help' }],
  ['https://acme.slack.com/archives/C012AB/p1700000001123456', message],
  ['<https://acme.enterprise.slack.com/archives/C012AB/p1700000001123456|link>', message],
  [
    'https://acme.slack.com/archives/C012AB/p1700000001123456?thread_ts=1700000000.000100&amp;cid=C012AB',
    { ...message, threadTs: '1700000000.000100' },
  ],
  ['https://acme.slack.com/archives/C012AB/p1700000001123456?thread_ts=1700000001.123456', message],
  ['last 2h', { kind: 'history', sinceSeconds: 7_200 }],
  ['LAST 30 minutes', { kind: 'history', sinceSeconds: 1_800 }],
  ['last 1d', { kind: 'history', sinceSeconds: 86_400 }],
  ['last hour', { kind: 'history', sinceSeconds: 3_600 }],
  ['the past 2 hours', { kind: 'history', sinceSeconds: 7_200 }],
  ['from 12:00 db timed out', { kind: 'text', text: 'from 12:00 db timed out' }],
  ['today the database was slow', { kind: 'text', text: 'today the database was slow' }],
  ['last 200', { kind: 'history', lastMessages: 200 }],
  ['last 15 messages', { kind: 'history', lastMessages: 15 }],
  ['ERROR boom', { kind: 'text', text: 'ERROR boom' }],
  ['last night the database was slow and then', { kind: 'text', text: 'last night the database was slow and then' }],
  [
    'see https://acme.slack.com/archives/C012AB/p1700000001123456',
    { kind: 'text', text: 'see https://acme.slack.com/archives/C012AB/p1700000001123456' },
  ],
])('%j is understood', (given, expected) => expect(parseSummarize(given)).toEqual(expected));

test.each([
  'last',
  'last 0',
  'last 0h',
  'last 1001',
  'last 400d',
  'last two hours',
  'past few hours',
  'since 12:00',
  'from 12.00 to 13.30',
  'between 9am and 10 am',
  'since this morning',
  'today',
  'https://example.com/log',
  'https://acme.slack.com/archives/C012AB',
  'https://acme.slack.com.evil.example/archives/C012AB/p1700000001123456',
])('%j gets a sentence that says what would be', (given) =>
  expect(parseSummarize(given)).toMatchObject({ kind: 'unclear', sentence: expect.stringMatching(/last 2h|Copy link/) }),
);

test('a text of 40,000 characters stays whole', () =>
  expect(parseSummarize('x'.repeat(40_000))).toEqual({ kind: 'text', text: 'x'.repeat(40_000) }));

test.each([
  ['Look:\n```a\n  b```\nbye', 'Look:\na\n  b\nbye'],
  ['see <https://x.example/a?b=1&amp;c=2>', 'see https://x.example/a?b=1&c=2'],
  ['from <http://db.internal|db.internal> to <mailto:a@b.example|a@b.example>', 'from db.internal to a@b.example'],
  ['<@U1|ana> in <#C1|ops>, <!here>: 1 &lt; 2 &amp;amp; 3', '@ana in #ops, @here: 1 < 2 &amp; 3'],
])('%j reads as people see it', (given, expected) => expect(toPlainText(given)).toBe(expected));
