import { type Group, isSilentRaise, leadOf, requestOf } from '#src/changelog/changes/group/item.ts';
import { allMatches } from '#src/changelog/changes/parse/all-matches.ts';
import { topicsOf } from '#src/changelog/changes/parse/topics.ts';
import { isAnnouncement } from './announcement.ts';
import { type Conventions, sizeOf } from './conventions.ts';
import { isInside, isPlainNews, parts } from './floor.ts';

export type Cue = readonly [inTitle: string, inBody: string, pattern: RegExp];

/** Names are made once: a name that is put together anew for each change is looked up slowly. */
export const toCues = (named: readonly (readonly [name: string, pattern: RegExp])[]): readonly Cue[] =>
  named.map(([name, pattern]) => [`title:${name}`, `body:${name}`, pattern]);

export const cues = toCues([
  [
    'crash',
    /\b(?:crash\w*|panic\w*|segfault|hangs?|freez\w+|deadlock|infinite|leak\w*|race|corrupt\w*|exceptions?|errors?|failure|failing|regression)\b/i,
  ],
  [
    'wrong',
    /\b(?:wrong\w*|incorrect\w*|invalid|missing|broken|not (?:being|working|respect\w*|applied)|unexpected\w*|properly|correctly)\b/i,
  ],
  [
    'option',
    /\b(?:options?|settings?|config(?:uration)?|flags?|arguments?|parameters?|env(?:ironment)? var\w*|command|hook|api|methods?|event|props?|keyword)\b/i,
  ],
  ['support', /\bsupport(?:s|ed|ing)?\b/i],
  ['type', /\b(?:typing|type hints?|annotations?|types|typescript|mypy|generics?)\b/i],
  ['code', /`[^`]+`/],
  ['flag', /(?:^|\s|`)--?[a-z][\w-]+/],
  ['symbol', /\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\b|\b[a-z]+(?:[A-Z][a-z0-9]+)+\b|\w\(\)|\w_\w/],
  ['arrow', / (?:=>|->|→) /],
  ['file', /\w-*\.(?:py|js|ts|rs|go|md|rst|yml|yaml|toml|json|sh|cfg|txt|html|css)\b/i],
  [
    'platform',
    /\b(?:windows|macos|linux|wayland|x11|ios|android|bsd|jupyter|browser|safari|chrome|firefox|ie\d*|python ?\d|node(?:\.?js)?|deno|bun)\b/i,
  ],
  ['minimum', /\b(?:msrv|minimum|drop (?:support|python|node|go)|edition|supported versions?|no longer)\b/i],
  ['performance', /\b(?:perf\w*|faster|speed\w*|slow\w*|alloc\w*|memory|optimi[sz]\w*|lazy|cache\w*|quadratic)\b/i],
  ['default', /\bdefaults?\b/i],
  ['release', /\b(?:release|version|bump\w*|v?\d+\.\d+\.\d+)\b/i],
  ['review', /\b(?:review|feedback|polish|tweaks?|minor|small|slight\w*|some|various|more|again|simple|trivial|superfluous)\b/i],
  [
    'variable',
    /\b(?:variable|function names?|private|internal|utility|helper|import(?:s|ed)?|module|file|class|logic|code|constants?|interface|implementation)\b/i,
  ],
]);

/**
 * What a model of notability may look at: words of the trade, shapes, sizes and how they compare with the rest of the input. No words of
 * any one project.
 */
