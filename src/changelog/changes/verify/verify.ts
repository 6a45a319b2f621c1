import { isCollected } from '#src/changelog/changes/group/collect-small.ts';
import { isToldBy } from '#src/changelog/changes/group/steps.ts';
import { type ParsedChange, parseChange } from '#src/changelog/changes/parse/parse-change.ts';
import { inSystem, OWNER } from '#src/changelog/changes/parse/references.ts';
import type { Audience, Change, Changelog, ComposeOptions, SectionName } from '#src/changelog/changes/types.ts';
import { findClaims, findProducts, isAbout } from './claims.ts';
import { createLeakGuard } from './leak.ts';
import { findBounds, findOpposites, findTurnedSteps, findWrongLosses } from './opposites.ts';

/** What is wrong with a wording. `what` is the offending part of the text. */
export type Problem = { kind: 'reference' | 'number' | 'link' | 'name' | 'leak' | 'shape' | 'mention' | 'claim'; what: string };

/** Whoever has read the changes already passes what was read. */
type Parse = (change: Change) => ParsedChange;

/**
 * Law 7: every change is in exactly one entry or omitted, nothing else is, every reference comes from the entry's own changes, what breaks
 * readers is in an entry that says so, and what says of itself that it is news is in an entry whose words are about it.
 * @throws {Error} naming the first change that is lost, doubled or made up
 */
export const checkConservation = (changes: readonly Change[], changelog: Changelog, parse: Parse = parseChange): void => {
  const known = new Map<string, Change>();
  for (const change of changes) known.set(change.id, change);
  const places = new Map<string, number>();
  const count = (id: string): void => {
    if (!known.has(id)) throw new Error(`The changelog holds a change that was not given: ${id}.`);
    places.set(id, (places.get(id) ?? 0) + 1);
  };
  for (const { changes: ids } of changelog.entries) for (const id of ids) count(id);
  for (const { change } of changelog.omitted) count(change);
  for (const id of known.keys())
    if (places.get(id) !== 1) throw new Error(`Change ${id} is in ${places.get(id) ?? 0} places of the changelog instead of one.`);
  const keys = new Set(changelog.entries.map(({ key }) => key));
  if (keys.size !== changelog.entries.length) throw new Error('Two entries of the changelog have the same key.');
  for (const entry of changelog.entries) checkEntry(entry, known, parse);
  checkBreaking(known, changelog, parse);
};

const checkEntry = (entry: Changelog['entries'][number], known: ReadonlyMap<string, Change>, parse: Parse): void => {
  const own = entry.changes.map((id) => known.get(id) as Change);
  if (own.length === 0) throw new Error(`The entry ${entry.key} tells of no change.`);
  for (const ref of [...entry.refs, ...entry.tickets])
    if (!own.some((change) => isRefOf(ref, change, parse)))
      throw new Error(`The entry ${entry.key} refers to ${ref}, which none of its changes does.`);
  const [lead, ...others] = own.map((change) => ({ change, parsed: parse(change) }));
  for (const item of others)
    if (lead && !isCollected(entry) && !isToldBy(item, lead))
      throw new Error(`The entry ${entry.key} does not tell of ${item.change.id}, which goes with it.`);
};

const isRefOf = (ref: string, change: Change, parse: Parse): boolean => {
  const sha = ref.startsWith(`${change.system}@`) ? ref.slice(change.system.length + 1) : ref;
  if (sha !== '' && change.sha?.startsWith(sha)) return true;
  const { own, closes } = parse(change);
  return [...change.refs, ...own, ...closes].some((named) =>
    [named, inSystem(named, change.system)].some((one) => one.toLowerCase() === ref.toLowerCase()),
  );
};

/** Something breaking may only be left out where it was taken back, by what came later, or takes back itself what is left out. */
const isTakenBack = (change: Change, { reason, of }: Changelog['omitted'][number], known: ReadonlyMap<string, Change>): boolean => {
  const other = known.get(of ?? '');
  if (!other || (reason !== 'reverted' && reason !== 'revert')) return false;
  return reason === 'reverted' ? other.time >= change.time : other.time <= change.time;
};

const checkBreaking = (known: ReadonlyMap<string, Change>, changelog: Changelog, parse: Parse): void => {
  for (const omitted of changelog.omitted) {
    const change = known.get(omitted.change) as Change;
    // What a person leaves out is left out, and says so.
    if (parse(change).breaking && omitted.reason !== 'by-a-person' && !isTakenBack(change, omitted, known))
      throw new Error(`The breaking change ${change.id} was left out as '${omitted.reason}'.`);
  }
  for (const entry of changelog.entries)
    if (!entry.breaking && entry.changes.some((id) => parse(known.get(id) as Change).breaking))
      throw new Error(`The entry ${entry.key} does not say that it is breaking.`);
};

const longest = 400;
const patterns = {
  link: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s)>\]]+|\bwww\.[^\s)>\]]+/gi,
  reference: new RegExp(
    String.raw`${OWNER}[#!]\d+\b|\b[A-Z][A-Z0-9]{0,9}-\d+\b|\b(?=[0-9a-f]{0,40}\d)(?=\d{0,40}[a-f])[0-9a-f]{7,40}\b`,
    'g',
  ),
  quoted: /`([^`]+)`|"([^"]+)"|“([^”]+)”|(?<![\w])'([^'\s][^']*)'(?!\w)/g,
  number: /\d(?:[\d.,]*\d)?/g,
  // Digits of other scripts, fractions, circled numbers.
  otherNumber: /(?![0-9])\p{N}+/gu,
  // camelCase, snake_case, dotted.names, PATH/like and --flags; and capitalised words that do not open a sentence.
  name: /--?[a-z][\w-]*|\b\w+(?:[._/]\w+)+(?:\(\))?|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]{2,}\w*|(?<=[\p{L}\p{N},;)`'"] )\p{Lu}[\p{L}\p{N}]+/gu,
  mention: /<[!@#][^>]*>|(?<![\w.`/])@[a-z][\w-]+|<\/?[a-z][^>]*>|\]\(/gi,
};

