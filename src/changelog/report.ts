import type { Changelog } from '#db/entities/changelog.ts';
import type { Receipt } from '#src/core/ports.ts';
import type { Report, ReportItem } from '#src/core/report.ts';
import { grouped, sectionsOf } from './changes/index.ts';
import type { OmittedReason } from './changes/types.ts';
import type { Composed, ComposedEntry } from './composing/compose-changelog.ts';
import { nameOf } from './render/index.ts';

/** A thread is no place to read a hundred lines; the rest is in the API. */
const MOST_IN_A_SECTION = 20;

/** What a thread shows about a changelog now; `composed` is null until it was planned. */
export const changelogReport = (changelog: Changelog, composed: Composed | null): Report => ({
  headline: headlineOf(changelog, composed),
  tone: changelog.status === 'FAILED' ? 'failed' : composed ? 'info' : 'working',
  subtitle: `${nameOf(changelog)} · ${day(changelog.from)} to ${day(changelog.to)} · for ${readers[changelog.audience]}`,
  sections: composed ? toSections(composed) : [],
  charts: [],
  facts: composed ? factsOf(changelog, composed) : failureOf(changelog),
  actions: [],
});

const headlineOf = ({ status, failure }: Changelog, composed: Composed | null): string => {
  if (composed) return composed.headline;
  return status === 'FAILED' ? (failure?.message ?? 'The changelog could not be written.') : 'The changelog is being written';
};

const toSections = ({ entries, audience }: Composed): Report['sections'] =>
  sectionsOf(audience).flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    if (own.length === 0) return [];
    const items = own.slice(0, MOST_IN_A_SECTION).map(toItem);
    if (own.length > MOST_IN_A_SECTION) items.push({ text: `and ${own.length - MOST_IN_A_SECTION} more` });
    return [{ title: section, items }];
  });

const toItem = ({ text, breaking, refs }: ComposedEntry): ReportItem => ({
  text,
  ...(breaking ? { label: 'breaking' } : {}),
  ...(refs.length > 0 ? { refs } : {}),
});

const factsOf = (changelog: Changelog, { changeCount, entries, omitted, semver }: Composed): string[] => {
  const told = entries.reduce((sum, { changes }) => sum + changes.length, 0);
  const { rejected, receipt, id } = changelog;
  return [
    `${count(changeCount, 'change')} = ${told} in ${count(entries.length, 'entry', 'entries')} + ${omitted.length} left out${whyOf(omitted)}`,
    ...(semver.bump === 'none' ? [] : [`a ${semver.bump} version${semver.version ? ` (${semver.version})` : ''}: ${semver.reason}`]),
    ...(rejected > 0 ? [`${count(rejected, 'text')} of the engine did not pass the check; the built-in words stand there`] : []),
    ...failureOf(changelog),
    ...(receipt?.insteadOf === undefined ? [] : [`Built-in words: today's budget for ${receipt.insteadOf} is used up`]),
    ...(receipt && receipt.sentHash !== null ? [receiptLine(receipt)] : []),
    id,
  ];
};

const failureOf = ({ failure, status }: Changelog): string[] => {
  if (!failure) return [];
  if (failure.retryAt) return [`Built-in words so far: ${failure.message} It is tried again at ${failure.retryAt.slice(11, 16)} UTC.`];
  return status === 'FAILED' ? [failure.id] : [`Built-in words: ${failure.message} (${failure.id})`];
};

export const whyOf = (omitted: Composed['omitted']): string => {
  const counts = new Map<OmittedReason, number>();
  for (const { reason } of omitted) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const told = [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([reason, many]) => `${grouped(many)} ${reasonWords[reason][many === 1 ? 0 : 1]}`);
  return told.length > 0 ? ` (${told.join(', ')})` : '';
};

const both = (words: string): [one: string, many: string] => [words, words];

/** Why a change is not in a changelog, in words that follow one or many. */
const reasonWords: Record<OmittedReason, [one: string, many: string]> = {
  reverted: both('taken back'),
  revert: ['takes another back', 'take others back'],
  duplicate: both('told twice'),
  merge: ['merge', 'merges'],
  internal: both('internal'),
  'not-for-readers': both('not for these readers'),
  tests: ['about tests', 'about tests'],
  ci: both('about builds'),
  docs: both('about documentation'),
  dependency: ['dependency', 'dependencies'],
  release: ['release', 'releases'],
  'unreleased-fix': ['mends what was never released', 'mend what was never released'],
  private: both('private'),
  'less-notable': both('of less note beside the rest'),
  label: ['by its label', 'by their labels'],
  'by-a-person': both('left out by a person'),
  trivial: both('trivial'),
};

const readers: Record<Changelog['audience'], string> = { engineers: 'engineers', customers: 'customers', company: 'everybody here' };

const receiptLine = ({ maskedCounts, model, tokensIn, tokensOut, costUsd, durationMs }: Receipt): string => {
  const masked = Object.entries(maskedCounts).reduce((sum, [, many]) => sum + many, 0);
  const price = costUsd === null ? '' : ` · $${costUsd.toFixed(4)}`;
  const seconds = (durationMs / 1000).toFixed(1);
  return `${masked} masked · ${model} · ${grouped(tokensIn + tokensOut)} tokens${price} · ${seconds} s`;
};

export const count = (many: number, one: string, several = `${one}s`): string => `${grouped(many)} ${many === 1 ? one : several}`;

const day = (at: Date): string => at.toISOString().slice(0, 10);
