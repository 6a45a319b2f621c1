import { isNameOnly, isVague } from '#src/changelog/changes/parse/vague.ts';
import { contentOf } from '#src/changelog/changes/wording/content.ts';
import { type Group, type Item, isCatchUp, leadOf, raisedBy, requestOf } from './item.ts';

const forReaders = new Set(['feat', 'fix', 'perf', 'security', 'deprecate', 'remove']);

/** It says of itself that it is news: 'feat:', 'fix:', '!'. */
export const isTyped = ({ change, parsed }: Item): boolean =>
  (change.kind === 'commit' || change.kind === 'merge') &&
  (parsed.breaking || (parsed.type !== null && forReaders.has(parsed.type))) &&
  parsed.bump === null &&
  !parsed.release;

/**
 * Whether a change that goes with another one is told by its words: another telling of it, a fixup, a step on the way. What says of itself that
 * it is news and speaks of something else is told for itself.
 */
export const isToldBy = (item: Item, lead: Item): boolean => {
  if (item === lead || !isTyped(item) || isVague(item.parsed.subject)) return true;
  const [own, other] = [item.parsed, lead.parsed];
  if (own.fixupOf !== null || own.cherryPickOf !== null || other.cherryPickOf !== null) return true;
  if (item.change.sha !== null && item.change.sha === lead.change.sha) return true;
  const request = requestOf(item);
  if (request !== null && request === requestOf(lead)) return true;
  if (raisedBy(item) !== null && raisedBy(item) === raisedBy(lead)) return true;
  return own.said === other.said ? isSamePlace(item, lead) : isAbout(item, lead);
};

export const isSamePlace = ({ parsed: one }: Item, { parsed: other }: Item): boolean =>
  one.scope?.toLowerCase() === other.scope?.toLowerCase();

/** They name the same place, or half of what the shorter one names. */
const isAbout = ({ parsed: own }: Item, { parsed: other }: Item): boolean => {
  // A branch's name is no telling.
  if ((own.breaking && !other.breaking) || (other.merge !== null && other.merge.title === null)) return false;
  if (own.scope !== null && own.scope.toLowerCase() === other.scope?.toLowerCase()) return true;
  const [words, told] = [namesIn(own.subject), namesIn(`${other.scope ?? ''} ${other.subject}`)];
  const shared = words.filter((word) => told.includes(word)).length;
  return shared > 0 && shared * 2 >= Math.min(words.length, told.length);
};

const namesIn = (text: string): string[] => [...contentOf(text)].filter((word) => word.length > 2);

/** A merge without words of its own, or with no more than a name for what came together. */
export const tellsLittle = ({ parsed }: Item): boolean => (parsed.merge !== null && parsed.merge.title === null) || isNameOnly(parsed);

/** Of what a merge brought, what stands for itself. The rest are steps on the way to what the merge says; a hollow merge says nothing. */
export const findApart = (merge: Item, brought: readonly Item[]): { apart: ReadonlySet<Item>; hollow: boolean } => {
  const others = brought.filter((item) => isTyped(item) && !isToldBy(item, merge));
  const isOnlyName = tellsLittle(merge) && !brought.some((item) => isTyped(item) && isAbout(item, merge));
  if (!isOnlyName) return { apart: new Set(others), hollow: false };
  const news = requestOf(merge) === null ? brought.filter((item) => others.includes(item) || isNews(item)) : others;
  // One piece of news is what the merge brought.
  const [first] = news;
  const isOne = first !== undefined && news.every((item) => item === first || (isTyped(item) && isToldBy(item, first)));
  return { apart: new Set(isOne ? [] : news), hollow: news.length > 0 && !isOne };
};

/** A whole sentence about what readers use. */
const isNews = (item: Item): boolean => {
  const { subject, topics, type, fixupOf } = item.parsed;
  const isPlain = type === null && fixupOf === null && !isVague(subject) && !isCatchUp(item);
  return isPlain && topics.length === 0 && subject.split(/\s+/).length >= fewestWordsOfNews;
};

const fewestWordsOfNews = 4;

/** What its leading telling does not tell of stands apart, however it came to be in the group. */
export const splitGroup = (group: Group): Group[] => {
  const lead = leadOf(group);
  const [other, ...others] = group.items.filter((item) => !isToldBy(item, lead));
  if (!other) return [group];
  return [
    { items: [lead, ...group.items.filter((item) => item !== lead && isToldBy(item, lead))] },
    ...splitGroup({ items: [other, ...others] }),
  ];
};
