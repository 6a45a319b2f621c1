import type { Pattern } from '#src/logs/digest/types.ts';
import type { Supported } from './check-evidence.ts';
import type { Token } from './claim-tokens.ts';
import { begins, ends } from './order-words.ts';
import { standsIn } from './said-by.ts';

/** 'Ended at {P1.first}', 'began at 12:13:39', 'until {P1.first}', 'between {P1.last} and …'. */
export const checkMoments = (sentence: readonly Token[], { patterns, facts }: Supported): boolean =>
  sentence.every((token, at) => {
    const before = sentence[at - 1]?.lower ?? '';
    const said = momentOf(token, patterns, facts);
    if (!said || said.isFirst === said.isLast) return true;
    if (/^(?:between|from|since)$/.test(before)) return said.isFirst;
    if (/^(?:until|till)$/.test(before)) return said.isLast;
    if (/^(?:and|to)$/.test(before) && sentence.slice(Math.max(0, at - 4), at).some(({ lower }) => /^(?:between|from)$/.test(lower)))
      return said.isLast;
    const verb = sentence.slice(Math.max(0, at - 4), at).findLast(({ lower }) => begins.test(lower) || ends.test(lower));
    if (!verb || (verb.lower === 'over' && before === 'over')) return true;
    return begins.test(verb.lower) ? said.isFirst : said.isLast;
  });

const momentOf = (token: Token, patterns: readonly Pattern[], facts: Supported['facts']): { isFirst: boolean; isLast: boolean } | null => {
  if (token.kind === 'fact') {
    if (!/^(?:first|last)(?:Line)?$/.test(token.name) || token.owner === 'log') return null;
    const of = facts.of(token.owner);
    const [first, last] = token.name.endsWith('Line') ? [of.get('firstLine'), of.get('lastLine')] : [of.get('first'), of.get('last')];
    return { isFirst: of.get(token.name) === first, isLast: of.get(token.name) === last };
  }
  if (token.kind !== 'number' || !/^\d{1,2}:\d{2}/.test(token.text)) return null;
  const is = (name: string): boolean =>
    patterns.some(
      ({ id }) =>
        facts
          .of(id)
          .get(name)
          ?.split(' ')
          .some((part) => part.startsWith(token.text)) ?? false,
    );
  return { isFirst: is('first'), isLast: is('last') };
};

const firstWord = /^(?:first|earliest)$/;
const lastWord = /^(?:last|latest)$/;
const BESIDE = 9;

/** 'The last failed order was 48648': it stands in the last record, where we hold that one; a record between is neither. */
export const checkFirstAndLast = (sentence: readonly Token[], { patterns }: Supported): boolean =>
  sentence.every((token, at) => {
    if (token.kind !== 'word' || !(firstWord.test(token.lower) || lastWord.test(token.lower))) return true;
    const isFirst = firstWord.test(token.lower);
    const named = sentence
      .slice(at + 1, at + 1 + BESIDE)
      .filter(({ kind, text }) => (kind === 'number' && /^#?\d{3,}$/.test(text)) || (kind === 'word' && /\d/.test(text)));
    return named.every(({ lower }) => {
      const varying = patterns.filter(({ count, template }) => count > 1 && !standsIn(lower, template.toLowerCase()));
      const holding = varying.flatMap((pattern) =>
        pattern.samples
          .filter(({ text }) => standsIn(lower, text.toLowerCase()))
          .map(({ lines }) => (isFirst ? lines.from === pattern.first.line : lines.to >= pattern.last.line)),
      );
      return holding.length === 0 || holding.some(Boolean);
    });
  });
