import { Workspace } from '#db/entities/workspace.ts';
import { type App, until } from './app.ts';
import { type SlackApp, startSlackApp } from './slack-app.ts';
import { enqueue } from './tickets.ts';

export type UserError = { code: string; message: string; field: string | null };
export type PostShown = {
  id: string;
  state: string;
  purpose: string;
  from: string;
  to: string;
  covers: number;
  decidedBy: string | null;
  remindedAt: string | null;
  failure: { message: string } | null;
  changelog: { id: string; entries: { key: string; text: string; section: string }[] } | null;
};
export type SubscriptionShown = {
  id: string;
  channel: string;
  every: string;
  weekday: number | null;
  time: string;
  timeZone: string;
  systems: string[];
  owner: string;
  audience: string;
  coveredUntil: string;
  nextAt: string;
  pausedAt: string | null;
  pausedReason: string | null;
  endedAt: string | null;
  posts: PostShown[];
};

const POST = 'id state purpose from to covers decidedBy remindedAt failure { message } changelog { id entries { key text section } }';
const SUBSCRIPTION = `id channel owner every weekday time timeZone systems audience coveredUntil nextAt pausedAt pausedReason endedAt posts(first: 20) { ${POST} }`;
const ERRORS = 'userErrors { code message field }';

export const DAY_MS = 24 * 3_600_000;
export const WEEK_MS = 7 * DAY_MS;

/** The product with Slack, and its workspace bound to that Slack's team. */
export const startWeekly = async (settings: Record<string, string> = {}): Promise<SlackApp> => {
  const all = await startSlackApp({ settings });
  const { app, slack } = all;
  await app.database.orm.em.fork().nativeUpdate(Workspace, { id: app.runtime.workspaceId as string }, { slackTeamId: slack.teamId });
  return all;
};

const mutate =
  <Payload>(name: string, type: string, fields: string) =>
  async (app: App, input: Record<string, unknown>, token?: string): Promise<Payload & { userErrors: UserError[] }> =>
    (
      await app.gql<Record<string, never>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} ${ERRORS} } }`,
        { input },
        token,
      )
    )[name] as never;

type OfSubscription = { subscription: SubscriptionShown | null; replayed: boolean };
type OfPost = { post: PostShown | null };
export const subscribe = mutate<OfSubscription & { unknownSystems: string[] }>(
  'subscribeChangelog',
  'SubscribeChangelogInput',
  `subscription { ${SUBSCRIPTION} } replayed unknownSystems`,
);
export const updateSubscription = mutate<OfSubscription>(
  'updateChangelogSubscription',
  'UpdateChangelogSubscriptionInput',
  `subscription { ${SUBSCRIPTION} }`,
);
export const unsubscribe = mutate<OfSubscription>('unsubscribeChangelog', 'ChangelogSubscriptionInput', `subscription { ${SUBSCRIPTION} }`);
export const postNow = mutate<OfPost & { replayed: boolean }>('postChangelogNow', 'AskChangelogInput', `post { ${POST} } replayed`);
export const preview = mutate<OfPost & { replayed: boolean }>('previewChangelog', 'AskChangelogInput', `post { ${POST} } replayed`);
export const approve = mutate<OfPost & { waitsFor: string | null }>(
  'approveChangelogPost',
  'ChangelogPostInput',
  `post { ${POST} } waitsFor`,
);
export const skip = mutate<OfPost>('skipChangelogPost', 'ChangelogPostInput', `post { ${POST} }`);
export const editPost = mutate<OfPost>('editChangelogPost', 'EditChangelogPostInput', `post { ${POST} }`);
export const recompose = mutate<OfPost>('recomposeChangelogPost', 'ChangelogPostInput', `post { ${POST} }`);

/** Subscribes and gives the id; every Monday at nine in Greenwich unless told otherwise. */
export const subscribed = async ({ app, slack }: SlackApp, channel: string, wishes: Record<string, unknown> = {}): Promise<string> => {
  const place = { teamId: slack.teamId, channel, owner: slack.ana };
  const { subscription, userErrors } = await subscribe(app, { place, weekday: 1, audience: 'ENGINEERS', ...wishes });
  if (!subscription) throw new Error(JSON.stringify(userErrors));
  return subscription.id;
};

export const subscriptionOf = async (app: App, id: string): Promise<SubscriptionShown> =>
  (
    await app.gql<{ changelogSubscription: SubscriptionShown }>(`query ($id: ID!) { changelogSubscription(id: $id) { ${SUBSCRIPTION} } }`, {
      id,
    })
  ).changelogSubscription;

/** Waits until the subscription is as wanted. Read once more then: its posts are read a moment after itself. */
export const subscriptionThat = async (
  app: App,
  id: string,
  isRight: (subscription: SubscriptionShown) => boolean,
): Promise<SubscriptionShown> => {
  await until(() => subscriptionOf(app, id), isRight, 'the subscription');
  return subscriptionOf(app, id);
};

/** As if so much time had passed since: cursors and the next time are set back. */
export const letTimePass = (app: App, id: string, milliseconds: number): Promise<unknown> =>
  app.database.orm.em
    .fork()
    .getConnection()
    .execute(
      `update changelog_subscription set covered_until = covered_until - ?::interval, planned_until = planned_until - ?::interval,
         next_at = next_at - ?::interval where id = ?`,
      [...Array(3).fill(`${milliseconds} milliseconds`), id],
    );

export const ring = (app: App): Promise<unknown> => enqueue(app, 'due-changelogs', {});

/** Records changes of a repository; titles by how long ago they happened, in milliseconds. */
export const record = async (
  app: App,
  changes: { title: string; ago?: number; system?: string; url?: string; refs?: string[]; kind?: string; labels?: string[] }[],
): Promise<void> => {
  const sent = changes.map(({ ago = 1_000, system = 'acme/api', kind = 'COMMIT', ...rest }, place) => ({
    ...rest,
    kind,
    system,
    key: `${system}:${rest.title}:${place}`,
    time: new Date(Date.now() - ago).toISOString(),
  }));
  const query = 'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { created userErrors { message } } }';
  const { recordChanges } = await app.gql<{ recordChanges: { userErrors: { message: string }[] } }>(query, { input: { changes: sent } });
  if (recordChanges.userErrors.length > 0) throw new Error(JSON.stringify(recordChanges.userErrors));
};

type Message = ReturnType<SlackApp['slack']['messages']>[number];

/** What people see of a message: its blocks' texts in order. */
export const textOf = (message: Message | undefined): string =>
  (message?.blocks ?? [])
    .flatMap((block) => {
      const { text, elements } = block as { text?: { text: string }; elements?: { text?: string | { text: string } }[] };
      return [text?.text ?? '', ...(elements ?? []).map((each) => (typeof each.text === 'string' ? each.text : (each.text?.text ?? '')))];
    })
    .filter(Boolean)
    .join('\n');

/** A channel as threads: each message there with the replies under it, oldest first. */
export const threadsOf = ({ slack }: SlackApp, channel: string): { ts: string; root: string; replies: string[] }[] => {
  const messages = slack.messages(channel);
  return messages
    .filter(({ thread_ts, ts }) => !thread_ts || thread_ts === ts)
    .map((root) => ({
      ts: root.ts,
      root: textOf(root),
      replies: messages.filter(({ thread_ts, ts }) => thread_ts === root.ts && ts !== root.ts).map(textOf),
    }));
};
