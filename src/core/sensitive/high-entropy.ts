import type { SensitiveSpan } from './find-sensitive.ts';
import { longRuns } from './long-runs.ts';

/**
 * Finds strings that look drawn by lot: long, changing between capitals, small letters and digits at nearly every step, and of letters
 * that do not stand beside one another in words. Hexadecimal parts, UUIDs and ULIDs do not count.
 * Measured: of random base64url, base 62, base 58, base 32 and base 36 99 % are found from 32 characters on, and of base 64, which slashes cut up,
 * also in a path; of 189,000 long names and paths in packages and documents 0.2 % are taken for one, and nearly all of those are encoded data.
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

/**
 * A slash is a letter of base 64 and the separator of paths: folders that are no words are judged together first, then each alone. Only the pieces
 * beside a random one that are no words go with it.
 */
const randomRange = (run: string): { from: number; to: number } | null => {
  const pieces = run.split('/');
  let [first, last] = randomPieces(run, pieces) ?? [
    pieces.findIndex((piece) => looksRandom(piece)),
    pieces.findLastIndex((piece) => looksRandom(piece)),
  ];
  if (first < 0) return null;
  while (first > 0 && isScrap(pieces[first - 1])) first -= 1;
  while (last < pieces.length - 1 && isScrap(pieces[last + 1])) last += 1;
  const from = pieces.slice(0, first).reduce((sum, { length }) => sum + length + 1, 0);
  return { from, to: from + pieces.slice(first, last + 1).join('/').length };
};

/** The first and the last of the pieces that are one random string together. */
const randomPieces = (run: string, pieces: readonly string[]): [number, number] | null => {
  // Of nearly all paths that is known at once.
  if (pieces.length < 2 || run.length < SHORTEST_CUT_UP || !someOfEach.test(run)) return null;
  const folders = pieces.map((piece) => isFolder(piece));
  let range: [number, number] | null = null;
  for (let first = 0, end: number; first < pieces.length; first = end + 1) {
    end = first;
    // A short piece that could be a folder, between two that could not.
    while (end < pieces.length && (!folders[end] || (end > first && (pieces[end]?.length ?? 0) < 4 && folders[end + 1] === false)))
      end += 1;
    if (end - first > 1 && isCutUp(pieces.slice(first, end).join('/'))) range = [range ? range[0] : first, end - 1];
  }
  return range;
};

/** No piece of base 64, which has other signs, or as likely a word, a number or an id. */
const isFolder = (piece: string): boolean =>
  piece === '' || /[-_]/.test(piece) || /^(?:[a-z]+|[Vv]?\d+)$/.test(piece) || isKnownId.test(piece) || readsLikeWords(piece);

const isCutUp = (part: string): boolean => {
  const sample = part.slice(0, 512).replace(/[/+=]/g, '');
  return (
    sample.length >= SHORTEST_CUT_UP &&
    someOfEach.test(sample) &&
    isVaried(sample) &&
    disorder(sample) > (part.length === AWS_SECRET ? CUT_UP_AS_AWS : CUT_UP)
  );
};
// Of a temporary folder's name and a model's number together, nearly all is of one kind.
const someOfEach = /^(?=(?:[^A-Z]*[A-Z]){5})(?=(?:[^a-z]*[a-z]){5}).*\d/;
const SHORTEST_CUT_UP = 26;
const CUT_UP = -0.03;
// The one length that many secrets with slashes have: a path that is as long and as mixed is rarer.
const AWS_SECRET = 40;
const CUT_UP_AS_AWS = -0.2;

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
