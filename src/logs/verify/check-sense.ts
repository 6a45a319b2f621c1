import { rememberTexts } from '#src/core/remember-texts.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { checkAffirmations, checkBlame, checkDenials, failing } from './check-denials.ts';
import type { Supported } from './check-evidence.ts';
import { checkOrder } from './check-order.ts';
import { checkQuantifiers } from './check-quantifiers.ts';
import { checkSeats } from './check-seats.ts';
import { type Token, tokensOf } from './claim-tokens.ts';

/**
 * A claim may use its evidence's own words and say what is not so with them: deny it, stretch it over all of its kind, turn its order or its
 * numbers round, call it over. `withoutFacts`: with facts still in braces.
 */
export const checkSense = (withoutFacts: string, support: Supported): boolean => {
  const text = withoutOurs(withoutFacts, support.patterns);
  // Nothing is easier to say than how often and from when to when, and nothing is said more often.
  const rest = support.patterns.length === 1 && !endings.test(text) ? text.replace(spanOfOne, '') : text;
  const { tokens, denies, ranges, orders, counts, says, blames } = readSense(rest);
  return (
    (!denies || checkDenials(tokens, support)) &&
    (!ranges || checkQuantifiers(tokens, support)) &&
    (!orders || checkOrder(tokens, support)) &&
    (!counts || checkSeats(tokens, support)) &&
    (!says || checkAffirmations(tokens, support)) &&
    (!blames || checkBlame(tokens, support))
  );
};

const spanOfOne = /\{P\d+\.count\} times|between \{P\d+\.first\} and \{P\d+\.last\}|\b(?:at|on) \{P\d+\.first\}/g;

const endings = /\b(?:end|stop|last|until|till|ceas|over\b|gone|finish|clear)/i;

/** Which checks a claim's words call for. */
type Sense = {
  tokens: readonly Token[];
  denies: boolean;
  ranges: boolean;
  orders: boolean;
  counts: boolean;
  says: boolean;
  blames: boolean;
};

const readSense = rememberTexts((text): Sense => {
  const tokens = tokensOf(text);
  const words = tokens.filter(({ kind }) => kind === 'word');
  return {
    tokens,
    denies: words.some(({ lower }) => denying.test(lower)) || tokens.some(({ text: own }) => own === '0'),
    ranges: words.some(({ lower }) => ranging.test(lower)),
    orders: words.some(({ lower }) => ordering.test(lower)),
    counts: tokens.some(({ kind, text: own }) => kind === 'number' || kind === 'fact' || (kind === 'word' && /[:@]v?\d/.test(own))),
    blames: words.some(({ lower }) => failing.test(lower)),
    // Beside a quotation there is little left to say.
    says: words.length > 0 && words.length === tokens.filter(({ kind }) => kind !== 'mark' && kind !== 'number' && kind !== 'fact').length,
  };
});

const denying = /^(?:not?|never|none|nobody|nothing|neither|nor|without|nowhere|nil|hardly|barely|scarcely|unlikely|zero)$/;
const ranging =
  /^(?:all|every\w*|each|only|solely|exclusively|just|merely|alone|always|constantly|continuously|permanently|throughout|invariably|most|hardest|worst|mostly|mainly|primarily|largely|predominantly|chiefly|except|besides|apart|other|but|single|rarely|seldom|occasionally|sporadically|few)$/;
const ordering =
  /^(?:rose|ris(?:es|ing)|gr[eo]w\w*|increas\w+|climb\w+|longer|shorter|f[ae]ll(?:s|ing)?|decreas\w+|shr[ai]nk\w*|sank|sinking|earliest|latest|filled|exhausted|overloaded|crashed|slowed|blocked|starved|flooded|emptied|drained|goe?s?|continu(?:es?|ing)|ongoing|persist\w*|before|after|preced\w+|prior|ahead|follow\w*|afterwards|between|from|until|till|since|while|whilst|during|because|due|owing|thanks|reason|caus\w+|trigger\w*|leads?|leading|led|provoked|produced|result\w*|induced|makes?|made|broke|explain\w*|stem\w*|blame|culprit|beg[aiu]n\w*|start\w*|first|last|appeared|emerged|arose|end\w*|stop\w*|ceased?|finished|over|gone|longer|disappeared|vanished|subsided|fix\w*|resolv\w+|solve[ds]|repaired|mended|cured|heal\w*|recover\w*|restor\w*|remedied|mitigated|cleared|corrected|addressed|patched|normal)$/;

/** What we know of a way to fail is no claim about this log. */
const withoutOurs = (text: string, patterns: readonly Pattern[]): string => {
  let rest = text;
  for (const pattern of patterns) {
    const kind = problemKindOf(pattern);
    if (!kind) continue;
    for (const own of [kind.headline, kind.cause]) {
      const at = rest.toLowerCase().indexOf(own.toLowerCase());
      if (at >= 0) rest = rest.slice(0, at) + rest.slice(at + own.length);
    }
  }
  return rest;
};
