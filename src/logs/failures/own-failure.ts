import type { Pattern } from '#src/logs/digest/types.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';

/** By what a record tells that it is of a failure, whatever level it was given: an exception it holds, a field with a bad end, or how grave a security event is (CEF, LEEF), with its name. */
export type OwnFailure = { by: 'exception' } | { by: 'event'; name: string } | ({ by: 'field' } & BadField);

/** `status=bounced` in some or all of the records; `fact` names in how many. */
export type BadField = { key: string; value: string; count: number; fact: string };

export const ownFailureOf = (pattern: Pattern): OwnFailure | null => {
  const known = found.get(pattern);
  if (known) return known.failure;
  const failure = find(pattern);
  found.set(pattern, { failure });
  return failure;
};

const found = new WeakMap<Pattern, { failure: OwnFailure | null }>();

const find = (pattern: Pattern): OwnFailure | null => {
  const name = graveEventOf(pattern);
  if (name !== null) return { by: 'event', name };
  if (holdsException(pattern)) return { by: 'exception' };
  const field = badFieldOf(pattern);
  return field ? { by: 'field', ...field } : null;
};

/** 'CEF:0|vendor|product|version|86445|Beacon Traffic|10|…', 'LEEF:1.0|vendor|product|version|id|…sev=9…': from 7 of 10 on; the name of the event. */
const graveEventOf = ({ template, samples: [sample] }: Pattern): string | null => {
  if (!template.includes('|') || !sample) return null;
  const [, id = '', named = '', severity = ''] = cefHead.exec(sample.text) ?? [];
  // PAN-OS names what it saw in front of its sort, 'THREAT'.
  if (severity !== '')
    return Number(severity) >= GRAVE || /^(?:very-)?high$/i.test(severity) ? (id.includes(' ') && !named.includes(' ') ? id : named) : null;
  const [, event = '', rest = ''] = leefHead.exec(sample.text) ?? [];
  return Number(/\bsev=(\d+)/.exec(rest)?.[1] ?? 0) >= GRAVE
    ? (/\b(?:msg|cat)=([^|\t=]{4,120}?)(?=$|[|\t]|\s\w+=)/.exec(rest)?.[1] ?? event)
    : null;
};

const GRAVE = 7;
const cefHead = /\bCEF:\d+\|[^|]*\|[^|]*\|[^|]*\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|\s*(\d+|Low|Medium|High|Very-High)\s*\|/i;
const leefHead = /\bLEEF:[\d.]+\|[^|]*\|[^|]*\|[^|]*\|([^|]*)\|(.*)/;

/** The template with the values of fields that tell how it went, where they are the same in all records or bad: 'vdev_state=FAULTED'; and what is 0 in all. */
export const fillEnds = (pattern: Pattern): string => {
  const fields = [...fieldsOf(pattern).filter(({ bad, constant }) => bad || constant), ...zerosOf(pattern)];
  if (fields.length === 0) return pattern.template;
  let index = 0;
  return pattern.template.replace(anyKind, (kind) => {
    const at = index++;
    return fields.find((field) => field.index === at)?.value ?? kind;
  });
};

/** '0 nodes down' tells of none. */
const zerosOf = ({ variables }: Pattern): { index: number; value: string }[] =>
  variables.flatMap(({ index, kind, distinct, exact, top }) =>
    kind === 'num' && distinct === 1 && exact && top[0]?.value === '0' ? [{ index, value: '0' }] : [],
  );

/** What differs in 'details="limit of 3 exceeded"' from record to record: why it failed, where it is one reason. */
export const reasonsOf = (pattern: Pattern): readonly string[] => {
  const parts = pattern.template.split(anyKind);
  return (
    shownVariables(pattern).flatMap(({ index, kind, top }) =>
      (kind === 'quoted' || kind === 'any') && reasonKey.test(parts[index] ?? '')
        ? [top.slice(0, MOST_REASONS).map(({ value }) => value)]
        : [],
    )[0] ?? []
  );
};

