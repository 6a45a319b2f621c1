import { wordDeploys } from '#src/changelog/changes/group/fold-deploys.ts';
import { wordRaises } from '#src/changelog/changes/group/fold-raises.ts';
import { isTickets } from '#src/changelog/changes/group/fold-tickets.ts';
import { type Group, leadOf } from '#src/changelog/changes/group/item.ts';
import { toChangeType } from '#src/changelog/changes/parse/change-types.ts';
import type { ParsedChange, Step } from '#src/changelog/changes/parse/parse-change.ts';
import { parseTitle } from '#src/changelog/changes/parse/parse-title.ts';
import { leadingKey } from '#src/changelog/changes/parse/references.ts';
import { isIdle, isNameOnly, isVague } from '#src/changelog/changes/parse/vague.ts';
import { advisoriesOf } from '#src/changelog/changes/parse/weakness.ts';
import { isGivenUp } from '#src/changelog/changes/sections/classify.ts';
import type { Audience, SectionName } from '#src/changelog/changes/types.ts';
import { type LeakGuard, withoutOwnHosts } from '#src/changelog/changes/verify/leak.ts';
import { capitalise } from './capitalise.ts';
import { contentOf } from './content.ts';
import { findElaboration } from './elaborate.ts';
import { toPlainWords } from './plain-words.ts';
import { deedOf, toImperative } from './verbs.ts';

/** The built-in words for an entry: one sentence of what changed, made of the change's own words and nothing else. */
export const wordEntry = (group: Group, section: SectionName, audience: Audience, guard: LeakGuard): string => {
  if (group.items.length > 1 && isTickets(group)) return `Resolve ${group.items.length} tickets`;
  const sentence = wordRaises(group) ?? wordDeploys(group) ?? wordNote(group, guard) ?? toSentence(group, guard);
  const { parsed, change } = leadOf(group);
  // "new-checkout: off → on" is about what it names; of code only its makers know the place.
  const isCode = change.kind === 'commit' || change.kind === 'merge';
  const plain =
    audience === 'engineers'
      ? withPlace(sentence, parsed)
      : toPlainWords(audience === 'customers' ? withoutOwnHosts(sentence) : sentence, { namesPlace: isCode });
  // No heading of these sections says that it is mended.
  const told = audience === 'company' && parsed.type === 'fix' ? asFix(plain) : plain;
  return withoutLeaks(tellsNothing(sentence) ? neutral[section] : withAdvisories(cut(told), group), section, guard);
};

/** What somebody wrote below the first line of a note was written to be read; null for what is none, or has no more lines. */
const wordNote = (group: Group, guard: LeakGuard): string | null => {
  const { change, parsed } = leadOf(group);
  const rest = parsed.body
    .split('\n')
    .map((line) => line.trim().replace(/^[-*•] +/, ''))
    .filter((line) => line !== '')
    .join('; ')
    .replace(/\.$/, '');
  if (change.kind !== 'note' || rest === '' || guard.leaks(rest)) return null;
  const title = change.title.replace(/…$/, '');
  return rest.startsWith(title) ? rest : `${parsed.subject} – ${rest}`;
};

/** Whoever runs it looks for the advisory: its id stands there, also where only the text below the title names it. */
const withAdvisories = (text: string, group: Group): string => {
  const ids = leadOf(group).parsed.security ? advisoriesOf(group).filter((id) => !text.includes(id)) : [];
  return ids.length === 0 ? text : `${text} (${ids.slice(0, mostIds).join(', ')}${ids.length > mostIds ? ' and more' : ''})`;
};

const mostIds = 5;

