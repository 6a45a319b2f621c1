type Every = 'DAILY' | 'WEEKLY' | 'MONTHLY';
type Readers = 'ENGINEERS' | 'CUSTOMERS' | 'COMPANY';

/** What somebody wants by the clock; what was not said is left to whoever asks the API. */
export type SubscribeRequest = {
  every: Every;
  weekday: number | null;
  monthDay: number | null;
  time: string;
  timeZone: string | null;
  audience: Readers | null;
  systems: string[];
  labels: string[];
  paths: string[];
  draftFirst: boolean | null;
  silent: boolean | null;
};

/** One of a channel's changelogs, by its place in the list (from 1) or who reads it; null when there is but one. */
export type Which = { place: number } | { audience: Readers } | null;

export type ChangelogRequest =
  | { kind: 'help'; about: 'subscribe' | null }
  | { kind: 'list' }
  /** Read other bots' messages in this channel, or stop it. */
  | { kind: 'listen'; on: boolean }
  | { kind: 'subscribe'; wishes: SubscribeRequest | null }
  | { kind: 'now' | 'preview' | 'unsubscribe' | 'pause' | 'resume'; which: Which }
  | { kind: 'add'; text: string }
  /** Looks like one of the others but is not: `sentence` shows what would be. */
  | { kind: 'unclear'; sentence: string };

/** What somebody asks for after `/changelog`. Never throws. */
export const parseChangelog = (given: string): ChangelogRequest => {
  const text = given.trim();
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case '':
    case 'help':
    case '?':
      return { kind: 'help', about: /^subscribe\b/i.test(rest) ? 'subscribe' : null };
    case 'list':
      return { kind: 'list' };
    case 'listen':
    case 'unlisten':
      return { kind: 'listen', on: word.toLowerCase() === 'listen' };
    case 'subscribe':
      return parseSubscribe(rest);
    case 'now':
    case 'preview':
    case 'unsubscribe':
    case 'pause':
    case 'resume':
      return parseWhich(word.toLowerCase() as 'now', rest);
    case 'add':
      return rest.trim() === '' ? { kind: 'unclear', sentence: ADD_USAGE } : { kind: 'add', text: rest.trim() };
    default:
      return { kind: 'unclear', sentence: `I do not know "${word.slice(0, 40)}". /changelog help shows what I know.` };
  }
};

export const CHANGELOG_USAGE = [
  'I tell what changes, in words people read:',
  '• /changelog subscribe: a window for a post in this channel by the clock. In one line: /changelog subscribe weekly mon 09:00 Europe/Berlin',
  '• /changelog now: what has changed since the last post; preview: the same for your eyes only',
  '• /changelog list, pause, resume, unsubscribe: with a number of the list when there are several',
  '• /changelog add and a sentence: what no repository knows; or "Add to changelog" in the menu of a message',
  '• /changelog listen, unlisten (admins): whether I read other bots’ messages here as changes',
  '• /changelog help subscribe: all that a subscription can be told',
].join('\n');

/** `/changelog help subscribe` */
export const SUBSCRIBE_USAGE = [
  '/changelog subscribe, then how often and when: daily 17:30, weekly mon 09:00 or monthly 1 09:00. After that, in any order:',
  '• a time zone: Europe/Berlin (else your own)',
  '• for engineers, for customers or for company',
  '• from owner/repo,other; labelled api,billing; in packages/api/**',
  '• draft (you approve each one first) or straight',
  '• silent (nothing when nothing changed) or always',
].join('\n');

const EXAMPLE = 'For example: /changelog subscribe weekly mon 09:00 Europe/Berlin';
const MORE = '/changelog help subscribe shows all of it.';
const ADD_USAGE = 'Say what changed, in a sentence: /changelog add The office in Lyon opens on Monday.';