export const describeGroup = (group: Group, conventions: Conventions): string[] => {
  const lead = leadOf(group);
  const { parsed, change } = lead;
  const subject = parsed.subject;
  const body = parsed.body.trim();
  const { deed, topics } = parsed;
  const found: string[] = ['bias', ...wordsOf(subject)];
  const typed = conventions.typed > 0.5;
  found.push(`type:${parsed.type ?? 'none'}`, `deed:${deed}`);
  if (typed) found.push(`typed:${parsed.type ?? 'none'}`);
  if (parsed.type === null) found.push(`plain:${deed}`);
  if (topics.length === 0) found.push('topic:none');
  for (const topic of topicsOf(parsed.scope ?? '')) found.push(`scope:${topic}`);
  for (const topic of topics)
    found.push(
      `topic:${topic}`,
      `topic:${topic}:${parsed.type === 'fix' || parsed.type === 'feat' || deed === 'fix' || deed === 'add' ? 'work' : 'care'}`,
    );
  const opening = body.slice(0, 800);
  for (const [inTitle, inBody, pattern] of cues) {
    if (pattern.test(subject)) found.push(inTitle);
    if (body !== '' && pattern.test(opening)) found.push(inBody);
  }
  const bodyTopics = body === '' ? [] : topicsOf(body.slice(0, 400));
  for (const topic of bodyTopics) found.push(`about:${topic}`);
  const words = subject.split(/\s+/).length;
  found.push(`words:${words < 2 ? 1 : words < 3 ? 2 : words < 5 ? 3 : words < 9 ? 5 : 9}`);
  found.push(`body:${body === '' ? 0 : body.length < 60 ? 1 : body.length < 250 ? 2 : body.length < 800 ? 3 : 4}`);
  const size = sizeOf(group);
  const bucket =
    size === 0 ? 'unknown' : size === 1 ? '1' : size === 2 ? '2' : size <= 4 ? '3' : size <= 8 ? '5' : size <= 20 ? '9' : 'many';
  found.push(`files:${bucket}`);
  const request = group.items.some((item) => requestOf(item) !== null);
  const usual = conventions.requested > 0.6 ? 'usual' : conventions.requested > 0.15 ? 'mixed' : 'rare';
  found.push(`request:${usual}:${request}`, `files:${bucket}:${usual}`);
  if (group.items.some((item) => item.parsed.closes.length > 0)) found.push('closes');
  if (parsed.breaking) found.push('breaking');
  if (isInside(parsed)) found.push('inside');
  else if (topics.length === 0 && isPlainNews(parsed)) found.push('news');
  if (parts.test(subject)) found.push('parts');
  if (isAnnouncement(parsed)) found.push('announces');
  if (parsed.bump) found.push(isSilentRaise(group) ? 'bump' : 'bump:told');
  if (parsed.release) found.push('release');
  if (parsed.reverts) found.push('reverts');
  if (parsed.merge) found.push(parsed.merge.title === null ? 'merge:bare' : 'merge:titled');
  if (change.title !== '' && /^[a-z]/.test(subject)) found.push(conventions.typed > 0.5 ? 'lower:typed' : 'lower');
  const brought = group.items.length;
  found.push(`items:${brought === 1 ? 1 : brought < 4 ? 3 : brought < 10 ? 9 : 'many'}`);
  const steps = stepsOf(group);
  if (steps.some((step) => /\btests?\b/i.test(step))) found.push('brings:tests');
  if (steps.some((step) => /\bchangelog\b/i.test(step))) found.push('brings:changelog');
  if (brought === 1 && conventions.requested > 0.15 && conventions.requested <= 0.6) found.push('alone:mixed');
  const changes = conventions.groups;
  found.push(
    `rate:groups:${changes < 15 ? 'few' : changes < 40 ? 'some' : 'many'}`,
    `rate:housekeeping:${Math.round(conventions.housekeeping * 4)}`,
  );
  found.push(`rate:small:${Math.round(conventions.small * 4)}`);
  return found;
};

const point = /^\s*[*-] ([^[<\n]{1,60})$/gm;

/** What a change is made of: titles of the commits that a request brought, or the list of them that a squash left in the body. */
const stepsOf = (group: Group): string[] => {
  const { parsed } = leadOf(group);
  const listed = parsed.bump ? [] : allMatches(parsed.body, point).map(([, step]) => step ?? '');
  return group.items.length > 1 ? [...listed, ...group.items.map((item) => item.parsed.subject)] : listed;
};

/** Words of a title, lower case, without plural s. Which of them count is for the weights to say: only words of several projects have any. */
export const wordsOf = (subject: string): string[] => {
  const words =
    subject
      .replaceAll(/`[^`]*`|'/g, ' ')
      .toLowerCase()
      .match(/[a-z]{2,}/g) ?? [];
  const stems = [...new Set(words.slice(0, 16).map((word) => (word.length > 4 ? word.replace(/(?<!s)s$/, '') : word)))].map(
    (word) => `w:${word}`,
  );
  return words[0] === undefined ? stems : [...stems, `first:${words[0]}`];
};
