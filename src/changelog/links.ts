import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { LeakGuard } from './changes/index.ts';

const MOST_IN_A_QUERY = 5_000;

/** Only what is safe to put into a link. */
export const isWebAddress = (url: string): boolean => /^https?:\/\/\P{Cc}+$/iu.test(url) && url.isWellFormed() && URL.canParse(url);

/** Addresses as they came in, none made up: of an entry as a whole, and of its references. */
export type Links = { url: string | null; refs: Record<string, string> };

/** The links of each entry, in the same order. What names something of the leak list is no link. */
export const findLinks = async (
  db: Db,
  workspaceId: string,
  entries: readonly { changes: string[]; refs: string[] }[],
  guard: LeakGuard,
): Promise<Links[]> => {
  const addresses = await findAddresses(db, workspaceId, [...new Set(entries.flatMap(({ changes }) => changes))]);
  return entries.map(({ changes, refs }) => {
    const known = changes.flatMap((id) => addresses.get(id) ?? []).filter((url) => isWebAddress(url) && !guard.leaks(url));
    const own = refs.flatMap((ref) => {
      const url = known.find((candidate) => endsWithRef(candidate, ref));
      return url ? [[ref, url] as const] : [];
    });
    return { url: known[0] ?? null, refs: Object.fromEntries(own) };
  });
};

const query = 'select "id", "url" from "change" where "workspace_id" = ? and "id" = any(?::text[]) and "url" is not null';

const findAddresses = async (db: Db, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MOST_IN_A_QUERY) {
    const values = [workspaceId, ids.slice(at, at + MOST_IN_A_QUERY)];
    for (const { id, url } of await queryPrepared<{ id: string; url: string }>(db, query, values)) found.set(id, url);
  }
  return found;
};

/** '#12' is `…/pull/12`, `…/issues/12`; '!12' is `…/merge_requests/12`; a sha is `…/commit/<sha>`. */
const endsWithRef = (url: string, ref: string): boolean => {
  const number = /^(?:[\w.-]+\/[\w.-]+)?[#!](\d+)$/.exec(ref)?.[1];
  const last = number ?? (/^[0-9a-f]{7,40}$/i.test(ref) || /^[A-Z][A-Z0-9]{0,9}-\d+$/.test(ref) ? ref : null);
  if (last === null) return false;
  const [, kind = '', name = ''] = /\/([a-z_]+)\/([\w-]+)\/?(?:[?#].*)?$/i.exec(url) ?? [];
  if (number) return name === number && /^(?:pull|pulls|issues|merge_requests|work_items)$/.test(kind);
  return kind === 'commit' ? name.toLowerCase().startsWith(last.toLowerCase()) : name === last;
};
