import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm, queryRows } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Report, ReportItem, ReportSection } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { linesUrl, messageUrl } from './log-links.ts';
import { findLogsAbout } from './memory/find-logs-about.ts';
import { shortTitle } from './wording/short-title.ts';

export type LinkBackDeps = { orm: Orm; clock: Clock; publicUrl: string | null };

const MOST_CHANGES = 200;
const MOST_LOGS = 5;

/** One story across the three jobs: what is shown of a ticket or a changelog also names the logs it belongs to. */
export const withLogs =
  (deps: LinkBackDeps, render: Renderer): Renderer =>
  async (workspaceId, subjectId) => {
    const showing = await render(workspaceId, subjectId);
    if (!showing) return null;
    const section = await findSection(deps, workspaceId, subjectId);
    if (!section) return showing;
    const add = (report: Report): Report => ({ ...report, sections: [...report.sections, section] });
    return showing.reply ? { ...showing, reply: add(showing.reply) } : { ...showing, root: add(showing.root) };
  };

const findSection = async (
  { orm, clock, publicUrl }: LinkBackDeps,
  workspaceId: string,
  subjectId: string,
): Promise<ReportSection | null> => {
  const db = forWorkspace(orm, workspaceId);
  const [id = '', place] = subjectId.split(':');
  // One sentence for one person.
  if (place === 'note') return null;
  const items = id.startsWith('tkt_')
    ? await itemsOfTicket(db, id, publicUrl, clock.now())
    : id.startsWith('clg_')
      ? await itemsOfChangelog(db, id, publicUrl)
      : [];
  if (items.length === 0) return null;
  return { title: id.startsWith('tkt_') ? 'Logs that show this' : 'Seen in logs shortly after', items };
};

const itemsOfTicket = async (db: Db, id: string, publicUrl: string | null, now: Date): Promise<ReportItem[]> => {
  const ticket = await db.findOne(Ticket, { id }, { fields: ['number'] });
  if (!ticket) return [];
  const logs = (await findLogsAbout(db, { ticket: `T-${ticket.number}` }, now)).slice(0, MOST_LOGS);
  return Promise.all(logs.map(async (log) => ({ text: sayLog(log), ...(await linkTo(db, log, publicUrl)) })));
};

/** Per change the log in which something was seen for the first time after it. */
const itemsOfChangelog = async (db: Db, changelogId: string, publicUrl: string | null): Promise<ReportItem[]> => {
  const entries = await db.find(ChangelogEntry, { changelogId }, { fields: ['changes'] });
  const changes = entries.flatMap((entry) => entry.changes).slice(0, MOST_CHANGES);
  if (changes.length === 0) return [];
  const rows = await queryRows(db, LogResult)
    .select(['logId', 'normal'])
    .andWhere(`normal is not null and normal @> any(array[${changes.map(() => '?').join(', ')}]::jsonb[])`, [
      ...changes.map((changeId) => JSON.stringify({ changes: [{ changeId }] })),
    ])
    .orderBy({ logId: 'desc' })
    .limit(MOST_LOGS)
    .execute<{ logId: string; normal: LogResult['normal'] }[]>();
  const logs = await db.find(Log, { id: { $in: rows.map(({ logId }) => logId) } });
  const items = rows.map(async ({ logId, normal }): Promise<ReportItem[]> => {
    const log = logs.find(({ id }) => id === logId);
    const change = normal?.changes.find(({ changeId }) => changes.includes(changeId));
    return log && change ? [{ text: `after “${shortTitle(change.title)}”: ${sayLog(log)}`, ...(await linkTo(db, log, publicUrl)) }] : [];
  });
  return (await Promise.all(items)).flat();
};

const sayLog = ({ title, createdAt }: Log): string => `“${shortTitle(title)}” of ${createdAt.toISOString().slice(0, 10)}`;

const linkTo = async (db: Db, { id }: Log, publicUrl: string | null): Promise<Pick<ReportItem, 'links' | 'refs'>> => {
  const thread = await threadUrl(db, id);
  if (thread) return { links: [{ text: 'its thread', url: thread }] };
  return publicUrl === null ? { refs: [id] } : { links: [{ text: 'its lines', url: linesUrl(publicUrl, id, { from: 1, to: 100 }) }] };
};

/** Where in Slack something was answered; null where it was not. */
export const threadUrl = async (db: Db, subjectId: string): Promise<string | null> => {
  const delivery = await db.findOne(Delivery, { subjectId });
  const ts = delivery?.messageTs;
  return delivery && ts
    ? messageUrl({ channel: delivery.replyTo.channel, ts, threadTs: delivery.replyTo.threadTs ?? delivery.rootTs ?? undefined })
    : null;
};
