import { type Group, leadOf } from '#src/changelog/changes/group/item.ts';
import { contentOf } from './content.ts';
import { deedOf, toImperative } from './verbs.ts';

// Where a title is longer it says enough.
const mostWords = 6;
const mostCharacters = 140;
const leastShared = 0.6;
const leastSharedByTitles = 0.75;

/**
 * What says the leading title again and says more: the sentence at the start of the body ("Add WithClock option to control the source of time"
 * under "Add WithClock option"), the title of another telling, or the one sentence of a body that names the effect ("x is no longer a link").
 * Null where there is none: what the title does not speak of never takes its place.
 */
export const findElaboration = (group: Group): string | null => {
  const { subject, deed, body } = leadOf(group).parsed;
  if (subject.split(' ').length > mostWords) return findEffect(body);
  const said = contentOf(subject);
  if (said.size === 0) return findEffect(body);
  const says = (sentence: string, least: number): boolean => {
    const words = contentOf(sentence);
    const shared = [...said].filter((word) => words.has(word)).length / said.size;
    return sentence.length <= mostCharacters && words.size > said.size && shared >= least && deedOf(sentence) === deed;
  };
  const opening = deed === 'add' ? openingsOf(body).find((sentence) => says(sentence, leastShared)) : undefined;
  const others = group.items.map(({ parsed }) => parsed.subject).filter((title) => says(title, leastSharedByTitles));
  return opening ?? others[0] ?? findEffect(body);
};

const pointers = /^(?:fix(?:es|ed)?|clos(?:es|ed?)|resolves?|refs?|see):? +\S+\s*$/gim;

const findEffect = (body: string): string | null => {
  if (!/\b(?:now|longer)\b/i.test(body)) return null;
  const text = body
    .slice(0, 2 * mostCharacters)
    .replaceAll(pointers, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
  const alone =
    text.length <= mostCharacters && !/[.!?]\s|```|https?:|^(?:it|this|that|these|they|now|we|i|so|and|as|because)\b/i.test(text);
  return alone && /\b(?:is|are) (?:no longer|now)\b|\bno longer [a-z]+s\b/i.test(text) ? text.replace(/\.$/, '') : null;
};

/** The first sentences of the first paragraph, or the first point of a list, as orders, without what only points elsewhere. */
const openingsOf = (body: string): string[] => {
  const [paragraph = ''] = body
    .slice(0, 1200)
    .replaceAll(pointers, '')
    .trim()
    .split(/\n\s*(?:\n|[*-] )|```/, 1);
  return paragraph
    .replace(/^[*-] /, '')
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+(?=[A-Z`"])/, 2)
    .map((sentence) => toOrder(sentence.trim().replace(/[.:]$/, '')))
    .filter((sentence) => !/https?:|#\d|@\w|\b(?:I|we|we're|my|our)\b/.test(sentence));
};

/** "This patch adds x" and "Adds x" as "Add x". */
const toOrder = (sentence: string): string => {
  const bare = sentence.replace(
    /^(?:this|the|these) (?:(?:patch|commit|change|pr|pull request|changes) )?(?:(?:also|now|just) )?(?=[a-z]+s? )/i,
    '',
  );
  const [first = ''] = /^[A-Za-z]+/.exec(bare) ?? [];
  const order = toImperative(first);
  return order === null ? sentence : `${order.charAt(0).toUpperCase()}${order.slice(1)}${bare.slice(first.length)}`;
};
