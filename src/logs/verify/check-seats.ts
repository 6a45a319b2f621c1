import { rememberTexts } from '#src/core/remember-texts.ts';
import type { Pattern, Variable } from '#src/logs/digest/types.ts';
import { statusesOf } from '#src/logs/failures/request-status.ts';
import type { Supported } from './check-evidence.ts';
import { bare, textsOf } from './check-source.ts';
import { clausesOf, type Token } from './claim-tokens.ts';
import { isContent, sayingOf, standsIn } from './said-by.ts';
import { badStems, countNouns, hasSynonym, nounsOfKind, stemOf } from './vocabulary.ts';

/**
 * A number says something only in its place: 'size 20, waiting 48' does not bear 'size is 48'. Counts belong to the pattern whose words stand beside
 * them, how often a value came to that value, and how many values there were to what those are.
 */
export const checkSeats = (tokens: readonly Token[], support: Supported): boolean => {
  const clauses = clausesOf(tokens);
  return clauses.every((clause, at) =>
    clause.every((token, place) => {
      if (token.kind === 'number')
        return (
          sitsRight(token.text, clause, place, support) &&
          isCounted(token, clause, place, support) &&
          isOwned(ownersOf(token, support), clauses, at, token, support)
        );
      if (token.kind === 'word') return !namedVersion.test(token.text) || holdsVersion(token.text, clause, place, support);
      if (token.kind !== 'fact' || token.owner === 'log') return true;
      if (token.name.startsWith('topCount.')) return namesValue(token, tokens, support);
      if (token.name.startsWith('top.')) return sitsRight(support.facts.of(token.owner).get(token.name) ?? '', clause, place, support);
      if (/^(?:count|lines)$/.test(token.name) && comparesExactly(clause, place)) return false;
      if (token.name.startsWith('distinct') && !fitsValues(token, clause, place, support)) return false;
      return isOwned(token.owner.split('+'), clauses, at, token, support);
    }),
  );
};

const namedVersion = /^[\p{L}][\p{L}\d_./-]*[:@]v?\d[\d.]*$/u;

/** 'auth:7.3.0' is a number in its place, too. */
const holdsVersion = (text: string, clause: readonly Token[], at: number, support: Supported): boolean => {
  const number = /[:@]v?(\d[\d.]*)$/.exec(text)?.[1] ?? '';
  return !isFormer(number, support) || saysFormer(clause, at);
};

/** 'More than {P1.count}', where that is how many there are. */
const comparesExactly = (clause: readonly Token[], at: number): boolean => {
  const [one, two] = [clause[at - 1]?.lower ?? '', clause[at - 2]?.lower ?? ''];
  return (one === 'than' && /^(?:more|fewer|less|other)$/.test(two)) || /^(?:over|under|above|below|exceeding)$/.test(one);
};

type Labels = { ofNumber: ReadonlyMap<string, ReadonlySet<string>>; ofWord: ReadonlyMap<string, ReadonlySet<string>> };