const MOST_REASONS = 5;
const reasonKey = /\b(?:details?|reason|cause|desc(?:ription)?|err(?:or)?(?:_?(?:msg|message))?|exception)["']?\s?[:=]\s?["']?$/i;

const anyKind = /<[a-z]+>/g;

/** A program that caught one may say so at any level; one that only debugs is believed unless it wrote all of it. */
const holdsException = ({ template, level, samples: [sample] }: Pattern): boolean => {
  if (opensWithException.test(template)) return true;
  const at = template.indexOf(' ↳ ');
  if (at < 0) return level !== 'debug' && level !== 'trace' && namesError(sample?.text ?? '');
  const told = template.slice(at + 3);
  if (isNothing(told)) return false;
  if (exceptionName.test(told)) return true;
  return level !== 'debug' && level !== 'trace' && errorKey.test(sample?.text ?? '');
};

/** '"error": "rpc error: code = Unavailable"' in fields that stand behind a message. */
const namesError = (text: string): boolean => {
  const value = errorInFields.exec(text)?.[1];
  return value !== undefined && isWords(value) && !isNothing(value);
};

const errorInFields = /[{,]\s?"(?:error|err|exception)"\s?:\s?"((?:[^"\\]|\\.){6,})"/;

const opensWithException = /^(?:[a-z]\w*\.)*[A-Z]\w*(?:Error|Exception): \S/;
const exceptionName = /\b\w*(?:Error|Exception|Throwable|Panic)\b(?!\s*[:=]\s*(?:nil|null|none|0)\b)/;
const errorKey = /(?:^|[\s{,("'.])(?:err|error|exception|exc_info)(?:[._]?(?:msg|message|type|class|name))?["']?\s?[:=]/i;

type Field = BadField & { index: number; bad: boolean; constant: boolean };

const badFieldOf = (pattern: Pattern): BadField | null => {
  const bad = fieldsOf(pattern).filter((field) => field.bad);
  return bad.toSorted((a, b) => b.count - a.count)[0] ?? null;
};

const fieldsOf = (pattern: Pattern): Field[] => {
  if (!mayEnd.test(pattern.template)) return [];
  const parts = pattern.template.split(anyKind);
  return shownVariables(pattern).flatMap(({ index, top, distinct, exact }): Field[] => {
    const key = keyBefore.exec(parts[index] ?? '')?.[1];
    if (key === undefined) return [];
    const isBad = endKey.test(key)
      ? isBadEnd
      : errorNameKey.test(key)
        ? (value: string): boolean => !isNothing(value) && isWords(value)
        : null;
    if (!isBad) return [];
    const at = top.findIndex(({ value }) => isBad(value));
    const one = top[Math.max(at, 0)];
    return one
      ? [
          {
            index,
            key,
            value: one.value,
            count: one.count,
            fact: `{${pattern.id}.topCount.${index}.${Math.max(at, 0)}}`,
            bad: at >= 0,
            constant: distinct === 1 && exact,
          },
        ]
      : [];
  });
};

const mayEnd = /(?:stat(?:e|us)|result|outcome|phase|health|conclusion|err\w*|exception|codename|reason)["']?\s?[:=]/i;
const keyBefore = /([\w.@-]+)["']?\s?[:=]\s?["'([{]?$/;

/** How something ended or stands. */
const endKey = /(?:^|[._-])(?:(?:\w+_)?(?:status|state|phase|health)|(?:new|to|current)(?:State|Status)|result|outcome|conclusion)$/i;
/** What went wrong, in words. */
const errorNameKey =
  /(?:^|[._-])(?:err(?:or)?(?:_?(?:msg|message|text|name|reason|description))?|exception|codeName|failure_?reason|last_?error)$/i;

const isBadEnd = (value: string): boolean => badEnd.test(value);
const badEnd =
  /^(?:fail(?:ed|ing|ure)?|error(?:ed)?|fatal|crashed|dead|down|unreachable|unhealthy|unavailable|faulted|degraded|bounced|aborted|broken|undeliver(?:ed|able)|time[d_ -]*out|stalled|panic(?:ked)?|not[_ -]?ready|oom[_ -]?killed|evicted|crash_?loop\w*)$/i;

const isWords = (value: string): boolean => /\p{L}{3}/u.test(value);
const isNothing = (value: string): boolean => nothing.test(value.trim());
const nothing =
  /^(?:[-\s"'()[\]{}<>]*|<?(?:nil|null|none|undefined|false|true|any|num)>?|n\/a|ok|okay|success\w*|no(?: |_)?err(?:or)?s?|no|0|unknown)(?: \w+=<\w+>)*$/i;
