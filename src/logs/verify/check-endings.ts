import { extentOf } from '#src/logs/wording/facts.ts';
import type { Supported } from './check-evidence.ts';
import type { Token } from './claim-tokens.ts';
import { isOverWord } from './order-words.ts';
import { isContent, sayingsOf, speaksOf } from './said-by.ts';

const isHealed =
  /^(?:fixed|resolved|solved|repaired|mended|cured|healed|recovered|restored|remedied|mitigated|cleared|corrected|fixes|resolves|solves|heals|recovers|restores|addressed|patched)$/;

const goesOn = /^(?:go|goes|continues?|continuing|ongoing|persists?|persisting)$/;

/** 'Is over', 'stopped', 'no longer': the log must go on without it. 'Fixed', 'resolved': the log must say so. */
export const checkEndings = (sentence: readonly Token[], support: Supported): boolean => {
  const { patterns, digest } = support;
  if (
    !sentence.some(
      ({ lower }) => isHealed.test(lower) || isOverWord.test(lower) || goesOn.test(lower) || /^(?:over|longer|normal)$/.test(lower),
    )
  )
    return true;
  const about = speaksOf(
    sentence.filter(isContent).map(({ stem }) => stem),
    sayingsOf(support),
  );
  const isOver = (): boolean => {
    const { lines } = digest.ledger;
    const those = about.flatMap(({ pattern, bad }) => (pattern && (bad || about.length === 1) ? [pattern] : []));
    const held = those.length > 0 ? those : patterns;
    return held.length > 0 && extentOf(held).latest.line <= lines - Math.max(2, lines * 0.05);
  };
  return sentence.every((token, at) => {
    const [one, two] = [sentence[at - 1]?.lower ?? '', sentence[at - 2]?.lower ?? ''];
    const next = sentence[at + 1];
    const { lower, stem } = token;
    if (token.kind !== 'word') return true;
    // 'The log goes on without it.'
    if (goesOn.test(lower) && one !== 'log' && (!/^goe?s?$/.test(lower) || next?.lower === 'on')) return !isOver();
    if (isHealed.test(lower) || (lower === 'normal' && one === 'to')) return about.some(({ affirms }) => affirms(stem));
    if (
      lower === 'over' &&
      /^(?:is|are|was|were|be|been|now|all)$/.test(one) &&
      (!next || next.kind === 'mark' || /^(?:now|by|at|since|after|before|and)$/.test(next.lower))
    )
      return isOver();
    if (lower === 'longer' && one === 'no') return isOver();
    if (!isOverWord.test(lower)) return true;
    // 'Nothing stopped it', 'the service stopped': said in the log.
    if (about.some(({ affirms }) => affirms(stem))) return true;
    return two === 'not' || isOver();
  });
};
