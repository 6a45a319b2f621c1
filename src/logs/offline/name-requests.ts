import type { Pattern } from '#src/logs/digest/types.ts';
import { type RequestStatus, statusesOf } from '#src/logs/failures/request-status.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';

/** '{P1.count} requests got 404, {P1.topCount.0.0} of them for /favicon.ico': what an access log has to say. Null for anything else. */
export const nameRequests = ({ patterns }: Trouble): string | null => {
  const [first] = patterns;
  if (!first || !patterns.every(isRequest)) return null;
  const failed = patterns.flatMap((pattern) => failedOf(pattern).map((status) => ({ pattern, ...status })));
  if (failed.length === 0) return null;
  const groups = [...Map.groupBy(failed, ({ status }) => status)].sort(([, a], [, b]) => sumOf(b) - sumOf(a)).slice(0, mostStatuses);
  const said = groups.map(([status, found], at) => {
    const count = countFact(found);
    return `${count}${at === 0 ? (sumOf(found) === 1 ? ' request' : ' requests') : ''} got ${status}`;
  });
  const path = groups.length === 1 ? pathOf(groups[0]?.[1].map(({ pattern }) => pattern) ?? []) : null;
  return `${said.join(', ')}${path ? `, ${path},` : ''}`;
};

const mostStatuses = 3;

const sumOf = (found: RequestStatus[]): number => found.reduce((sum, { count }) => sum + count, 0);

/** Of several patterns the counts add up where each says one thing; those of values among others are named one by one, '63 + 57'. */
const countFact = (found: (RequestStatus & { pattern: Pattern })[]): string => {
  const whole = found.filter(({ fact, pattern }) => fact === `{${pattern.id}.count}`);
  if (whole.length === found.length) return `{${whole.map(({ pattern }) => pattern.id).join('+')}.count}`;
  const byCount = found.toSorted((a, b) => b.count - a.count).map(({ fact }) => fact);
  return `${byCount.length > MOST_ADDED ? 'at least ' : ''}${byCount.slice(0, MOST_ADDED).join(' + ')}`;
};

const MOST_ADDED = 3;

/** Whether all records of these patterns failed, so that their first and last times say when requests did. */
export const allRequestsFailed = ({ patterns }: Pick<Trouble, 'patterns'>): boolean =>
  patterns.every((pattern) => sumOf(failedOf(pattern)) >= pattern.count);

export const failedOf = (pattern: Pattern): RequestStatus[] => {
  const failed = statusesOf(pattern).filter(({ status }) => status >= 400);
  // A server's own failures matter more than what it was asked for in vain.
  return failed.some(({ status }) => status >= 500) ? failed.filter(({ status }) => status >= 500) : failed;
};

/** A line an access log writes: who asked for what, and what came back. */
export const isRequest = (pattern: Pattern): boolean =>
  /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|PROPFIND)\b/.test(pattern.template) ||
  /<NOSRV>|HTTP\//.test(pattern.template) ||
  // As fields, the request is a value.
  (statusesOf(pattern).length > 0 &&
    (namesPath.test(pattern.template) ||
      shownVariables(pattern).some(({ top }) => top.length > 0 && top.every(({ value }) => opensRequest.test(value)))));

const pathKey = String.raw`(?:path|ur[il](?:_?stem)?|route|target|endpoint)["']?\s?[=:]\s?["']?`;
const namesPath = new RegExp(`${pathKey}(?:<|/)`, 'i');
const pathFollows = new RegExp(`${pathKey}$`, 'i');

const opensRequest = /^"?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?:"?$| \S)/;

const pathOf = (patterns: Pattern[]): string | null => {
  const pattern = patterns.toSorted((a, b) => b.count - a.count)[0];
  if (!pattern) return null;
  const alone = patterns.length === 1;
  const literal = /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/[^\s<>"?]*)(?=[\s"?])/.exec(pattern.template)?.[1];
  if (literal && patterns.some((other) => other !== pattern && mayName(other, literal))) return null;
  if (literal) return alone ? `all for ${literal}` : pattern.count >= 3 ? `{${pattern.id}.count} of them for ${literal}` : null;
  // Values are counted over all records; that says something of the failed ones only where all failed.
  if (sumOf(failedOf(pattern)) < pattern.count) return null;
  const paths = shownVariables(pattern).filter(({ kind }) => kind === 'path' || kind === 'url');
  const parts = pattern.template.split(/<[a-z]+>/);
  // Behind the method stands what was asked for; a name of the server may look like a path, too.
  const variable =
    paths.find(({ index }) => /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) $/.test(parts[index] ?? '')) ??
    paths.find(({ index }) => pathFollows.test(parts[index] ?? '')) ??
    paths[0];
  const [top] = variable?.top ?? [];
  if (!variable || !top || top.value.length > 80) return null;
  // How many of them there are in all nobody could say.
  if (patterns.some((other) => other !== pattern && mayName(other, top.value))) return null;
  if (alone && variable.distinct === 1 && variable.exact) return pattern.count === 1 ? `for ${top.value}` : `all for ${top.value}`;
  // What is asked for once or twice is no finding.
  return top.count >= 3 && top.count * 20 >= pattern.count ? `{${pattern.id}.topCount.${variable.index}.0} of them for ${top.value}` : null;
};

const mayName = (pattern: Pattern, path: string): boolean =>
  pattern.template.includes(path) ||
  shownVariables(pattern).some(
    ({ kind, distinct, exact, top }) =>
      (kind === 'path' || kind === 'url' || kind === 'any') &&
      (!exact || top.length < distinct || top.some(({ value }) => value.includes(path))),
  );
