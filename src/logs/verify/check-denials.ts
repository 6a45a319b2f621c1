import type { Pattern } from '#src/logs/digest/types.ts';
import type { Supported } from './check-evidence.ts';
import { clausesOf, type Token } from './claim-tokens.ts';
import { aboutWhom, isContent, isSaid, type Saying, sayingsOf, speaksOf } from './said-by.ts';
import { badStems, goodWords, negations, stemOf, stems } from './vocabulary.ts';

/**
 * 'Did not time out' over records that did: a claim may deny only what its evidence denies, or what did not come about there ('could not connect'
 * of 'connection refused'). Nor may it affirm what its evidence only denies, or the opposite of what stands there.
 */
export const checkDenials = (tokens: readonly Token[], support: Supported): boolean => {
  const sayings = sayingsOf(support);
  return clausesOf(tokens).every((clause) => {
    if (!clause.some((token, at) => isDenial(token, clause[at + 1]))) return true;
    const stems = clause.filter(isContent).map(({ stem }) => stem);
    const about = speaksOf(stems, sayings);
    return clause.every((token, at) => !isDenial(token, clause[at + 1]) || holdsDenial(clause, at, about, sayings));
  });
};

const isDenial = ({ kind, lower, text }: Token, next: Token | undefined): boolean =>
  (kind === 'word' &&
    (negations.has(lower) || barely.test(lower)) &&
    !(next && /^(?:only|just|doubt|matter|less|more|later|fewer|longer)$/.test(next.lower))) ||
  (kind === 'number' && text === '0' && next?.kind === 'word' && !/^(?:ms|s|of|to)$/.test(next.lower));

const barely = /^(?:hardly|barely|scarcely|unlikely|nowhere|nil)$/;
const nominal = /^(?:no|none|nobody|nothing|neither|nor|without|zero|0|nil)$/;
const breaks = /^(?:and|but|because|so|since|when|while|until|before|after|as|which|that|although|though|due|within)$/;
const every = /^(?:all|every|each|everyone|everybody|everything|always)$/;
const from = /^(?:from|of|on|by|at|for|with)$/;
const suffers = stems('affected impacted hit harmed hurt suffered damaged');
const REACH = 6;

const holdsDenial = (clause: readonly Token[], at: number, about: readonly Saying[], all: readonly Saying[]): boolean => {
  const after = clause.slice(at + 1, at + 1 + REACH);
  // 'Not all checkouts failed' where other records of the sort are cited that did not.
  if (after[0] && every.test(after[0].lower)) {
    const named = after.slice(1).find(isContent);
    return /^(?:not)$/.test(clause[at]?.lower ?? '') && named !== undefined && all.some((one) => !one.bad && isSaid(named, one));
  }
  const end = after.findIndex(({ lower, kind }) => kind === 'word' && breaks.test(lower));
  const reach = end < 0 ? after : after.slice(0, end);
  let first = true;
  const isVerbal = !nominal.test(clause[at]?.lower ?? '');
  let isTold = isVerbal;
  for (const [place, token] of reach.entries()) {
    const stem = badStemAt(reach, place) ?? token.stem;
    // 'No connection of the pool could …': what is told of it begins with the verb.
    isTold ||= /^(?:is|are|was|were|be|been|could|can|has|have|had|did|does|got|gets?|went|came)$|ed$/.test(token.lower);
    const isBad = badStems.has(stem);
    // 'No connection could be acquired | from the pool', 'could not be written | was 4100': what comes then is not denied.
    if (isTold && !first && (from.test(token.lower) || (isVerbal && /^(?:is|are|was|were)$/.test(token.lower)))) break;
    if (token.kind === 'number') {
      if (!/^(?:in|after|for|than|by|every)$/.test(reach[place - 1]?.lower ?? '') && about.some(({ says }) => says(token.lower)))
        return false;
      continue;
    }
    if (!isBad && !isContent(token)) continue;
    const isNoun = first && nominal.test(clause[at]?.lower ?? '');
    const isTarget = isTold && (first || nominal.test(clause[at]?.lower ?? ''));
    first = false;
    if (about.some(({ denies }) => denies(stem))) continue;
    // 'No customer was affected': whom it hit, records of failure need not say.
    if (isBad && suffers.has(stem) && about.some(({ bad }) => bad)) return false;
    if (isBad) {
      if (about.some(({ bad, has, says }) => bad && (has(stem) || says(stem)))) return false;
      continue;
    }
    // 'No connection …': that there is none is what failed.
    if (isNoun) {
      if (about.some(({ bad, says }) => says(stem) && !bad)) return false;
      continue;
    }
    if (isTarget && about.some(({ affirms, failsAt, pattern }) => affirms(stem) && (isCalm(pattern) || !failsAt(stem)))) return false;
  }
  // 'Nobody', 'nothing' and 'none' by themselves deny all there is.
  return !(/^(?:nobody|nothing|none)$/.test(clause[at]?.lower ?? '') && first && about.some(({ bad }) => bad));
};

