import { describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  categoryNamed,
  createTicket,
  predict,
  type Shown,
  saveSettings,
  setCategory,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { answerTriage } from '#tests/support/triage-engine.ts';

import { all, bot, engineSays, idle, newChannel, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

describe('law 8: the model cannot act', () => {
  test.each([
    ['a category that is not in the list', { category: 'C99', quote: '', reason: '' }],
    ['the name of a category', { category: 'Security', quote: '', reason: '' }],
    ['several', { category: 'C1, C2', quote: '', reason: '' }],
    ['an id', { category: 'cat_01', quote: '', reason: '' }],
    ['zero', { category: 'C0', quote: '', reason: '' }],
    ['none', { category: 'none', quote: '', reason: '' }],
    ['everybody', { category: '<!channel> @channel', quote: '<!channel>', reason: '<!channel> see http://evil.example' }],
    ['another shape', { team: 'Security' }],
  ])('an answer that names %s is rejected', async (what, answer) => {
    const { app, slack, openai } = all;
    openai.mock.on({ userMessage: /mangosteen/ }, { content: JSON.stringify(answer) });
    const text = `The mangosteen service behaves strangely (${what})`;
    const expected = await predict(app, text);
    const { id, channel, replies } = await ticketFrom(text);
    const { prediction, state } = await ticketThat(app, id);
    expect(openai.requests().length).toBeGreaterThan(0);
    expect([prediction?.by, prediction?.category, state]).toEqual([
      expect.not.stringContaining('engine'),
      expected.category,
      expected.abstained ? 'NEEDS_HUMAN' : 'SUGGESTED',
    ]);
    await until(
      () => replies().length,
      (count) => count === 1,
    );
    expect(wordsOf(slack.messages(channel))).not.toMatch(/<!|evil\.example|@channel/);
  });

  test('an answer that quotes what the ticket does not say counts for nothing, and the words of the model are never shown', async () => {
    const { app, openai } = all;
    const text = 'The kumquat list is sorted wrongly and crashes';
    const expected = await predict(app, text);
    answerTriage(openai, /kumquat/, ({ categories: list }) => ({
      category: list.find(({ name }) => name === 'People and HR')?.code ?? '',
      quote: 'the kumquat was stolen by <@U1>',
      reason: 'Look at http://evil.example now',
    }));
    const { prediction } = await triaged(app, { text });
    expect(prediction).toMatchObject({ by: expect.not.stringContaining('engine'), category: expected.category });
    expect(prediction?.reason).not.toMatch(/stolen|evil/);
    openai.mock.reset();
    answerTriage(openai, /kumquat/, ({ categories: list }) => ({
      category: list.find(({ name }) => name === 'Bug')?.code ?? '',
      quote: 'Sorted  WRONGLY',
      reason: 'Look at http://evil.example now',
    }));
    expect((await triaged(app, { text })).prediction).toMatchObject({
      by: 'engine',
      category: { name: 'Bug' },
      reason: 'The ticket says “Sorted  WRONGLY”.',
    });
  });

  test('mentions in a ticket call nobody where it is shown', async () => {
    const { app } = all;
    const bug = await categoryNamed(app, 'Bug');
    await engineSays(/durian/, bug, '<!channel> <!here> durian');
    const { id, replies } = await ticketFrom('<!channel> <!here> durian is broken');
    await ticketThat(app, id);
    await until(
      () => replies().length,
      (count) => count === 1,
    );
    await idle();
    expect(wordsOf(replies())).not.toMatch(/<!channel>|<!here>/);
  });
});

describe('what leaves', () => {
  test('law 4: secrets and personal data of a ticket are masked on the wire, and its examples, too', async () => {
    const { app, openai } = all;
    const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
    const access = await categoryNamed(app, 'Access and accounts');
    const text = (who: string) => `The papaya deploy key of ${who} leaked: ${token} password=hunter2-xyz`;
    await engineSays(/papaya/, access);
    const { id } = await triaged(app, { text: text('kim@customer.example') });
    await setCategory(app, { id, categoryId: access.id });
    await triaged(app, { text: text('lee@customer.example') });
    expect(openai.requests().length).toBeGreaterThanOrEqual(2);
    expect(openai.wire()).toContain('decided_before');
    for (const secret of [token, 'hunter2', 'kim@customer.example', 'lee@customer.example']) expect(openai.wire()).not.toContain(secret);
    const calls = await app.database.orm.em
      .fork()
      .getConnection()
      .execute<{ outcome: string; receipt: { sentBytes: number } }[]>('select outcome, receipt from engine_call where subject_id = ?', [
        id,
      ]);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(call).toMatchObject({ outcome: 'SUCCEEDED', receipt: { sentBytes: expect.any(Number) } });
  });

  test('what is said in a restricted channel never reaches an engine: not the message, not what is asked there, not as an example', async () => {
    const { app, slack, openai } = all;
    const secret = newChannel();
    await saveSettings(app, { restrictedChannels: [secret] });
    const hr = await categoryNamed(app, 'People and HR');
    await engineSays(/./s, hr);
    const said = await ticketFrom('The persimmon restructuring: salaries will be cut', { channel: secret });
    const decided: Shown[] = [await ticketThat(app, said.id)];
    // From a form that was opened there: no origin, only where the answer goes.
    const replyTo = { teamId: slack.teamId, channel: secret, user: slack.ana };
    decided.push(await triaged(app, { text: 'The persimmon restructuring: who loses their salary', replyTo }, bot));
    // A link to a message there, sent from elsewhere.
    const elsewhere = { teamId: slack.teamId, channel: newChannel(), user: slack.ana };
    const { ts } = await slack.post({ channel: secret, text: 'persimmon list of salaries' });
    const { ticket } = await createTicket(app, { slack: { kind: 'MESSAGE', ...elsewhere, channel: secret, ts }, replyTo: elsewhere }, bot);
    decided.push(await ticketThat(app, ticket?.id as string));
    expect(decided.map(({ status, prediction }) => [status, prediction?.by === 'engine'])).toEqual(
      Array.from({ length: 3 }, () => ['SUCCEEDED', false]),
    );
    expect(openai.requests()).toEqual([]);

    for (const { id } of decided) await setCategory(app, { id, categoryId: hr.id });
    const open = await triaged(app, { text: 'The persimmon restructuring: salaries, when is the meeting' });
    expect(open.prediction?.by).toBe('engine');
    expect(open.prediction?.lookAlikes.map(({ ticket: { id } }) => id)).toEqual(expect.arrayContaining([said.id]));
    for (const words of ['will be cut', 'who loses', 'list of salaries']) expect(openai.wire()).not.toContain(words);
  });

  test.each([
    ['fails', { error: { message: 'boom', type: 'server_error' }, status: 500 }],
    ['is too busy', { error: { message: 'slow', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 60 }],
    ['talks nonsense', { content: 'Certainly! Here is your JSON:' }],
    ['declines', { error: { message: 'no', type: 'invalid_request_error', code: 'content_filter' }, status: 400 }],
  ])('law 10: an engine that %s leaves the rest of the ladder standing', async (what, answer) => {
    const { app, openai } = all;
    openai.mock.on({ userMessage: /rambutan/ }, answer as never);
    const ticket = await triaged(app, { text: `My account is locked, please reset the password of rambutan (${what})` });
    expect(openai.requests().length).toBeGreaterThan(0);
    expect(ticket).toMatchObject({ status: 'SUCCEEDED', failure: null, prediction: { by: expect.not.stringContaining('engine') } });
    expect((ticket.prediction?.category ?? ticket.prediction?.alternatives[0]?.category)?.name).toBe('Access and accounts');
  });
});
