import { describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  categoryNamed,
  findTicket,
  hurry,
  moveTicket,
  saveSettings,
  setCategory,
  setPriority,
  ticketThat,
} from '#tests/support/tickets.ts';
import { all, bot, change, idle, newChannel, posts, suggested, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

const down = 'All payments are down in production, customers get 503 errors';

describe('what may be critical does not wait for a tap', () => {
  test('its team sees it at once with who is on call, marked as not confirmed; the tap edits that message and nobody is called twice', async () => {
    const { app } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { channel: teamChannel, onCall: 'S0ONCALL' });
    const { id, replies } = await suggested(incident, down);
    expect(await ticketThat(app, id)).toMatchObject({ state: 'SUGGESTED', priority: 'P1', priorityBy: 'MODEL' });
    const [post] = await posts(teamChannel, 1);
    const words = wordsOf(post);
    expect(words).toContain('looks like Incident · suggested P1 critical, not confirmed yet');
    expect(words).toContain('shown to Operations at once, before anybody confirmed it');
    for (const part of ['<!subteam^S0ONCALL>', 'Yes, Incident', 'Wrong category', 'Take', 'the thread of T-'])
      expect(words).toContain(part);
    await until(
      () => wordsOf(replies()),
      (said) => said.includes('shown to Operations at once'),
    );

    // Many tell of one outage: the same again is shown, and calls nobody anew.
    await ticketFrom(down);
    const [, again] = await posts(teamChannel, 2);
    expect(wordsOf(again)).toContain('Same as T-');
    expect(wordsOf(again)).not.toContain('S0ONCALL');

    await setCategory(app, { id, categoryId: incident.id }, bot);
    const confirmed = () => wordsOf(all.slack.messages(teamChannel)[0]);
    await until(confirmed, (said) => said.includes('Incident → Operations · P1 critical'));
    await idle();
    expect(confirmed()).not.toContain('not confirmed');
    expect(all.slack.messages(teamChannel)).toHaveLength(2);
    expect(wordsOf(replies())).not.toContain('shown to');
    await change(incident, { channel: null, onCall: null });
  });

  test('where nobody can say whose it is, or its team has no channel, the admins see it; high or less waits for the tap', async () => {
    const { app } = all;
    const [admins, teamChannel] = [newChannel(), newChannel()];
    await saveSettings(app, { adminChannel: admins, threshold: 0.99 });
    const { id } = await ticketFrom('Urgent: the zyx plonk is down for all customers');
    expect(await ticketThat(app, id)).toMatchObject({ state: 'NEEDS_HUMAN', priority: 'P1' });
    const words = wordsOf(await posts(admins, 1));
    expect(words).toContain('needs a human · suggested P1 critical, not confirmed yet');
    expect(words).toContain('shown to the admins at once');

    await saveSettings(app, { threshold: 0.5 });
    const incident = await categoryNamed(app, 'Incident');
    await suggested(incident, down);
    expect(wordsOf(await posts(admins, 2))).toContain('looks like Incident');

    await change(incident, { channel: teamChannel });
    const high = await suggested(incident, 'Some payments run into timeouts, one of the alerts says');
    expect(await ticketThat(app, high.id)).toMatchObject({
      state: 'SUGGESTED',
      priority: expect.stringMatching(/P[234]/),
      prediction: { category: { name: 'Incident' } },
    });
    await idle();
    expect(all.slack.messages(teamChannel)).toEqual([]);
    expect(all.slack.messages(admins)).toHaveLength(2);

    // Somebody says that it is critical: that is no suggestion, and as urgent.
    await setPriority(app, { id: high.id, priority: 'P1' }, bot);
    expect(wordsOf(await posts(teamChannel, 1))).toMatch(/looks like Incident · P1 critical"?(?!, not)/);
    await setPriority(app, { id: high.id, priority: 'P3' }, bot);
    await setPriority(app, { id: high.id, priority: 'P1' }, bot);
    expect(wordsOf((await posts(teamChannel, 2)).slice(1))).toContain('is P1 now · nobody has it');
    await change(incident, { channel: null });
    await saveSettings(app, { adminChannel: null });
  });

  test('people can be first: nothing is shown before the delay is over, nor after somebody took it', async () => {
    const { app } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { channel: teamChannel });
    await saveSettings(app, { delaySeconds: 600 });
    const taken = await suggested(incident, down);
    const waiting = await ticketFrom(down);
    await idle();
    expect(all.slack.messages(teamChannel)).toEqual([]);
    await moveTicket(app, { id: taken.id, move: 'TAKE' }, bot);
    await hurry(app);
    await ticketThat(app, waiting.id);
    const { number } = (await findTicket(app, waiting.id)) as { number: number };
    expect(wordsOf(await posts(teamChannel, 1))).toContain(`T-${number} looks like`);
    await idle();
    expect(all.slack.messages(teamChannel)).toHaveLength(1);
    await change(incident, { channel: null });
  });

  test('of what was said in a restricted channel the team sees where it is, and no word', async () => {
    const { app } = all;
    const [teamChannel, secret] = [newChannel(), newChannel()];
    for (const name of ['Incident', 'Bug']) await change(await categoryNamed(app, name), { channel: teamChannel });
    await saveSettings(app, { restrictedChannels: [secret], adminChannel: teamChannel });
    const { id } = await ticketFrom('Urgent: production is down for all customers since the kumquat deploy', { channel: secret });
    expect(await ticketThat(app, id)).toMatchObject({ priority: 'P1' });
    const words = wordsOf(await posts(teamChannel, 1));
    expect(words).toContain('from a restricted channel');
    expect(words).not.toContain('kumquat');
    for (const name of ['Incident', 'Bug']) await change(await categoryNamed(app, name), { channel: null });
    await saveSettings(app, { adminChannel: null });
  });

  test('of two that say the same at the same moment, and each find the other, one calls who is on call', async () => {
    const { app } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { channel: teamChannel, onCall: 'S0ONCALL' });
    await saveSettings(app, { delaySeconds: 600 });
    const text = 'All payments of the nectarine shop are down in production, nobody can pay';
    await suggested(incident, text);
    await ticketFrom(text);
    await idle();
    await hurry(app);
    const both = await posts(teamChannel, 2);
    await idle();
    expect(both.filter((post) => wordsOf(post).includes('<!subteam^S0ONCALL>'))).toHaveLength(1);
    await change(incident, { channel: null, onCall: null });
  });

  test('what is over before it could be posted is not posted any more; reopened, it is', async () => {
    const { app, slack } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { channel: teamChannel });
    slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' }, { channel: teamChannel });
    const { id, replies } = await suggested(incident, 'All payments of the papaya shop are down in production');
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('could not be posted in the channel of'),
    );
    slack.heal();
    await moveTicket(app, { id, move: 'NOT_A_TICKET' }, bot);
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('is not a ticket'),
    );
    await idle();
    expect(slack.messages(teamChannel)).toEqual([]);
    await moveTicket(app, { id, move: 'REOPEN' }, bot);
    await posts(teamChannel, 1);
    await change(incident, { channel: null });
  });

  test('who gives it back or reopens it calls the team again; one that was taken before anybody was called is posted then', async () => {
    const { app } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { channel: teamChannel, onCall: 'S0ONCALL' });
    await saveSettings(app, { delaySeconds: 600 });
    const { id } = await suggested(incident, 'All payments of the quince shop are down in production, nobody can pay');
    await idle();
    await moveTicket(app, { id, move: 'TAKE' }, bot);
    await hurry(app);
    await ticketThat(app, id);
    await idle();
    expect(all.slack.messages(teamChannel)).toEqual([]);

    await moveTicket(app, { id, move: 'RETURN' }, bot);
    expect(wordsOf(await posts(teamChannel, 1))).toContain('needs a human · suggested P1 critical, not confirmed yet');
    await moveTicket(app, { id, move: 'SNOOZE', until: new Date(Date.now() + 2_000).toISOString() }, bot);
    for (const count of [2, 3]) {
      const [, ...calls] = await posts(teamChannel, count);
      for (const part of ['waits again · suggested P1 · nobody has it', '<!subteam^S0ONCALL>', 'Take'])
        expect(wordsOf(calls.at(-1))).toContain(part);
      if (count === 3) break;
      await moveTicket(app, { id, move: 'NOT_A_TICKET' }, bot);
      await moveTicket(app, { id, move: 'REOPEN' }, bot);
    }
    await change(incident, { channel: null, onCall: null });
  });

  test('where it applies itself and its team has no channel, the admins see it', async () => {
    const { app } = all;
    const admins = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { mode: 'AUTONOMOUS' });
    await saveSettings(app, { adminChannel: admins });
    const { id } = await suggested(incident, 'All payments of the medlar shop are down in production, nobody can pay');
    expect(await ticketThat(app, id)).toMatchObject({ state: 'ROUTED', priority: 'P1' });
    expect(wordsOf(await posts(admins, 1))).toContain('Incident → Operations · P1 critical');
    await setPriority(app, { id, priority: 'P2' }, bot);
    await setPriority(app, { id, priority: 'P1' }, bot);
    expect(wordsOf((await posts(admins, 2)).at(-1))).toContain('is P1 now');
    await change(incident, { mode: 'SUPERVISED' });
    await saveSettings(app, { adminChannel: null });
  });

  test('put right before it could be posted, it comes to the right team alone', async () => {
    const { app, slack } = all;
    const [wrong, right] = [newChannel(), newChannel()];
    const [incident, bug] = [await categoryNamed(app, 'Incident'), await categoryNamed(app, 'Bug')];
    await change(incident, { channel: wrong });
    await change(bug, { channel: right });
    slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' }, { channel: wrong });
    const { id, replies } = await suggested(incident, 'All payments of the loquat shop are down in production, nobody can pay');
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('could not be posted in the channel of'),
    );
    slack.heal();
    await setCategory(app, { id, categoryId: bug.id }, bot);
    await posts(right, 1);
    await idle();
    expect(slack.messages(wrong)).toEqual([]);
    for (const category of [incident, bug]) await change(category, { channel: null });
  });

  test('one whose look was given up is told by what its words alone say', async () => {
    const { app } = all;
    const admins = newChannel();
    await saveSettings(app, { adminChannel: admins });
    const connection = app.database.orm.em.fork().getConnection();
    await connection.execute(
      "alter table ticket add constraint unlucky check (status <> 'SUCCEEDED' or body not like '%durian%') not valid",
    );
    const { id } = await ticketFrom('All payments of the durian shop are down in production, nobody can pay');
    expect(wordsOf(await posts(admins, 1))).toContain('needs a human · suggested P1 critical, not confirmed yet');
    expect(await findTicket(app, id)).toMatchObject({ status: 'FAILED', state: 'NEEDS_HUMAN', priority: 'P1' });
    await connection.execute('alter table ticket drop constraint unlucky');
    await saveSettings(app, { adminChannel: null });
  });
});
