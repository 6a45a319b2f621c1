import type { SensitiveSpan } from './find-sensitive.ts';
import { longRuns } from './long-runs.ts';

/**
 * Finds strings that look drawn by lot: long, changing between capitals, small letters and digits at nearly every step, and of letters
 * that do not stand beside one another in words. A path is judged folder by folder; hexadecimal parts, UUIDs and ULIDs do not count.
 * Measured: of random base64url, base 62, base 58, base 32 and base 36 99 % are found from 32 characters on, of base 64, which slashes cut up,
 * 96 %; of 189,000 long names and paths in packages and documents 0.2 % are taken for one, and nearly all of those are encoded data.
 */
export const findHighEntropy = (text: string): SensitiveSpan[] => {
  const found: SensitiveSpan[] = [];
  for (const { at, run } of longRuns(text, SHORTEST)) {
    const range = isMangled.test(run) ? null : randomRange(run);
    if (range && !namesAnId.test(text.slice(Math.max(0, at - 40), at)) && !isPublic(text, at, run))
      found.push({ kind: 'secret', secret: true, from: at + range.from, to: at + range.to });
  }
  return found;
};

/** Fingerprints and public keys open nothing; certificates are for everybody to see. */
const isPublic = (text: string, at: number, run: string): boolean =>
  /^sha(?:1|224|256|384|512)-/.test(run) ||
  /(?:\bsha(?:1|224|256|384|512)[:=]\s?|\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}) )$/i.test(
    text.slice(Math.max(0, at - 40), at),
  ) ||
  inPublicBlock(text, at);

const LONGEST_CERTIFICATE = 8000;

const inPublicBlock = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - LONGEST_CERTIFICATE), at);
  const begin = before.lastIndexOf('-----BEGIN ');
  return (
    begin > before.lastIndexOf('-----END ') &&
    /^-----BEGIN [A-Z0-9 ]{0,20}(?:CERTIFICATE|PUBLIC KEY|CRL)/.test(before.slice(begin, begin + 60))
  );
};

const SHORTEST = 20;

// C++ as linkers and backtraces write it.
const isMangled = /^_{1,2}Z[A-Z\d]/;

// "reqId":"twvbRFk1OwgHo2bqggnx": which request it was opens no door. A session's id does, and a plain "id" may.
const namesAnId =
  /(?:req(?:uest)?|trace|span|correlation|transaction|cluster|node|message|msg|event|job|task|run|build|container|pod|instance|index|shard|process|operation|activity|batch|upload|order)[-_. ]?(?:uu)?id(?:\\?["'])?\s{0,2}[:=]\s{0,2}(?:\\?["'])?$/i;

/** A slash is a letter of base 64 and the separator of paths: only the pieces beside a random one that are no words go with it. */
const randomRange = (run: string): { from: number; to: number } | null => {
  const pieces = run.split('/');
  let first = pieces.findIndex((piece) => looksRandom(piece));
  if (first < 0) {
    const isCutUp = pieces.length > 1 && !pieces.some((piece) => isKnownId.test(piece) || readsLikeWords(piece));
    return isCutUp && looksRandom(pieces.join(''), 30) ? { from: 0, to: run.length } : null;
  }
  let last = pieces.findLastIndex((piece) => looksRandom(piece));
  while (first > 0 && isScrap(pieces[first - 1])) first -= 1;
  while (last < pieces.length - 1 && isScrap(pieces[last + 1])) last += 1;
  const from = pieces.slice(0, first).reduce((sum, { length }) => sum + length + 1, 0);
  return { from, to: from + pieces.slice(first, last + 1).join('/').length };
};

const looksRandom = (piece: string, atLeast = 18): boolean => {
  if (piece.length < atLeast) return false;
  const parts = piece
    .slice(0, 512)
    .split(/[-_+=]/)
    .filter((part) => !isKnownId.test(part));
  const joined = parts.join('');
  // Base 64 has separators among its letters. Of one case only, longer and in one piece, or pod names would be taken for secrets.
  if (/[a-z]/.test(joined) && /[A-Z]/.test(joined))
    return joined.length >= atLeast && isVaried(joined) && disorder(joined) > (joined.length >= 40 ? LONG_MIXED_CASE : MIXED_CASE);
  return parts.some((part) => part.length >= 32 && isVaried(part) && disorder(part) > ONE_CASE);
};

const isKnownId = /^(?:0x[0-9a-f]+|[0-9a-f]{4,}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;
const MIXED_CASE = -0.05;
const LONG_MIXED_CASE = -0.2;
const ONE_CASE = -0.3;

const isVaried = (sample: string): boolean => new Set(sample).size >= 10;

/** From -1 (all words) to 1 (all changes): the share of steps that change kind, less the share of pairs of letters that words have. */
const disorder = (sample: string): number => {
  let changes = 0;
  let pairs = 0;
  let usual = 0;
  for (let at = 1; at < sample.length; at += 1) {
    const before = kindOf(sample.charCodeAt(at - 1));
    const kind = kindOf(sample.charCodeAt(at));
    if (before !== kind) changes += 1;
    // A capital after a small letter begins a new word.
    if (before === DIGIT || kind === DIGIT || (before === SMALL && kind === CAPITAL)) continue;
    pairs += 1;
    if (usualPairs.has(sample.slice(at - 1, at + 1).toLowerCase())) usual += 1;
  }
  return changes / (sample.length - 1) - (pairs === 0 ? 0 : usual / pairs);
};

const readsLikeWords = (piece: string): boolean => /^[A-Za-z]?[a-z]{4,}$/.test(piece) && disorder(piece) < -0.5;

const isScrap = (piece: string | undefined): boolean =>
  piece !== undefined && /[A-Z\d+]/.test(piece) && !/^[Vv]?\d+$/.test(piece) && (piece.length < 4 || disorder(piece) > -0.5);

const [DIGIT, CAPITAL, SMALL] = [0, 1, 2];
const kindOf = (code: number): number => (code < 58 ? DIGIT : code < 91 ? CAPITAL : SMALL);

// The most usual of the 676 pairs of letters: 84 in 100 of those in the names people give to things, 27 in 100 of those drawn by lot.
const usualPairs = new Set(
  (
    'erinreontiteatessteneddeleorntcoaralioralisengriecantritnseacaaccerometactisicmaetpeasvenesidindlaprsslotoadpachncgersunelabnaomamda' +
    'exfiilimpompolllbamitsutrthehaeeemckouthapurplblidbekeninosoosopodefscfeepspulffiaieocotptigfasuusshmoagivcrtyaisaibgrclvaebhocclt' +
    'rmddoopiipttowfoegburyumifquciizrrirhiafviboupzelsypdobiuetudcdbppubcddfevrcuibcrdmm'
  ).match(/../g),
);
