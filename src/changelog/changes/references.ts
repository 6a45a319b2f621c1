/** What a text refers to, as written: '#12', 'owner/name#5', '!7' (GitLab), 'ABC-7', 'T-42'. */
export type References = {
  /** Numbers the title itself carries, such as the pull request of a squash merge. */
  own: string[];
  /** Issues and tickets it says it fixes, closes or resolves. */
  closes: string[];
};

const closing =
  /\b(?:clos(?:e|es|ed|ing)|fix(?:es|ed|ing)?|resolv(?:e|es|ed|ing))\b:?\s+((?:(?:(?:issues?|tickets?|bugs?)\s+)?(?:[\w.-]+\/[\w.-]+)?(?:#\d+\b|[A-Z][A-Z0-9]{0,9}-\d+\b|https?:\/\/\S+)(?:\s*(?:,|and|&)\s*)?)+)/gi;
const inParentheses = /\(((?:[\w.-]+\/[\w.-]+)?[#!]\d+(?:\s*,\s*[#!]\d+)*)\)/g;
const atTheEnd = /(?:^|[\s,;:(])((?:[\w.-]+\/[\w.-]+)?[#!]\d+)[).]*$/;
const one = /(?:[\w.-]+\/[\w.-]+)?[#!]\d+\b|\b[A-Z][A-Z0-9]{0,9}-\d+\b/g;
const address = /https?:\/\/[\w.-]+\/([\w.-]+\/[\w.-]+)\/(?:-\/)?(?:issues|pull|pulls|merge_requests|work_items)\/(\d+)/g;
const ticketKey = /^T-\d+$/i;

/** `system` is the repository, so that an address in it becomes a plain number. */
export const findReferences = (title: string, body: string, system: string): References => {
  const own = [...title.matchAll(inParentheses)].flatMap(([, list]) => (list ?? '').match(one) ?? []);
  const last = atTheEnd.exec(title)?.[1];
  if (last !== undefined) own.push(last);
  const closes = [title, body].flatMap((text) => [...text.matchAll(closing)].flatMap(([, list]) => toShortReferences(list ?? '', system)));
  return { own: [...new Set(own)], closes: [...new Set(closes)] };
};

/** 'https://github.com/a/b/issues/7' is '#7' in a/b and 'a/b#7' elsewhere. */
const toShortReferences = (text: string, system: string): string[] =>
  text.replaceAll(address, (_, name: string, number: string) => (name === system ? `#${number}` : `${name}#${number}`)).match(one) ?? [];

export const isTicket = (ref: string): boolean => ticketKey.test(ref);
