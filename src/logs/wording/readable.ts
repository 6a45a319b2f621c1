import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import { passagesOf } from '#src/logs/digest/sample.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { shownVariables } from './shown-values.ts';

/** The message of the first sample, without the head in front of it, cut between words. */
export const excerpt = ({ samples, template }: Pick<Pattern, 'template' | 'samples'>): string | null => {
  const [sample] = samples;
  const lines = (sample ? (passagesOf(sample)[0] ?? '') : '').split('\n').filter((text) => text.trim().length >= 3);
  // Fields that follow a message stand elsewhere in a line of JSON.
  const opening = (template.split(/<[a-z]+>|\n| ↳ /)[0] ?? '').replace(/(?: [\w.@-]+[:=] ?\S*)+$/, '').trim();
  // Of a record spread over lines, as printed JSON, a drawn box and a sheet in sections are, the line that is its message.
  const [line = ''] =
    opening.length >= 4 && !(lines[0] ?? '').includes(opening)
      ? [lines.find((one) => one.includes(opening.replace(/\s+\S+=$/, ''))) ?? lines[0]]
      : lines;
  if (onlyAnnounces.test(line.trim()) && sample) return raisedIn(sample.text) ?? line.trim();
  const below = onlyRuled.test(line) ? causeIn(template, lines) : null;
  if (below) return cut(below, 200);
  const statement = line.startsWith('# ') && sample ? statementIn(sample.text) : null;
  if (statement) return cut(statement, 200);
  const at = opening.length >= 4 ? placeOf(opening, line) : -1;
  // Of a JSON line, or a field in quotation marks, the value alone.
  const isField = line.startsWith('{') || (at > 1 && line.slice(at - 2, at) === '="');
  const own = (isField ? inQuotes(line, at) : at > 0 ? line.slice(at) : line).trim();
  // 'Unhandled exception:' says nothing without the line below.
  const next = line === lines[0] && own.length < SHORT && own.endsWith(':') ? (lines[1]?.trim() ?? '') : '';
  const message = next === '' ? own : `${own} ${next}`;
  return message.length >= 3 ? cut(message, 200) : null;
};