/** Which words stand beside which numbers. */
const labelsIn = rememberTexts((text): Labels => {
  const ofNumber = new Map<string, Set<string>>();
  const ofWord = new Map<string, Set<string>>();
  for (const part of text.replace(times, ' | ').split(/[,;()[\]{}|]|\s-+\s|\n/)) {
    const words = part.match(/[^\s=:"'/]+[=:]?/g) ?? [];
    for (const [at, word] of words.entries()) {
      const number = numberIn(word);
      if (number === null) continue;
      const beside = [
        ...words.slice(Math.max(0, at - 2), at),
        ...words
          .slice(at + 1, at + 3)
          .filter(
            (next, after, all) =>
              (!/[=:]$/.test(next) || unit.test(next)) && !all.slice(0, after + 1).some((one) => numberIn(one) !== null),
          ),
      ];
      const own = /^[\d.,]+([a-z]+)$/i.exec(word)?.[1];
      for (const label of own ? [...beside, own] : beside) {
        const stem = stemOf(label.toLowerCase().replace(/[=:.]+$/, ''));
        if (!/\p{L}{2}/u.test(stem)) continue;
        ofNumber.set(number, (ofNumber.get(number) ?? new Set()).add(stem));
        ofWord.set(stem, (ofWord.get(stem) ?? new Set()).add(number));
      }
    }
  }
  return { ofNumber, ofWord };
});

const unit = /^(?:ns|us|µs|ms|s|sec|seconds?|min|minutes?|h|[kmg]i?b|bytes|%):$/i;
const times = /\d{4}-\d\d-\d\d(?:[T ]|(?=\s))|\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;

const numberIn = (word: string): string | null =>
  /^\d+(?:\.\d+){3}/.test(word)
    ? null
    : (/^[#v~]?(\d[\d.,]*\d|\d)(?:[a-zµ%]{0,5})[=:.]?$/i.exec(word)?.[1]?.replace(/,(?=\d{3}(?!\d))/g, '') ?? null);

const labelsOf = ({ patterns, passages = [] }: Supported): Labels[] => [
  ...patterns.flatMap((pattern) => pattern.samples.map(({ text }) => labelsIn(text.slice(0, LOOKED_AT)))),
  ...passages.map((text) => labelsIn(text.slice(0, LOOKED_AT))),
];
const LOOKED_AT = 900;

const sitsRight = (text: string, clause: readonly Token[], at: number, support: Supported): boolean => {
  const number = numberIn(text);
  if (number === null) return true;
  // 'Got 503': what requests were answered is known for sure.
  if (
    (/^(?:got|with|status|answered|returned|code|http)$/.test(clause[at - 1]?.lower ?? '') ||
      (/^(?:an?)$/.test(clause[at - 1]?.lower ?? '') && !countNouns.has(clause[at + 1]?.lower ?? ''))) &&
    support.patterns.some((pattern) => statusesOf(pattern).some(({ status }) => String(status) === number))
  )
    return true;
  const beside = [
    ...nearest(clause.slice(0, at).reverse()),
    ...nearest(clause.slice(at + 1)).filter(({ lower }) => !/^(?:was|were|are|be|been)$/.test(lower)),
  ];
  if (isFormer(number, support) && !saysFormer(clause, at)) return false;
  const [before] = clause.slice(0, at).reverse();
  if (before && seatWords.test(before.lower) && isOutOfSeat(before.stem, number, support)) return false;
  if (!beside.some(isContent)) return true;
  const labels = labelsOf(support).filter(({ ofNumber }) => ofNumber.size > 0);
  if (!labels.some(({ ofNumber }) => ofNumber.has(number))) return true;
  if (beside.some(({ stem }) => labels.some(({ ofNumber }) => ofNumber.get(number)?.has(stem)))) return true;
  return !beside.some((word) => isContent(word) && labels.some(({ ofWord }) => ofWord.has(word.stem)));
};

const seatWords = /^(?:code|status|port|size|version|pid|signal|level|attempt|retry)$/;

/** 'Exit code 1' of records that say 'exit code 137'. */
const isOutOfSeat = (label: string, number: string, support: Supported): boolean => {
  const labels = labelsOf(support);
  return (
    labels.some(({ ofWord }) => ofWord.has(label)) &&
    !labels.some(({ ofWord }) => ofWord.get(label)?.has(number)) &&
    !support.patterns.some(({ variables }) => variables.some(({ top }) => top.some(({ value }) => standsIn(number, value))))
  );
};

const formerIn = /\b(?:was|were|previously|formerly|before|instead of)[ :=]+["']?(?:[\p{L}_-]+[:= ])?v?(\d[\d.]*\d|\d)/giu;

/** Stands only where a record says what was before: 'is live (was 2.13.4)'. */
const isFormer = (number: string, { patterns, passages = [] }: Supported): boolean => {
  const texts = [...patterns.flatMap(({ samples }) => samples.map(({ text }) => text.slice(0, LOOKED_AT))), ...passages];
  const former = texts.some((text) => [...text.matchAll(formerIn)].some(([, value]) => value === number));
  return former && !texts.some((text) => standsIn(number, text.replace(formerIn, ' ')));
};

const FORMER_WITHIN = 4;

const saysFormer = (clause: readonly Token[], at: number): boolean => {
  for (const { lower, kind } of clause.slice(Math.max(0, at - FORMER_WITHIN), at).reverse()) {
    if (/^(?:was|were|from|replac\w+|previous\w*|former\w*|old|than|instead|succeed\w*|after|left)$/.test(lower)) return true;
    if (kind === 'number' || /^(?:to|and|now|is|are)$/.test(lower)) break;
  }
  return clause.slice(at + 1, at + 1 + FORMER_WITHIN).some(({ lower }) => /^(?:before|previously|earlier|formerly)$/.test(lower));
};

const nearest = (words: readonly Token[]): Token[] => {
  const end = words.findIndex(({ kind, lower }) => kind !== 'word' || /^(?:and|but|or|while|because|then|after|before)$/.test(lower));
  return (end < 0 ? words : words.slice(0, end)).slice(0, 4).filter(({ lower }) => !/^(?:the|is|of|a|an|its|with|in|by)$/.test(lower));
};

/** '20 requests timed out' and '3 times' say how often something happened. */
const isCounted = ({ text }: Token, clause: readonly Token[], at: number, support: Supported): boolean => {
  const number = numberIn(text);
  if (number === null || !/^\d+$/.test(number)) return true;
  // 'The pool of 20 connections was exhausted': its size, which nothing happened so often.
  const [of, whole] = [clause[at - 1], clause[at - 2]];
  if (of?.lower === 'of' && whole && isContent(whole) && !/^(?:total|all|most|some|sum|each)$/.test(whole.lower)) return true;
  const [next, second, third] = clause.slice(at + 1, at + 4);
  const counts = next !== undefined && (/^(?:times|×|x)$/.test(next.lower) || countNouns.has(next.lower));
  const tells =
    next !== undefined &&
    isContent(next) &&
    [second, third].some(
      (word) => word !== undefined && (badStems.has(word.stem) || /^(?:got|returned|happened|occurred)$/.test(word.lower)),
    );
  if (!counts && !tells) return true;
  if (!next || labelsOf(support).some(({ ofNumber }) => ofNumber.get(number)?.has(next.stem))) return true;
  if (support.aboutLog) return true;
  return (
    support.patterns.some(
      ({ count, lines, variables }) =>
        [count, lines, ...(tells ? variables.map(({ distinct }) => distinct) : [])].map(String).includes(number) ||
        variables.some(({ top }) =>
          top.some((one) => String(one.count) === number && clause.some((word) => standsIn(one.value.toLowerCase(), word.lower))),
        ),
    ) || support.patterns.reduce((sum, { count }) => sum + count, 0) === Number(number)
  );
};

/** '{P1.topCount.0.0}' is how often that value came, so the sentence names it. */
const namesValue = ({ owner, name }: Token, tokens: readonly Token[], { facts }: Supported): boolean => {
  const place = name.slice('topCount.'.length);
  const value = facts.of(owner).get(`top.${place}`)?.toLowerCase();
  return (
    value !== undefined &&
    tokens.some(
      (token) =>
        (token.kind === 'fact'
          ? token.owner === owner && token.name === `top.${place}`
          : value.includes(token.lower) && token.text.length >= Math.min(3, value.length)) || standsIn(value, token.lower),
    )
  );
};

/** '{P1.distinct.0} users' only where the values of that variable are users. */
const fitsValues = ({ owner, name }: Token, clause: readonly Token[], at: number, { patterns }: Supported): boolean => {
  const pattern = patterns.find(({ id }) => id === owner);
  const variable = pattern?.variables.find(({ index }) => `distinct.${index}` === name);
  const noun = clause
    .slice(at + 1)
    .find(({ lower }) => !/^(?:different|distinct|other|unique|separate|of|the|failed|failing|affected|such)$/.test(lower));
  if (!pattern || !variable || !noun || !isContent(noun)) return true;
  return isNounOf(noun, pattern, variable);
};

const isNounOf = ({ stem }: Token, { template }: Pattern, { index, kind, top }: Variable): boolean => {
  if (nounsOfKind[kind]?.has(stem) || top.some(({ value }) => value.toLowerCase().includes(stem))) return true;
  const parts = template.split(/<[a-z]+>/);
  const beside = `${(parts[index] ?? '').slice(-40)} ${(parts[index + 1] ?? '').slice(0, 20)}`.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const stems = new Set(beside.map(stemOf));
  return stems.has(stem) || hasSynonym(stem, (other) => stems.has(other)) || !patternsNames(parts.join(' '), stem);
};

/** Another variable of the record is what the noun names. */
const patternsNames = (text: string, stem: string): boolean =>
  (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).some((word) => stemOf(word) === stem);

/** A number that is written out and is one of a cited pattern's counts is as good as its fact. */
const ownersOf = ({ text }: Token, { patterns }: Supported): string[] => {
  const number = text.replaceAll(',', '');
  if (patterns.length < 2 || !/^\d+$/.test(number) || patterns.some((pattern) => textsOf(pattern).some((one) => standsIn(number, one))))
    return [];
  return patterns.filter(({ count }) => String(count) === number).map(({ id }) => id);
};

/** The words beside a fact are its pattern's, and not another's. */
const isOwned = (owners: readonly string[], clauses: readonly Token[][], at: number, fact: Token, { patterns }: Supported): boolean => {
  if (patterns.length < 2 || owners.length === 0) return true;
  const owning = patterns.filter(({ id }) => owners.includes(id));
  const others = patterns.filter(({ id }) => !owners.includes(id));
  if (others.length === 0) return true;
  const words = wordsBeside(clauses, at, fact);
  const quoted = words.filter(({ kind }) => kind === 'phrase');
  const holding = patterns.filter((pattern) =>
    quoted.some(({ lower }) => textsOf(pattern).some((text) => holdsParts(lower, bare(text.toLowerCase())))),
  );
  if (holding.length > 0) return owning.some((pattern) => holding.includes(pattern));
  const content = words.filter((word) => isContent(word) || (word.kind === 'number' && word !== fact && word.text.length >= 3));
  if (!content.some(isContent)) return true;
  const heardBy = (pattern: Pattern): number => content.reduce((sum, word) => sum + heard(word, pattern), 0);
  const best = Math.max(...others.map(heardBy));
  return owning.every((pattern) => {
    const own = heardBy(pattern);
    return own > 0 && (own >= best || own >= 0.75 * content.length);
  });
};

/** A word of the pattern's own counts for more than one that means the same; a name stands there or does not. */
const heard = ({ lower, stem }: Token, pattern: Pattern): number => {
  const { says, has } = sayingOf(pattern);
  if (/[\d/_@.-]/.test(lower)) return textsOf(pattern).some((text) => standsIn(lower, text.toLowerCase())) ? 1 : 0;
  return says(stem) ? 1 : has(stem) ? 0.6 : 0;
};

const holdsParts = (phrase: string, text: string): boolean => {
  const parts = phrase
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
  return parts.length > 0 && parts.every((part) => text.includes(part));
};

/** Of its own clause, from one 'and' or 'because' to the next; of one that says nothing, what stands before it. */
const wordsBeside = (clauses: readonly Token[][], at: number, fact: Token): readonly Token[] => {
  for (let place = at; place >= 0; place--) {
    const parts = splitAt(
      clauses[place] ?? [],
      ({ lower, kind }) => kind === 'mark' || /^(?:and|but|while|whereas|plus|because|since|after|before|when|until|so|then)$/.test(lower),
    );
    const own = place === at ? parts.findIndex((part) => part.includes(fact)) : parts.length - 1;
    for (let part = own; part >= 0; part--)
      if (
        parts[part]?.some(
          (word) => isContent(word) || word.kind === 'phrase' || (word.kind === 'number' && word !== fact && word.text.length >= 3),
        )
      )
        return parts[part] ?? [];
  }
  return [];
};

const splitAt = (tokens: readonly Token[], isBorder: (token: Token) => boolean): Token[][] => {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isBorder(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
};
