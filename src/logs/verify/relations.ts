import type { Token } from './claim-tokens.ts';
import { isContent } from './said-by.ts';

/** What a sentence says of two things: which came first, or which brought the other about. */
export type Relation = { left: Token[]; right: Token[]; kind: 'before' | 'after' | 'until' | 'since' | 'while' | 'causes' | 'causedBy' };

const connectives: [RegExp, Relation['kind']][] = [
  [/^(?:before|preceded|precedes|preceding|prior|ahead)$/, 'before'],
  [/^(?:after|following|followed|afterwards)$/, 'after'],
  [/^(?:until|till)$/, 'until'],
  [/^since$/, 'since'],
  [/^(?:while|during|whilst)$/, 'while'],
  [/^(?:because|due|owing|thanks|reason)$/, 'causedBy'],
  [
    /^(?:caused|causes|cause|causing|triggered|triggers|triggering|led|leads|leading|provoked|produced|resulted|results|induced|makes|made|broke|explains?|explained|stems|stemmed|blame|culprit|filled|exhausted|overloaded|crashed|slowed|blocked|starved|flooded|emptied|drained)$/,
    'causes',
  ],
];

/** 'Filled the disk': what somebody does to something. */
const doneTo = /^(?:filled|exhausted|overloaded|crashed|slowed|blocked|starved|flooded|emptied|drained)$/;

/** A sentence is cut in two where it tells of an order or a cause. */
export const relationsOf = (sentence: readonly Token[]): Relation[] =>
  sentence.flatMap((token, at) => {
    if (token.kind !== 'word') return [];
    const found = connectives.find(([words]) => words.test(token.lower));
    if (!found) return [];
    const [, said] = found;
    const next = sentence[at + 1]?.lower ?? '';
    const before = sentence[at - 1]?.lower ?? '';
    if ((said === 'since' && next === '') || (token.lower === 'while' && before === 'a')) return [];
    let kind = said;
    if (/^(?:followed|triggered|caused|explained|produced|provoked|induced|made|preceded)$/.test(token.lower) && next === 'by')
      kind = token.lower === 'followed' ? 'before' : token.lower === 'preceded' ? 'after' : 'causedBy';
    else if (token.lower === 'followed') kind = 'after';
    else if (/^(?:result\w*|stem\w*)$/.test(token.lower) && next === 'from') kind = 'causedBy';
    else if (/^(?:led|leads|leading|resulted|results)$/.test(token.lower) && !/^(?:to|in)$/.test(next)) return [];
    else if (
      /^(?:made|makes|broke|reason|cause|due|prior|ahead|thanks|owing|blame|culprit)$/.test(token.lower) &&
      !/^(?:to|of|the|it|because)$/.test(next)
    )
      return [];
    else if (doneTo.test(token.lower) && (!/^(?:the|all|its|a|an)$/.test(next) || !sentence.slice(0, at).some(isContent))) return [];
    if (token.lower === 'cause' && next === 'of') kind = 'causes';
    if (token.lower === 'reason') kind = 'causes';
    // 'After 3 retries', 'after 30000 ms', 'within the hour before': told by numbers, which are checked where they stand.
    if (/^(?:a|an|the)?$/.test(next) && next === '') return [];
    const right = sentence.slice(at + 1);
    if (at === 0 || /^(?:and|but|so|mark)$/.test(before) || sentence[at - 1]?.kind === 'mark') {
      // 'After the release went live, checkouts failed.'
      const comma = right.findIndex((one) => one.kind === 'mark' && one.text === ',');
      if (comma >= 0 && at === 0) return [{ kind, left: right.slice(comma + 1), right: right.slice(0, comma) }];
    }
    return [{ kind, left: sentence.slice(0, at), right }];
  });