const FREQUENCIES: Record<string, Every> = {
  ...{ daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY' },
  ...{ day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' },
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const READERS: Record<string, Readers> = {
  engineers: 'ENGINEERS',
  engineering: 'ENGINEERS',
  customers: 'CUSTOMERS',
  company: 'COMPANY',
  everybody: 'COMPANY',
  everyone: 'COMPANY',
};

const unclear = (what: string): ChangelogRequest => ({ kind: 'unclear', sentence: `${what} ${EXAMPLE}. ${MORE}` });

const parseSubscribe = (given: string): ChangelogRequest => {
  const words = given
    .replace(/\s*,\s*/g, ',')
    .split(/\s+/)
    .filter(Boolean);
  if (words.length === 0) return { kind: 'subscribe', wishes: null };
  const every = takeFrequency(words);
  if (every === 'several') return unclear('I post daily, weekly or monthly. For several days, subscribe once for each of them.');
  if (!every) return unclear('How often: daily, weekly or monthly?');
  const day = every === 'DAILY' ? null : parseDay(every, words[0] ?? '');
  if (every !== 'DAILY') {
    if (day === null) return unclear(every === 'WEEKLY' ? 'On which day: mon, tue, wed …?' : 'On which day of the month, 1 to 31?');
    words.shift();
  }
  if (words[0]?.toLowerCase() === 'at') words.shift();
  const time = parseTime(words.shift() ?? '');
  if (!time) return unclear('At what time? It is written like 09:00.');
  const wishes: SubscribeRequest = {
    every,
    weekday: every === 'WEEKLY' ? day : null,
    monthDay: every === 'MONTHLY' ? day : null,
    time,
    ...{ timeZone: null, audience: null, systems: [], labels: [], paths: [], draftFirst: null, silent: null },
  };
  const sentence = parseWishes(words, wishes);
  return sentence ? unclear(sentence) : { kind: 'subscribe', wishes };
};

/** "weekly", "every week", "every monday", "monday"; the day stays, for it is read next. */
const takeFrequency = (words: string[]): Every | 'several' | undefined => {
  if (/^(every|each|on)$/i.test(words[0] ?? '')) words.shift();
  const first = words[0]?.toLowerCase() ?? '';
  if (SEVERAL.test(first)) return 'several';
  if (parseDay('WEEKLY', first) !== null) return 'WEEKLY';
  words.shift();
  if (/^on$/i.test(words[0] ?? '')) words.shift();
  return FREQUENCIES[first];
};

const SEVERAL = /^(weekdays?|workdays?|weekends?|biweekly|fortnightly|second|other|(mon|tue|wed|thu|fri|sat|sun)[a-z]*,.*)$/;

/** Fills in what was said after the time, in any order; a sentence when a word makes no sense. */
const parseWishes = (words: string[], wishes: SubscribeRequest): string | null => {
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const lower = word.toLowerCase();
    if (lower === 'for') {
      const readers = READERS[words.shift()?.toLowerCase() ?? ''];
      if (!readers) return 'For whom: engineers, customers or company?';
      wishes.audience = readers;
    } else if (lower === 'from') {
      wishes.systems = (words.shift() ?? '').split(',').map(toSystem).filter(Boolean);
      if (wishes.systems.length === 0) return 'From which repositories? Write them like owner/repo,owner/other.';
    } else if (lower === 'labelled' || lower === 'labeled') {
      wishes.labels = (words.shift() ?? '').split(',').filter(Boolean);
      if (wishes.labels.length === 0) return 'Labelled how? Write it like labelled api,billing.';
    } else if (lower === 'in') {
      wishes.paths = (words.shift() ?? '').split(',').filter(Boolean);
      if (wishes.paths.length === 0) return 'In which places? Write them like in packages/api/**.';
    } else if (lower === 'draft' || lower === 'straight') {
      if (wishes.draftFirst === (lower !== 'draft')) return 'Draft or straight? It cannot be both.';
      wishes.draftFirst = lower === 'draft';
    } else if (lower === 'silent' || lower === 'always') {
      if (wishes.silent === (lower !== 'silent')) return 'Silent or always? It cannot be both.';
      wishes.silent = lower === 'silent';
    } else if (!wishes.timeZone && toZone(word)) wishes.timeZone = toZone(word);
    else return `I do not understand "${word.slice(0, 40)}".`;
  }
  return null;
};

const parseDay = (every: Every, word: string): number | null => {
  if (every === 'MONTHLY') return /^([1-9]|[12]\d|3[01])\.?$/.test(word) ? Number.parseInt(word, 10) : null;
  const place = WEEKDAYS.indexOf(word.slice(0, 3).toLowerCase());
  return place >= 0 && /^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?s?$/i.test(word) ? place + 1 : null;
};

/** 9:00, 09:00, 9.30, 9h30, 9, 9am, 5:30pm. */
const parseTime = (word: string): string | null => {
  const [, digits, minutes = '00', half] = /^(\d{1,2})(?:[:.h](\d\d))?(am|pm|h)?$/i.exec(word) ?? [];
  if (digits === undefined) return null;
  let hour = Number(digits);
  const isHalf = half !== undefined && half.toLowerCase() !== 'h';
  if (isHalf && (hour < 1 || hour > 12)) return null;
  if (isHalf) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hour < 24 && Number(minutes) < 60 ? `${String(hour).padStart(2, '0')}:${minutes}` : null;
};

/** The zone a city gives its name to ("Berlin", "new_york"), or one as written; null when it is neither. */
const toZone = (word: string): string | null => {
  const city = word.toLowerCase();
  const named = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${city}`));
  return named ?? (isZone(word) ? word : null);
};

// Whether there is a zone of that name is the API's to know.
const isZone = (word: string): boolean =>
  /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)+$|^UTC$|^GMT$|^[A-Z]{3,4}$/i.test(word) && !(word.toLowerCase() in READERS);

// Slack makes a link of what looks like an address: <http://a.b|a.b>.
const toSystem = (word: string): string =>
  word.replace(/^<[^|>]*\|([^>]*)>$/, '$1').replace(/^<https?:\/\/github\.com\/([^>]+?)(?:\.git)?>$/, '$1');

const parseWhich = (kind: 'now' | 'preview' | 'unsubscribe' | 'pause' | 'resume', given: string): ChangelogRequest => {
  const word = given
    .trim()
    .replace(/^for\s+/i, '')
    .toLowerCase();
  if (word === '') return { kind, which: null };
  const audience = READERS[word];
  if (audience) return { kind, which: { audience } };
  const place = /^#?(\d{1,3})$/.exec(word)?.[1];
  if (place && Number(place) > 0) return { kind, which: { place: Number(place) } };
  return {
    kind: 'unclear',
    sentence: `Say /changelog ${kind}, or /changelog ${kind} 2 for the second of /changelog list, or /changelog ${kind} engineers.`,
  };
};
