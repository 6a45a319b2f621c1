import type { ChangelogPost } from '#db/entities/changelog-post.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type Apart, inWindow, longAgo, windowOf } from '#src/changelog/composing/read-period.ts';

type Asked = { id: string; channel: string; lateSince: Date | null };

/**
 * What a subscription's next post leaves out, since an earlier one has it, also as left out with a reason; and what was noted in its channel for
 * everybody, which belongs to what is told there whatever repositories it is about. What somebody put back comes once more. So nothing is lost that was stored while an earlier one was
 * written, and nothing is told twice.
 */
export const findApart = async (db: Db, post: ChangelogPost, subscription: Asked): Promise<Apart> => {
  const { workspaceId, systems } = post;
  const { id, channel, lateSince } = subscription;
  const [row] = await queryPrepared<{ from: Date | string | null }>(db, firstQuery, [workspaceId, id]);
  const first = row?.from ? new Date(row.from) : null;
  // Before its first period nobody asked what happens.
  const lateFrom = lateSince && first ? new Date(Math.max(first.getTime(), longAgo(post.from).getTime())) : null;
  const window = windowOf({ from: post.from, to: post.to, lateSince, lateFrom });
  const told = first
    ? await queryPrepared<Row>(db, toldQuery, [...posts(workspaceId, id, post), ...posts(workspaceId, id, post), workspaceId, ...window])
    : [];
  const noted = systems.length > 0 ? await queryPrepared<Row>(db, notedQuery, [workspaceId, channel, ...window]) : [];
  const back = first ? await queryPrepared<Row>(db, backQuery, [...posts(workspaceId, id, post), post.id]) : [];
  const ids = (rows: readonly Row[]): string[] => rows.map((row) => row.id).sort();
  const again = ids(back);
  return { leaveOut: ids(told).filter((one) => !again.includes(one)), takeIn: ids(noted), again, lateFrom };
};

type Row = { id: string };

// What is older than that is not asked for again.
const LONG_AGO_MS = 120 * 24 * 3_600_000;

const posts = (workspaceId: string, subscriptionId: string, { id, from }: ChangelogPost): unknown[] => [
  workspaceId,
  subscriptionId,
  id,
  new Date(from.getTime() - LONG_AGO_MS),
];

const firstQuery = 'select min("from") as "from" from "changelog_post" where "workspace_id" = ? and "subscription_id" = ?';

const ofPosts = 'post."workspace_id" = ? and post."subscription_id" = ? and post."id" <> ? and post."to" > ?';

const toldQuery = `with told as (
    select unnest(entry."changes") as "id" from "changelog_post" post join "changelog_entry" entry on entry."changelog_id" = post."changelog_id" where ${ofPosts}
    union all
    select omitted->>'change' from "changelog_post" post join "changelog" on "changelog"."id" = post."changelog_id",
      jsonb_array_elements("changelog"."omitted") omitted where ${ofPosts})
  select distinct "change"."id" from told join "change" on "change"."id" = told."id" where "workspace_id" = ? and ${inWindow}`;

// Left out by an earlier one, put back since, and told by none.
const backQuery = `select distinct omitted->>'change' as "id" from "changelog_post" post join "changelog" on "changelog"."id" = post."changelog_id",
    jsonb_array_elements("changelog"."omitted") omitted, "changelog_inclusion" put
  where ${ofPosts} and put."workspace_id" = post."workspace_id" and put."audience" = post."audience" and put."change_id" = omitted->>'change'
    and not exists (select from "changelog_post" other join "changelog_entry" entry on entry."changelog_id" = other."changelog_id"
      where other."subscription_id" = post."subscription_id" and other."id" <> ? and put."change_id" = any(entry."changes"))`;

const notedQuery = `select "id" from "change" where "workspace_id" = ? and "channel" = ? and "system" = 'company' and ${inWindow}`;
