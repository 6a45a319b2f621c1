import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { LeakGuard } from './changes/index.ts';
import type { Audience, ChangeKind } from './changes/types.ts';

const MOST_IN_A_QUERY = 5_000;

/** Only what is safe to put into a link. */
export const isWebAddress = (url: string): boolean => /^https?:\/\/\P{Cc}+$/iu.test(url) && url.isWellFormed() && URL.canParse(url);

/** Addresses as they came in, and those a repository that came in has for its numbers: of an entry as a whole, and of its references. */
export type Links = { url: string | null; refs: Record<string, string> };

type Shown = { audience: Audience; guard: LeakGuard };
type Address = { id: string; url: string | null; kind: ChangeKind; system: string };

/** The links of each entry, in the same order. */
export const findLinks = async (
  db: Db,
  workspaceId: string,
  entries: readonly { changes: string[]; refs: string[] }[],
  shown: Shown,
): Promise<Links[]> => {
  const addresses = await findAddresses(db, workspaceId, [...new Set(entries.flatMap(({ changes }) => changes))]);
  const homes = await findHomes(db, workspaceId, [...addresses.values()]);
  return entries.map(({ changes, refs }) => {
    const own = changes.flatMap((id) => addresses.get(id) ?? []);
    const known = own.flatMap(({ url, kind }) => (url !== null && mayLink(url, { ...shown, isCode: isCode(kind) }) ? [url] : []));
    const near = own.flatMap(({ url, system }) => url ?? homes.get(system) ?? []);
    const links = refs.flatMap((ref) => {
      const url = known.find((candidate) => endsWithRef(candidate, ref)) ?? addressOf(ref, near);
      return url && mayLink(url, { ...shown, isCode: true }) ? [[ref, url] as const] : [];
    });
    return { url: known[0] ?? null, refs: Object.fromEntries(links) };
  });
};

/** Where everybody has an account. What a company hosts itself is for those inside, whatever its name is. */
const publicForges = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|git\.sr\.ht|sourceforge\.net)$/i;

/**
 * Nothing that names something of the leak list, with or without its protocol (`github.com/acme/secret/**`). Customers are led to no host of one's
 * own network, and to code only where it is hosted for everybody.
 */
export const mayLink = (url: string, { audience, guard, isCode }: Shown & { isCode: boolean }): boolean => {
  if (!isWebAddress(url) || guard.leaks(url) || guard.leaks(url.replace(/^https?:\/\//i, ''))) return false;
  return audience !== 'customers' || !isCode || publicForges.test(new URL(url).hostname);
};

const isCode = (kind: ChangeKind): boolean => kind === 'commit' || kind === 'merge';

const query = 'select "id", "url", "kind", "system" from "change" where "workspace_id" = ? and "id" = any(?::text[])';

const findAddresses = async (db: Db, workspaceId: string, ids: readonly string[]): Promise<Map<string, Address>> => {
  const found = new Map<string, Address>();
  for (let at = 0; at < ids.length; at += MOST_IN_A_QUERY) {
    const values = [workspaceId, ids.slice(at, at + MOST_IN_A_QUERY)];
    for (const one of await queryPrepared<Address>(db, query, values)) found.set(one.id, one);
  }
  return found;
};

/** Of each system whose changes came in without addresses one that came in with another change of it: a build pushes what a webhook knows. */
const findHomes = async (db: Db, workspaceId: string, all: readonly Address[]): Promise<Map<string, string>> => {
  const bare = [...new Set(all.flatMap(({ url, kind, system }) => (url === null && isCode(kind) ? [system] : [])))];
  const found = new Map<string, string>();
  for (const system of bare.slice(0, MOST_HOMES)) {
    const [home] = await queryPrepared<{ url: string }>(db, homeQuery, [workspaceId, system]);
    if (home) found.set(system, home.url);
  }
  return found;
};

const MOST_HOMES = 20;

const homeQuery = `select "url" from "change" where "workspace_id" = ? and lower("system") = lower(?) and "kind" in ('commit', 'merge') and "url" is not null
  order by "time" desc limit 1`;

/** '#12' is `…/pull/12`, `…/issues/12`; '!12' is `…/merge_requests/12`; a sha is `…/commit/<sha>`. */
const endsWithRef = (url: string, written: string): boolean => {
  const ref = written.replace(/^[\w./-]+@(?=[0-9a-f]{7,40}$)/i, '');
  const number = /^(?:[\w.-]+(?:\/[\w.-]+)*)?[#!](\d+)$/.exec(ref)?.[1];
  const last = number ?? (/^[0-9a-f]{7,40}$/i.test(ref) || /^[A-Z][A-Z0-9]{0,9}-\d+$/.test(ref) ? ref : null);
  if (last === null) return false;
  const [, kind = '', name = ''] = /\/([a-z_]+)\/([\w-]+)\/?(?:[?#].*)?$/i.exec(url) ?? [];
  if (number) return name === number && /^(?:pull|pulls|issues|merge_requests|work_items)$/.test(kind);
  return kind === 'commit' ? name.toLowerCase().startsWith(last.toLowerCase()) : name === last;
};

/**
 * Where a number of a repository is read, by the address of a commit or request of it: '#12' beside `https://github.com/acme/api/commit/…` is
 * `https://github.com/acme/api/issues/12` (GitHub leads on to a pull request by itself), '!12' a merge request of GitLab. Null where the
 * addresses are of several repositories, or of none.
 */
export const addressOf = (ref: string, known: readonly string[]): string | null => {
  const homes = new Map(known.flatMap(homeOf).map((home) => [home.address, home]));
  const [home] = homes.values();
  const [, other, sign, number] = /^([\w.-]+(?:\/[\w.-]+)+|[\w.-]+(?=[#!]))?([#!])(\d+)$/.exec(ref) ?? [];
  if (!home || homes.size > 1 || number === undefined || (sign === '!' && !home.isGitlab)) return null;
  // A repository without an owner is the one whose address it is.
  const address = other?.includes('/') ? `${home.host}/${other}` : home.address;
  return `${address}${home.isGitlab ? '/-' : ''}/${sign === '!' ? 'merge_requests' : 'issues'}/${number}`;
};

type Home = { host: string; address: string; isGitlab: boolean };

const homeOf = (url: string): Home[] => {
  const [, host = '', path = '', gitlab] = repository.exec(url) ?? [];
  return host === '' ? [] : [{ host, address: `${host}/${path}`, isGitlab: gitlab !== undefined }];
};

const repository =
  /^(https?:\/\/[^/?#]+)\/([\w.-]+(?:\/[\w.-]+)+?)(\/-)?\/(?:commit\/[0-9a-f]{7,64}|(?:pull|issues|merge_requests)\/\d+)\/?(?:[?#].*)?$/i;