/** "Crash on save" by itself says that it crashes. */
export const asFix = (sentence: string): string => {
  const [first = ''] = /^[\p{L}'’]+/u.exec(sentence) ?? [];
  const says = deedOf(sentence) !== 'none' && !troubles.test(first);
  return says || /\b(?:no longer|now|again)\b/i.test(sentence) ? sentence : `Fix: ${sentence}`;
};

const troubles = /^(?:crash|error|fail|hang|panic|leak)/i;

/** The same without what may not show; where too little is left, that something changed. */
export const withoutLeaks = (text: string, section: SectionName, guard: LeakGuard): string => {
  if (!guard.leaks(text)) return text;
  const dropped = dropLeaks(text, guard);
  return dropped === null || guard.leaks(dropped) ? neutral[section] : dropped;
};

/** Such as "Fix" where the title is "Fix #12". */
const tellsNothing = (sentence: string): boolean => sentence === '' || isIdle(sentence);

/** For what may not be told: says that something changed, not what. */
export const neutral: Readonly<Record<SectionName, string>> = {
  Added: 'Add a capability',
  Changed: 'Change how something works',
  Deprecated: 'Deprecate something that will be removed later',
  Removed: 'Remove something no longer offered',
  Fixed: 'Fix a problem',
  Security: 'Fix a security problem',
  Product: 'Improve the product',
  Platform: 'Improve the platform',
  'People & Policy': 'Change how we work',
  Operations: 'Change how things are run',
};

const longest = 240;

const toSentence = (group: Group, guard: LeakGuard): string => {
  const { parsed } = leadOf(group);
  const reverted = parsed.reverts?.title ?? '';
  const elaborated = [findElaboration(group)].find((text) => text !== null && !guard.leaks(text));
  const subject = reverted.length > 3 ? undo(reverted) : (elaborated ?? parsed.subject);
  const note = firstSentence(parsed.breakingNote ?? '');
  const steps = parsed.steps.filter((step) => !isAbout(step.subject, subject) && !guard.leaks(step.subject));
  // What breaks is said first, and the news beside it is not lost.
  if (note !== '' && !guard.leaks(note))
    return withSteps(
      [withNote(tidy(subject), note, parsed)],
      steps.filter((step) => !step.breaking && !isVague(step.subject) && !isAbout(step.subject, note)),
    );
  // "feat: vouchers" says of vouchers that they are new.
  const isOnlyName = (parsed.type !== 'feat' || parsed.style === 'plain') && isNameOnly({ type: null, subject, deed: deedOf(subject) });
  const told = (isOnlyName || isVague(subject)) && steps.length > 0 ? [] : [tidy(subject)];
  return withSteps(told, steps);
};

const withSteps = (begin: readonly string[], steps: ParsedChange['steps']): string => {
  const told = [...begin];
  for (const step of steps) if (told.join('; ').length + step.subject.length < longest) told.push(wordStep(step));
  return told.map((part, i) => (i === 0 ? capitalise(part) : part)).join('; ');
};

/** Beside a feature "crash on empty query" would be news of a crash. */
const wordStep = ({ type, subject }: Step): string => {
  const text = asOrder(tidy(subject));
  return type === 'fix' && asFix(text) !== text ? `fix ${text}` : text;
};

/** "Remove dark mode" for a feature that was taken back. */
const undo = (title: string): string => {
  const { subject } = parseTitle(title);
  const what = subject.replace(
    /^(?:add|implement|introduc|support|allow|enabl|expos|provid|creat)(?:e?[sd]|ing|e)?(?: support for)? /i,
    '',
  );
  return isGivenUp(title)
    ? `Remove ${/^[A-Z][a-z]+ /.test(what) ? what.charAt(0).toLowerCase() + what.slice(1) : what}`
    : `Revert "${subject}"`;
};

const firstSentence = (text: string): string =>
  (text.replace(/^[*-] /, '').split(/(?<=[.!?])\s+(?=[\p{Lu}`"])/u, 1)[0] ?? '').replace(/[.:;]$/, '').trim();

/** What breaks is said: behind what changed, or instead of it where that says nothing or the same. */
const withNote = (subject: string, note: string, { type, release }: ParsedChange): string => {
  const saysLittle = release || type === 'docs' || type === 'release' || isVague(subject) || tellsNothing(subject);
  if (saysLittle || (isSaidBy(subject, note) && !/^incompatible\b/i.test(note))) return capitalise(asOrder(note));
  return isSaidBy(note, subject) ? capitalise(subject) : `${capitalise(subject)}: ${note}`;
};

/** All that it names is named there. */
const isSaidBy = (text: string, other: string): boolean => {
  const [own, told] = [contentOf(text), contentOf(other)];
  return own.size === 0 ? other.toLowerCase().includes(text.toLowerCase()) : [...own].every((word) => told.has(word));
};

/** Half of what it names is named there: a step on the way. */
const isAbout = (text: string, other: string): boolean => {
  const [own, told] = [[...contentOf(text)], contentOf(other)];
  return own.length === 0 ? isSaidBy(text, other) : own.filter((word) => told.has(word)).length * 2 >= own.length;
};

const tidy = (subject: string): string => {
  const clean = subject
    .replaceAll(/\s+/g, ' ')
    .replace(leadingKey, '')
    .replace(/^#\d+\s*[:\]–-][\s:–-]*/, '')
    .replace(/\s*(?:\[skip ci\]|\[ci skip\]|\[no ci\]|\[security\])\s*/gi, ' ')
    .trim();
  return asOrder(clean);
};

/** 'sdk-logs' in "fix(sdk-logs): ..." says where; a ticket's key does not, nor what the sentence starts with anyway. */
const withPlace = (sentence: string, { style, scope }: ParsedChange): string => {
  const isPlace =
    scope !== null && (style === 'conventional' || style === 'bracket') && /[a-z]/i.test(scope) && toChangeType(scope) !== 'deps';
  return isPlace && !sentence.toLowerCase().startsWith(scope.toLowerCase()) ? `${scope}: ${sentence}` : sentence;
};

/** "Added x" and "Adds x" as "Add x". */
const asOrder = (text: string): string => {
  const [first = ''] = /^[A-Za-z]+/.exec(text) ?? [];
  const order = toImperative(first);
  if (order === null) return text;
  // "Adds a report and lets owners choose" is of two verbs.
  const rest = first.endsWith('s')
    ? text.slice(first.length).replaceAll(/(?<=\band )[a-z]+s\b/g, (verb) => toImperative(verb)?.toLowerCase() ?? verb)
    : text.slice(first.length);
  return `${order}${rest}`;
};

const cut = (text: string): string => {
  if (text.length <= longest) return text;
  const start = text.slice(0, longest - 1);
  return `${start.slice(0, Math.max(start.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
};

/** The words around a leak: brackets, a "for Acme" at the end, a prefix. Null where too little would be left. */
const dropLeaks = (text: string, guard: LeakGuard): string | null => {
  const parts: [RegExp, string][] = [
    [/\s*\([^()]*\)/g, ''],
    [/\s*\[[^[\]]*\]/g, ''],
    [/^[^:\s][^:]{0,40}:\s+/g, ''],
    [
      /\s+(?:for|in|on|at|from|with|to|by|of|as|via|when|after|used by|requested by|reported by)\s+(?:(?!\s(?:for|in|on|at|from|with|to|by|of|via|when|after)\s).)+/gi,
      '',
    ],
  ];
  let left = text;
  for (const [pattern] of parts) left = left.replaceAll(pattern, (part) => (guard.leaks(part) ? '' : part));
  left = capitalise(
    left
      .replaceAll(/\s+/g, ' ')
      .replace(/[\s,;:–-]+$/, '')
      .trim(),
  );
  return tellsSomething(left) ? left : null;
};

/** A verb and what it is done to. */
const tellsSomething = (text: string): boolean =>
  text.split(' ').filter((word) => !/^(?:a|an|the|of|for|to|in|on|with)$/i.test(word)).length >= 2;
