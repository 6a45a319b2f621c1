import type { Pattern, Variable } from '#src/logs/digest/types.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';

/** A status of HTTP that a pattern's records carry; `fact` names how many of them do. */
export type RequestStatus = { status: number; count: number; fact: string };

/** The statuses of requests in a pattern, most frequent first; empty where it tells of none. */
export const statusesOf = (pattern: Pattern): readonly RequestStatus[] => {
  // Cheap, and says no to almost every pattern.
  if (!mayTellStatus.test(pattern.template)) return none;
  const known = statuses.get(pattern);
  if (known) return known;
  const read = readStatuses(pattern);
  statuses.set(pattern, read);
  return read;
};

/** 0 where the pattern tells of no status. A few in a hundred do not speak for the pattern. */
export const gravestStatus = (pattern: Pattern): number =>
  statusesOf(pattern).reduce((most, { status, count }) => (count * 20 >= pattern.count ? Math.max(most, status) : most), 0);

const none: readonly RequestStatus[] = [];
const statuses = new WeakMap<Pattern, readonly RequestStatus[]>();

const mayTellStatus = /HTTP\/|\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|status|respon[ds]|answered|returned|NOSRV|\bGIN\b|"<\w+>"/i;

const value = String.raw`([1-5]\d\d|\u0001\d+\u0002)`;
const any = String.raw`(?:-?\d+|\u0001\d+\u0002)`;

/** Where logs write a status, surest first. */
const places = [
  String.raw`HTTP/\S+\s+${value}(?=[\s)]|$)`,
  String.raw`(?<![\w.-])(?!exit)(?:[a-z]+[._-]?){0,3}?(?:status|status_?code|response_?code)["']?\s*[:= ]\s*["']?${value}(?!\d|\.\d)`,
  String.raw`\b(?:answered|responded|returned)(?: an?)?(?: with)?(?: error)?:? ${value}(?=[\s.,;)]|$)`,
  String.raw`\|\s*${value}\s*\|`,
  String.raw`\s${value}\s+${any}\s+- - [A-Z-]{4}\s`,
  // AWS' load balancers write what they answered and what they were answered in front of the request.
  String.raw`\s${value}\s+(?:${any}|-)\s+${any}\s+${any}\s+"?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s`,
  String.raw`${any}(?:/\+?${any}){2,4}\s+${value}\s`,
  String.raw`\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?:\S+\s+){1,3}?${value}(?=\s|$)`,
  String.raw`\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s.*\s${value}(?: ${any}){3}$`,
  String.raw`\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s.*\s${value}(?: ${any}){2}$`,
].map((place) => new RegExp(place, 'i'));

const readStatuses = (pattern: Pattern): readonly RequestStatus[] => {
  let index = 0;
  const text = pattern.template.replace(/<[a-z]+>/g, () => `\u0001${index++}\u0002`);
  for (const place of places) {
    const found = place.exec(text)?.[1];
    if (found === undefined || (/^\d/.test(found) && !isKnown(found))) continue;
    if (/^\d/.test(found)) return [{ status: Number(found), count: pattern.count, fact: `{${pattern.id}.count}` }];
    const variable = shownVariables(pattern).find((one) => `\u0001${one.index}\u0002` === found);
    if (variable && isStatus(variable)) return ofVariable(pattern, variable);
  }
  const joined = shownVariables(pattern).find(
    ({ top }) => top.length > 0 && top.every(({ value: one }) => isKnown(behindSlash.exec(one)?.[1] ?? '')),
  );
  return joined ? ofVariable(pattern, joined) : none;
};

/** The status one record carries where logs write it: not the 500 of a size or of '?limit=500'. Null where it tells of none. */
export const statusIn = (record: string): number | null => {
  if (!mayTellStatus.test(record)) return null;
  for (const place of places) {
    const found = place.exec(record)?.[1];
    if (found !== undefined && isKnown(found)) return Number(found);
  }
  const joined = joinedStatus.exec(record)?.[1];
  return joined !== undefined && isKnown(joined) ? Number(joined) : null;
};

const joinedStatus = /(?<![\w/])[A-Z_]{3,}\/(\d{3})(?!\d)/;

/** Sizes and ports have more values, and others. */
const isStatus = ({ distinct, top }: Variable): boolean => distinct <= 12 && top.length > 0 && top.every(({ value: one }) => isKnown(one));

/** 443 is a port. */
const isKnown = (text: string): boolean =>
  /^(?:10[0-3]|20\d|226|30[0-8]|4(?:0\d|1[0-8]|2[1-9]|31|51|60|99)|5(?:0\d|1[01]|2[0-7]|30))$/.test(text);

/** 'TCP_MISS/503', as proxies write what became of a request and how it was answered. */
const behindSlash = /^[A-Z_]{3,}\/(\d{3})$/;

const ofVariable = ({ id }: Pattern, { index, top }: Variable): RequestStatus[] =>
  top.map(({ value: status, count }, rank) => ({
    status: Number(behindSlash.exec(status)?.[1] ?? status),
    count,
    fact: `{${id}.topCount.${index}.${rank}}`,
  }));