/** Of an entry in a database's log of slow statements the statement, for its head says only when it came. */
export const statementIn = (text: string): string | null =>
  /^# (?:Time|User@Host|Query_time)/.test(text)
    ? (text.split('\n').find((line) => /^[A-Za-z(]/.test(line) && !/^(?:use |SET timestamp)/i.test(line)) ?? null)
    : null;

/** Not within a word: 'Process' is not where 'MainProcess' stands in front of it. */
const placeOf = (opening: string, line: string): number => {
  for (let at = line.indexOf(opening); at >= 0; at = line.indexOf(opening, at + 1))
    if (!isWord(opening[0]) || !isWord(line[at - 1])) return at;
  return -1;
};

const SHORT = 40;

/** '=== Critical error: ===': the line below says which. */
const onlyRuled = /[=*-]{3,} ?[^=*]+[=*-]{3,}\s*$/;

/** The line that names the failure, as it stands there, without its head. */
const causeIn = (template: string, lines: readonly string[]): string | null => {
  const words = (template.split(' ↳ ')[1] ?? '').split(/<[a-z]+>/)[0]?.trim() ?? '';
  const line = words.length >= 4 ? lines.find((one) => one.includes(words)) : undefined;
  return line ? line.slice(line.indexOf(words)).trim() : null;
};

const onlyAnnounces = /^(?:╭─+ )?Traceback \(most recent call last\)(?::|(?: ─+╮)?)$/;

/** Of a trace that opens with its frames the line below them. */
const raisedIn = (text: string): string | null => {
  const raised = text.split('\n').find((line, at) => at > 0 && /^[A-Za-z_][\w.]*(?::|$)/.test(line));
  return raised && raised.trim().length >= 3 ? cut(raised.trim(), 200) : null;
};

/** The value that is the message, as it stands there, up to the quotation mark that ends it; the line where it has none. */
const inQuotes = (line: string, at: number): string => {
  const value = at > 0 ? (/^(?:[^"\\]|\\.)*/.exec(line.slice(at))?.[0] ?? '') : (messageKey.exec(line)?.[1] ?? '');
  // The escape for a line's end is no word of it.
  const [first = ''] = value.split(/\\[nr]/);
  return first.trim().length >= 3 ? first : value.trim().length >= 3 ? value : line;
};

const messageKey =
  /"(?:msg|message|@message|short_message|log|event|text|error|err|MESSAGE|error_?[mM]essage|errMsg)"\s*:\s*"((?:[^"\\]|\\.){3,})/;

/** A template as a person would say it: what never changes stands there, the other variables become '…'. */
export const readable = (pattern: Pattern, limit = 110): string => {
  const all = say(pattern);
  // A class is known by its name; its package is the first to go where there is no room.
  const words = all.length <= limit ? all : all.replace(/^(?:[a-z]\w*\.){2,}(?=[A-Z][\w$]*: )/, '');
  return words.length <= limit ? words : `${cut(words, limit).replace(/[\s….,:;=/-]+$/, '')}…`;
};

/**
 * The template with the values of variables that were the same in every record: 'exit status 1' says more than 'exit status …'. A value
 * that is masked or long stays open.
 */
export const fillConstants = (pattern: Pattern): string => {
  const constants = constantsOf(pattern);
  if (!constants) return pattern.template;
  let index = 0;
  return pattern.template.replace(variable, (kind) => constants[index++] ?? kind);
};

const variable = /<[a-z]+>/g;

const said = new WeakMap<Pattern, string>();

const say = (pattern: Pattern): string => {
  const known = said.get(pattern);
  if (known !== undefined) return known;
  const words = sayNew(pattern);
  said.set(pattern, words);
  return words;
};

const sayNew = (pattern: Pattern): string => {
  const constants = constantsOf(pattern);
  let index = 0;
  const numbered = pattern.template.replace(variable, () => `\u0001${index++}\u0002`);
  const filled = openingOf(numbered, pattern)
    // Fields that only follow a message: 'offset=… line=… dataset=…'.
    .replace(/(?:(?:^|\s)[\w.@-]+=\u0001\d+\u0002[,;]?){2,}/g, (fields) => tellingFields(fields, constants))
    .replace(/\u0001(\d+)\u0002/g, (_, at: string) => constants?.[Number(at)] ?? '…');
  const words = withoutQuotes(withoutSecrets(filled))
    .replace(/(?:…[\s.,:;=/-]*){2,}/g, '… ')
    // That there is one more field behind it says nothing.
    .replace(/(?<=\S) [\w.@-]+=…\s*$/, ' …')
    .replace(/\s+/g, ' ')
    .replace(/[\s:]+$/, '')
    .trim();
  return /[^\s…]/.test(words) && pattern.template !== '(no message)'
    ? withoutLevel(words)
    : (onlyFields(numbered, constants) ?? withoutQuotes(withoutSecrets(withoutHead(excerpt(pattern) ?? '…'))));
};

/** Of a record that is all fields and no message those of few words that are the same in all: 'operationName=Http … ScStatus=500'. */
const onlyFields = (numbered: string, constants: (string | undefined)[] | null): string | null => {
  const said = [...numbered.matchAll(/(?:^|\s)([\w.@-]+)=\u0001(\d+)\u0002/g)].flatMap(([, key = '', at]) => {
    const value = constants?.[Number(at)];
    return value !== undefined && value.length <= 40 && !/["“”]/.test(value) && (saysWhat.test(value) || countsAs.test(key))
      ? [`${key}=${value}`]
      : [];
  });
  return said.length >= 2 ? said.slice(-MOST_FIELDS).join(' … ') : null;
};

const MOST_FIELDS = 5;
const saysWhat = /^(?!(?:null|none|true|false|undefined)$)[^\d\s]*\p{L}{3}/iu;
const countsAs = /status|code/i;

/** Of fields behind a message those that say how it ended, where all records say the same: 'Member is now in state … newState=DOWN'. */
const tellingFields = (fields: string, constants: (string | undefined)[] | null): string => {
  const said = [...fields.matchAll(/([\w.@-]+)=\u0001(\d+)\u0002/g)].flatMap(([, key = '', at]) => {
    const value = constants?.[Number(at)];
    return value !== undefined && value.length <= 40 && /\p{L}{2}/u.test(value) && tellingKey.test(key) ? [`${key}=${value}`] : [];
  });
  return said.length > 0 ? ` … ${said.slice(0, 2).join(' … ')} … ` : ' … ';
};

const tellingKey =
  /(?:^|[._-])(?:reason|cause|err(?:or)?_?(?:msg|name|message|type)?|exception|expr|detail|result|signal|(?:new_?|to_?)?(?:state|status|phase))$/i;

/** 'ERROR: no such table': that it is one is said by its level. */
const withoutLevel = (words: string): string => words.replace(/^(?:ERROR|FATAL|CRITICAL|SEVERE|WARN(?:ING)?):\s+(?=\S)/, '');

/** '↳' is where the digest joined the line that names the failure; a message like 'Unhandled exception:' says nothing without it. */
const openingOf = (template: string, { count, samples }: Pattern): string => {
  const [opening = '', failure] = template.split(/\s*[\n↳]\s*/);
  if (failure !== undefined && (onlyAnnounces.test(opening) || onlyRuled.test(opening)) && /\p{L}{3}/u.test(failure)) return failure;
  if (failure === undefined && count === 1 && /:\s*$/.test(opening)) return `${opening} ${nextLine(samples[0]?.text ?? '')}`;
  const begins = failure?.split('\u0001')[0]?.trim() ?? '';
  const between = begins.length >= 3 && nextLine(samples[0]?.text ?? '').startsWith(begins) ? ' ' : ' … ';
  const letters = opening.replace(/\P{L}/gu, '').length;
  return failure !== undefined && /\p{L}{3}/u.test(failure) && (/:\s*$/.test(opening) || letters < 12)
    ? `${opening}${between}${failure}`
    : opening;
};

/** Of a record seen once; a frame of a trace says nothing. */
const nextLine = (text: string): string => {
  const [, next = ''] = text.split('\n').filter((line) => line.trim() !== '');
  return /^\s*(?:at |#\d|File "|\[…)/.test(next) ? '' : next.trim();
};

/** Time and level in front of what is only there to fill a sentence. */
const withoutHead = (text: string): string => {
  const rest = text.replace(
    /^(?:\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?\s+|##\[error\]|\[?(?:ERROR|FATAL|WARN(?:ING)?)\]?:?\s+){1,3}/,
    '',
  );
  return rest.trim().length >= 3 ? rest : text;
};

/** They would end the quotation they stand in. What is an apostrophe, or encloses a word, stays. */
export const withoutQuotes = (text: string): string => {
  const plain = text.replace(/["“”`]/g, '');
  const single = plain.match(/(?<!\p{L})'|'(?!\p{L})/gu)?.length ?? 0;
  return single % 2 === 0 ? plain : plain.replace(/(?<!\p{L})'|'(?!\p{L})/gu, '');
};

/** While the marks around them still stand, which tell a secret from its name. It is open like any value. */
const withoutSecrets = (text: string): string => redactSecrets(text).replace(/\[masked: [^\]]*\]/g, '…');

/** By place; null where the template's places and the variables do not tally (a log may contain '<any>' itself). */
const constantsOf = (pattern: Pattern): (string | undefined)[] | null => {
  if (pattern.variables.length === 0) return null;
  const kinds = pattern.template.match(variable) ?? [];
  const variables = shownVariables(pattern);
  if (kinds.length !== variables.length || !variables.every(({ index, kind }) => kinds[index] === `<${kind}>`)) return null;
  return variables.map(({ distinct, exact, top: [only] }) =>
    distinct === 1 && exact && only && only.count === pattern.count && isShort(only.value) ? only.value : undefined,
  );
};

const isShort = (value: string): boolean => value.length <= 60 && !/[\n<>]|^\[masked/.test(value);

/** Not in the middle of a word, so that what is left still stands in the log as it is. */
export const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const space = text.lastIndexOf(' ', limit);
  if (space > limit / 2) return text.slice(0, space).trimEnd();
  let at = limit;
  while (at > 0 && isWord(text[at]) && isWord(text[at - 1])) at--;
  return text.slice(0, at || limit).trimEnd();
};

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_]|[\ud800-\udfff]/u.test(character);

export const lowerFirst = (text: string): string => (/^[A-Z](?:[a-z]| )/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text);
