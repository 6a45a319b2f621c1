import { afterAll, afterEach, beforeAll } from 'vitest';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { botScopes, type CategoryShown, createTicket, createToken, saveCategory, saveSettings } from '#tests/support/tickets.ts';
import { engineNames } from '#tests/support/triage-engine.ts';

/** The running app, once the tests that use it began. */
export let all: SlackApp;
export let bot: string;
/** Starts it before the tests of a file, with a stand-in for the engine, and stops it behind them. */
export const useTriage = (): void => {
  beforeAll(async () => {
    all = await startSlackApp({ engine: 'openai', settings: { OPENAI_TIMEOUT_SECONDS: '2' } });
    bot = await createToken(all.app, 'SERVICE', botScopes);
  });
  afterAll(() => all[Symbol.asyncDispose]());
  afterEach(async () => {
    all.openai.mock.reset();
    all.slack.heal();
    await saveSettings(all.app, { restrictedChannels: [], delaySeconds: 0, threshold: 0.5 });
  });
};

let channels = 0;
export const newChannel = () => all.slack.createChannel({ name: `triage-${++channels}` });

/** A person writes something, and a ticket is made of it as the bot would. */
export const ticketFrom = async (
  text: string,
  { channel = newChannel(), ...more }: { channel?: string } & Record<string, unknown> = {},
) => {
  const { ts } = await all.slack.post({ channel, text });
  const place = { teamId: all.slack.teamId, channel, user: all.slack.ana };
  const input = {
    slack: { kind: 'THREAD', ...place, ts },
    replyTo: { ...place, threadTs: ts },
    reporter: `slack:${all.slack.teamId}:${all.slack.ana}`,
    idempotencyKey: `slack:ticket:${channel}:${ts}`,
    byReaction: true,
    ...more,
  };
  const { ticket, userErrors } = await createTicket(all.app, input, bot);
  if (!ticket) throw new Error(JSON.stringify(userErrors));
  return {
    id: ticket.id,
    channel,
    ts,
    input,
    replies: () => all.slack.messages(channel).filter(({ user }) => user === all.slack.botUserId),
  };
};

/** Everything people can read in a message. */
export const wordsOf = (messages: unknown): string => JSON.stringify(messages);

/** The stand-in says: it is this one. */
export const engineSays = async (prompt: RegExp, { name }: CategoryShown, quote?: string) => engineNames(all.openai, prompt, name, quote);

/** A ticket about payments that is suggested to be of this category. */
export const suggested = async (category: CategoryShown, text: string) => {
  await engineSays(/payments/, category, text.split(',')[0]);
  return ticketFrom(text);
};

/** What stands in a channel, once it is so much. */
export const posts = (channel: string, count: number) =>
  until(
    () => all.slack.messages(channel),
    (messages) => messages.length === count,
    `${count} messages`,
  );

/** Runs everything that waits. */
export const idle = () =>
  until(
    () =>
      all.app.database.orm.em
        .fork()
        .getConnection()
        .execute<unknown[]>('select task_identifier, attempts, last_error, run_at, key from graphile_worker.jobs where run_at <= now()'),
    (jobs) => jobs.length === 0,
    'an empty queue',
  );

export const change = (category: CategoryShown, more: Record<string, unknown>) => saveCategory(all.app, { ...pick(category), ...more });
export const pick = ({ id, name, description, team, channel, mode }: CategoryShown) => ({ id, name, description, team, channel, mode });
