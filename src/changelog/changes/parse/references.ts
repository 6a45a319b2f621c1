import { allMatches } from './all-matches.ts';
import { none } from './none.ts';

/** What a text refers to, as written: '#12', 'owner/name#5', '!7' (GitLab), 'ABC-7', 'T-42'. */
export type References = {
  /** Numbers the title itself carries: the pull request of a squash merge first, then what else it names. */
  own: readonly string[];
  /** Issues and tickets it says it fixes, closes or resolves. */
  closes: readonly string[];
};

/** The key of a ticket in any tracker ('ABC-7', 'T-42'), and no standard ('UTF-8', 'SHA-256') or advisory ('CVE-2021-23337'), as a pattern. */
export const KEY = String.raw`\b(?!(?:UTF|UCS|SHA|MD|AES|DES|RSA|ISO|IEC|IEEE|RFC|CVE|CWE|GHSA|TLS|SSL|HTTP|IP|ES|ECMA|PEP|PSR|COVID|ASCII|BASE|LATIN|WINDOWS|CP|WCAG|SOC|PCI|FIPS|US)-)(?:T|[A-Z][A-Z0-9]{1,9})-\d+\b(?!-\d)`;

/** 'owner/name' where one begins, as a pattern: each place of a text is looked at once, however long its words are. */
export const OWNER = String.raw`(?:(?<![\w.-])[\w.-]{1,100}\/[\w.-]{1,100})?`;

const closing = new RegExp(
  String.raw`\b(?:clos(?:e|es|ed|ing)|fix(?:es|ed|ing)?|resolv(?:e|es|ed|ing))\b:?\s+((?:(?:(?:issues?|tickets?|bugs?)\s+)?(?:${OWNER}#\d+\b|${KEY}|https?:\/\/\S+)(?:\s*(?:,|and|&)\s*)?)+)`,
  'gi',
);
const inParentheses = new RegExp(String.raw`\((${OWNER}[#!]\d+(?:\s*,\s*[#!]\d+)*)\)`, 'g');
const atTheEnd = new RegExp(String.raw`(?:^|[\s,;:(])(${OWNER}[#!]\d+)[).]*$`);
const anyNumber = /(?:(?<![\w.-])[\w.-]{1,100}\/[\w.-]{1,100}|(?<![\w&]))[#!]\d+\b/g;
const one = new RegExp(String.raw`${OWNER}[#!]\d+\b|${KEY}`, 'g');
const address = /https?:\/\/[\w.-]+\/([\w.-]+\/[\w.-]+)\/(?:-\/)?(?:issues|pull|pulls|merge_requests|work_items)\/(\d+)/g;
const ticketKey = /^T-\d+$/i;

const KEYS = String.raw`${KEY}(?:(?:\s*[,/&+]\s*|\s+(?:and\s+)?)${KEY})*`;
/** 'JIRA-123 Add …', 'ABC-7, ABC-8: fix …' and '[ABC-7] …' name tickets first; "ABC-1 and ABC-2 are one" tells of them. */
export const leadingKey = new RegExp(
  String.raw`^(?:\[${KEYS}\]\s*)*(?:\[${KEYS}\]|\(${KEYS}\)|${KEYS})(?:\s*[:|–-]+\s*|\s+)(?!(?:and|&|or|is|are|was|were|has|have|can|cannot)\s)(?=\S)`,
);
/** The same where nothing but a key stands: the scope of a conventional commit, a tag. */
export const onlyKeys = new RegExp(`^${KEYS}$`);

/** `system` is the repository, so that an address in it becomes a plain number. */
export const findReferences = (title: string, body: string, system: string): References => {
  const own = numbered.test(title) ? findOwn(title) : none;
  const keys = keyed.test(title) || keyed.test(body) ? findKeys(title, body) : none;
  const closes = [title, body].flatMap((text) => (mayClose.test(text) ? findClosed(text, system) : []));
  const all = keys.length === 0 ? own : [...new Set([...own, ...keys.filter((key) => !closes.includes(key))])];
  return { own: all, closes: closes.length === 0 ? none : [...new Set(closes)] };
};

// What is quickly seen, before it is read closely.
const numbered = /[#!]\d/;
const keyed = /[A-Z]-\d/;
const mayClose = /(?:clos|fix|resolv)[a-z]*:?\s/i;

const findOwn = (title: string): string[] => {
  const own = allMatches(title, inParentheses).flatMap(([, list]) => (list ?? '').match(one) ?? []);
  const last = atTheEnd.exec(title)?.[1];
  if (last !== undefined) own.push(last);
  own.push(...(title.match(anyNumber) ?? []));
  return [...new Set(own)];
};

const prefix = /^(?:(?:draft|wip)\s*:\s*|\[(?:draft|wip)\]\s*)?(?:[A-Za-z][\w./-]*\s*(?:\([^)]*\))?!?\s*:\s*)?/i;
// In brackets, with nothing else but what leads there: '(ABC-7)', '(closes ABC-7, #12)'; and last, behind what leads there.
const bracketed = new RegExp(String.raw`[([](?:\w+:?\s+)?((?:(?:${KEY}|[#!]\d+)[\s,/&]*)+)[)\]]`, 'g');
const lastKey = new RegExp(String.raw`(?:\s[–|-]\s*|\b(?:see(?: also)?|refs?:?|for|part of|ticket|issue|via)\s+)(${KEYS})[.\s]*$`, 'i');
const keyFooter = new RegExp(String.raw`^(?:refs?|references|jira|tickets?|issues?|story|task)\s*:\s*(${KEYS})\s*$`, 'gim');
const key = new RegExp(KEY, 'g');

/** Keys by which a change names its ticket, not those its sentence speaks of. */
const findKeys = (title: string, body: string): string[] => {
  const rest = title.replace(prefix, '');
  const found = [
    leadingKey.exec(title)?.[0],
    leadingKey.exec(rest)?.[0],
    ...allMatches(title, bracketed).map(([, keys]) => keys),
    lastKey.exec(title)?.[1],
    ...allMatches(body, keyFooter).map(([, keys]) => keys),
  ];
  return found.flatMap((text) => text?.match(key) ?? []);
};

const findClosed = (text: string, system: string): string[] =>
  allMatches(text, closing).flatMap(([, list]) => toShortReferences(list ?? '', system));

/** 'https://github.com/a/b/issues/7' is '#7' in a/b and 'a/b#7' elsewhere. */
const toShortReferences = (text: string, system: string): string[] =>
  text.replaceAll(address, (_, name: string, number: string) => (name === system ? `#${number}` : `${name}#${number}`)).match(one) ?? [];

export const isTicket = (ref: string): boolean => ticketKey.test(ref);

/** '#12' of 'acme/api' is 'acme/api#12' where several repositories are told of; what names its place or has none stays. */
export const inSystem = (ref: string, system: string): string => (/^[#!]\d+$/.test(ref) ? `${system}${ref}` : ref);
