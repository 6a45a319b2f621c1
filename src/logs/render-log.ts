import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import { Log } from '#db/entities/log.ts';
import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Db, forWorkspace, type Orm, queryRows } from '#db/orm.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { threadUrl } from './link-back.ts';
import { type LogLinks, linksOf } from './log-links.ts';
import { isFinished } from './log-state.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { findTickets } from './memory/find-tickets.ts';
import { logReport } from './report.ts';

/** What a thread shows about a log: the root that starts it, and the answer as far as it is known. */
export const createLogRenderer =
  ({ orm, publicUrl }: { orm: Orm; publicUrl: string | null }): Renderer =>
  async (workspaceId, logId) => {
    const db = forWorkspace(orm, workspaceId);
    const log = await db.findOne(Log, { id: logId });
    if (!log) return null;
    const result = await db.findOne(LogResult, { logId });
    // That our own token is refused is for the asker and an admin, not for the channel, and can be told without a token where there is a response_url.
    const nothingRead = !result && (log.status === 'FAILED' || log.failure?.code === 'CHAT_TOKEN_REFUSED');
    return {
      root: rootReport(log),
      reply: toReport(log, result, await findLinks(db, log, result, publicUrl)),
      final: isFinished(log.status),
      whisper: nothingRead ? sorry(log) : undefined,
    };
  };

const sorry = ({ status, failure }: Log): string =>
  `${failure?.message ?? 'This log could not be read.'}${failure ? ` (${failure.id})` : ''}${status === 'FAILED' ? '' : ' What you asked for is kept, and answered here then.'}`;

/** What is not known before somebody looks: where else it is told, and the tickets opened since. */
export type Beside = { links: LogLinks /** Null where it is not known what a ticket would quote. */; tickets: string[] | null };

export const findLinks = async (db: Db, log: Log, result: LogResult | null, publicUrl: string | null): Promise<Beside> => {
  const { normal } = result ?? {};
  const seen = normal ? await db.findOne(LogFingerprint, { logId: log.id }) : null;
  const phrases = seen?.phrases ?? [];
  const tickets = await findTickets(db, phrases);
  const threads = await Promise.all(tickets.map(async ({ id, name }) => [name, await threadUrl(db, id)] as const));
  const changes = normal
    ? await Promise.all(normal.changes.map(async ({ changeId }) => [changeId, await entryUrl(db, changeId)] as const))
    : [];
  return {
    tickets: phrases.length > 0 ? tickets.map(({ name }) => name) : null,
    links: {
      ...linksOf(log.id, publicUrl),
      sameAs: normal?.sameAs ? await threadUrl(db, normal.sameAs.logId) : null,
      tickets: new Map(threads.flatMap(([name, url]) => (url ? [[name, url] as const] : []))),
      changes: new Map(changes.flatMap(([id, url]) => (url ? [[id, url] as const] : []))),
    },
  };
};

/** The thread of the newest changelog that tells a change. */
const entryUrl = async (db: Db, changeId: string): Promise<string | null> => {
  const [entry] = await queryRows(db, ChangelogEntry)
    .select('changelogId')
    .andWhere('changes @> array[?]', [changeId])
    .orderBy({ changelogId: 'desc' })
    .limit(1)
    .execute<{ changelogId: string }[]>();
  return entry ? threadUrl(db, entry.changelogId) : null;
};

/** The whole answer about a log, for any surface. */
export const toReport = (log: Log, result: LogResult | null, beside: Beside = { links: {}, tickets: null }): Report =>
  logReport({
    log: { title: log.title, lineCount: log.lineCount ?? null, bytes: log.bytes ?? null },
    status: log.status,
    digest: result ? applyNormal(result.digest, result.normal ?? null) : null,
    normal: result?.normal ? { ...result.normal, tickets: beside.tickets ?? result.normal.tickets } : null,
    links: beside.links,
    summary: result?.summary ?? null,
    receipt: result?.receipt ?? null,
    failure: log.failure ?? null,
    id: log.id,
  });

const rootReport = (log: Log): Report => ({
  ...(log.actingFor ? { by: log.actingFor.split(':')[2] as string } : {}),
  headline: `asked for a summary of ${log.title}`,
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});