const isCalm = (pattern: Pattern | null): boolean => pattern !== null && /^(?:info|debug|trace)$/.test(pattern.level);

/** 'Time out', 'ran out' and 'out of' are words of failure in two. */
const badStemAt = (words: readonly Token[], at: number): string | null => {
  const [word, next] = [words[at]?.lower ?? '', words[at + 1]?.lower ?? ''];
  if (/^tim(?:e|ed|es|ing)$/.test(word) && next === 'out') return stemOf('timeout');
  if (word === 'out' && /^of$/.test(next)) return stemOf('exhausted');
  return null;
};

/** Says yes to what the evidence says no to, without a word of failure beside it; or says the opposite of what stands there. */
export const checkAffirmations = (tokens: readonly Token[], support: Supported): boolean => {
  const isGloomy = tokens.some(
    ({ kind, stem, lower }, at) =>
      kind === 'number' || badStems.has(stem) || negations.has(lower) || badStemAt(tokens, at) !== null || gloomy.test(lower),
  );
  const turned = tokens.filter(
    ({ lower }, at) =>
      (opposites.has(lower) || goodWords.has(lower)) &&
      !tokens.slice(Math.max(0, at - 3), at).some((before) => negations.has(before.lower)),
  );
  if (isGloomy && turned.length === 0) return true;
  const content = tokens.filter(isContent);
  const about = speaksOf(
    content.map(({ stem }) => stem),
    sayingsOf(support),
  );
  if (
    !isGloomy &&
    about.length > 0 &&
    content.some(({ stem }) => about.every(({ bad, says, affirms }) => bad && says(stem) && !affirms(stem)))
  )
    return false;
  if (about.length > 0 && turned.some(({ stem }) => about.every(({ says, affirms }) => says(stem) && !affirms(stem)))) return false;
  return turned.every(
    ({ stem, lower }) =>
      !opposites.has(lower) || about.some(({ says }) => says(stem)) || !about.some(({ affirms }) => affirms(opposites.get(lower) ?? '')),
  );
};

export const failing = /^(?:fail(?:s|ed|ing)?|crash(?:es|ed|ing)?|refused|rejected|broke)$/;
const turns = /^(?:and|but|because|so|since|when|while|until|before|after|as|which|that|although|though|due|within|during)$/;

/** 'Health checks failed' beside pool timeouts: of the records that tell of what failed, one at least is bad. */
export const checkBlame = (tokens: readonly Token[], support: Supported): boolean => {
  const sayings = sayingsOf(support);
  if (sayings.length < 2 || sayings.every(({ bad }) => bad)) return true;
  return clausesOf(tokens).every((clause) =>
    clause.every(({ kind, lower, stem }, at) => {
      if (kind !== 'word' || !failing.test(lower)) return true;
      const before = clause.slice(0, at);
      const turn = before.findLastIndex((token) => turns.test(token.lower));
      const subject = before.slice(turn + 1).filter((token) => isContent(token) && !badStems.has(token.stem));
      if (before.slice(-3).some((token) => negations.has(token.lower))) return true;
      const told = sayings.filter((one) => subject.some((token) => isSaid(token, one)));
      const about = told.length > 0 ? aboutWhom(subject, told) : [];
      return about.length === 0 || about.some(({ bad, says }) => bad || says(stem));
    }),
  );
};

const gloomy = /^(?:no|not|un\w+|in\w{4,}|mis\w+|dis\w+|too|short|dry|empty|only|lack\w*|stop\w*|\w*less|unable|could|refus\w+|until)$/;

const pairs = `allowed denied;permitted denied;granted denied;allowed forbidden;accepted refused;accepted rejected;accepted denied;exists missing;present missing;connected disconnected;
  connected refused;opened closed;enabled disabled;disabled enabled;started stopped;stopped started;increased decreased;decreased increased;valid invalid;valid expired;known unknown;
  succeeded failed;alive dead;reachable unreachable;available unavailable;online offline;offline online;loaded unloaded;supported unsupported;handled unhandled;
  authorized unauthorized;authenticated unauthenticated;healthy unhealthy;expected unexpected;stable unstable;passed failed;committed aborted;acquired timeout;delivered bounced;
  delivered undeliverable;resolved unresolved;reserved unreserved;joined left;grew shrank;faster slower;fast slow;small large;locked unlocked;unlocked locked;mounted unmounted;
  idle active;empty full;leader follower;master replica;inbound outbound;ingress egress;upload download;download upload;encrypted decrypted;read written`;
const opposites = new Map(
  pairs
    .split(';')
    .map((pair) => pair.trim().split(' '))
    .map(([word, other]) => [word ?? '', stemOf(other ?? '')]),
);