/**
 * What a wording of one entry, ours or a model's, claims and its changes do not hold. Empty means it may ship. Numbers, references, links,
 * versions, quoted and proper names must occur in the entry's own changes, and so must what readers act on ("deleted", "leaked") unless the
 * section means it; the leak list must not. It is one sentence.
 */
export const checkWording = (
  text: string,
  entryChanges: readonly Change[],
  options: Pick<ComposeOptions, 'leakList'> & { section?: SectionName; audience?: Audience },
): Problem[] => {
  const problems: Problem[] = [];
  const report = (kind: Problem['kind'], what: string): void => void problems.push({ kind, what });
  const source = toSource(entryChanges);
  if (text.trim() === '') report('shape', 'no text');
  if (/[\r\n]/.test(text)) report('shape', 'more than one line');
  if (/^\w+$/.test(text.trim())) report('shape', 'one word');
  if (steering.test(text)) report('shape', 'characters that do not show');
  if (sentences.test(text)) report('shape', 'more than one sentence');
  if (text.length > longest) report('shape', `longer than ${longest} characters`);
  if (createLeakGuard(options.leakList, options.audience).leaks(text)) report('leak', text);
  // A headline may say it in a picture ("Easier on the eyes").
  if (options.section !== undefined && !isAbout(text, source.text)) report('claim', text);
  for (const what of findClaims(text, source.text, options.section)) report('claim', what);
  for (const find of [findOpposites, findTurnedSteps, findWrongLosses, findBounds])
    for (const what of find(text, source.text)) report('claim', what);
  const rest = text.replaceAll(patterns.link, (link) => {
    if (!source.links.has(plainLink(link))) report('link', link);
    return ' ';
  });
  const counts = rest.replaceAll(patterns.reference, (what) => {
    if (!source.refs.has(what.toLowerCase()) && !source.words(what)) report('reference', what);
    return ' ';
  });
  for (const [, ...groups] of rest.matchAll(patterns.quoted)) {
    const what = groups.find((group) => group !== undefined) ?? '';
    if (!source.holds(what)) report('name', what);
  }
  for (const [token] of counts.matchAll(tokens)) {
    if (/[a-z]/i.test(token) && source.words(token)) continue;
    for (const [what] of token.matchAll(patterns.number)) if (!source.numbers.has(plainNumber(what))) report('number', what);
  }
  for (const [what] of counts.matchAll(patterns.otherNumber)) if (!source.holds(what)) report('number', what);
  for (const [what] of counts.matchAll(numberWords)) {
    const digits = wordValues.indexOf(what.toLowerCase());
    if (!source.words(what) && !(digits > 0 && source.numbers.has(String(digits)))) report('number', what);
  }
  for (const [what] of rest.matchAll(patterns.name)) if (!/^[\d.]+$/.test(what) && !source.holds(what)) report('name', what);
  for (const what of findProducts(text, source.holds)) if (!problems.some((known) => known.what === what)) report('name', what);
  for (const [what] of rest.matchAll(patterns.mention)) if (!source.holds(what)) report('mention', what);
  return problems;
};

// Control characters (line breaks are named by themselves), and what turns text round or hides in it.
const steering = /(?![\r\n])[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const sentences = /(?<!\b(?:e\.g|i\.e|etc|vs|cf|approx|no|incl))(?:[.…]["'”’)\]]*\s+["'“‘(]*\p{Lu}|[!?]["'”’)\]]*\s+\S|[。！？].)/u;

const tokens = /[\w.,/-]*\d[\w.,/-]*/g;
const wordValues = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
// "One" and "once" are said of anything.
const numberWords =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|percent|twice|thrice|(?:two|three|four|five|ten)fold|doubles?|doubled|triples?|tripled|halves|halved?|half)\b/gi;

const toSource = (changes: readonly Change[]) => {
  const whole = changes
    .flatMap(({ title, body, refs, labels, paths, url, system, sha }) => [
      title,
      body,
      ...refs,
      ...labels,
      ...paths,
      url ?? '',
      system,
      sha ?? '',
    ])
    .join('\n');
  const said = changes
    .map(({ title, body, labels }) =>
      [title, body, ...labels].join('\n').replaceAll(patterns.link, ' ').replaceAll(patterns.reference, ' '),
    )
    .join('\n');
  const lower = squash(whole);
  return {
    text: whole,
    refs: new Set([...(whole.match(patterns.reference) ?? []), ...changes.flatMap(({ refs }) => refs)].map((ref) => ref.toLowerCase())),
    links: new Set((whole.match(patterns.link) ?? []).map(plainLink)),
    // What a sha, an address or a request's number is made of counts nothing.
    numbers: new Set((said.match(patterns.number) ?? []).map(plainNumber)),
    holds: (part: string): boolean => lower.includes(squash(part)),
    words: (part: string): boolean =>
      new RegExp(String.raw`(?<![\w#!-])${part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\w-])`, 'i').test(whole),
  };
};

const plainLink = (link: string): string => link.replace(/[.,;:!?]+$/, '').toLowerCase();

const squash = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** '1,204' and '1204' are the same; '1.0' and '1.0.' too. */
const plainNumber = (text: string): string => text.replace(/[.,]+$/, '').replaceAll(/,(?=\d{3}(?!\d))/g, '');
