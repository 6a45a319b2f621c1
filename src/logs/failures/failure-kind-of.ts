import type { Pattern } from '#src/logs/digest/types.ts';
import { fillConstants } from '#src/logs/wording/readable.ts';
import { type FailureKind, failureKinds } from './failure-kinds.ts';
import { fillEnds, reasonsOf } from './own-failure.ts';

/** By its constant words and by how its fields say it went: a number may be anything, but how a process ended. */
export const failureKindOf = (pattern: Pattern): FailureKind | null =>
  kindOfText(
    `${/\bexit/i.test(pattern.template) ? fillConstants(pattern) : fillEnds(pattern)}\n${failuresIn(pattern.samples[0]?.text ?? '')}`.slice(
      0,
      6000,
    ),
  ) ??
  ofReasons(pattern) ??
  slowEntry(pattern) ??
  withinBlock(pattern);

/** Why it failed stands in a field whose words differ by a number or a name. */
const ofReasons = (pattern: Pattern): FailureKind | null => {
  const [first, ...others] = reasonsOf(pattern);
  const kind = first === undefined ? null : kindOfText(first);
  return kind && !kind.vague && others.every((reason) => kind.test.test(reason)) ? kind : null;
};

/** A block of lines without times or levels, as `kubectl describe` prints, may say the failure anywhere. */
const withinBlock = ({ level, samples: [sample] }: Pattern): FailureKind | null => {
  if (level !== 'unknown' || !sample?.text.includes('\n')) return null;
  const kind = kindOfText(sample.text.slice(0, 6000));
  return kind && !kind.vague && kind.root >= 2 ? kind : null;
};

/** Entries of a database's log of slow statements say so in a comment. */
const slowEntry = ({ samples: [sample] }: Pattern): FailureKind | null =>
  sample !== undefined && /^# Query_time:/m.test(sample.text) ? (failureKinds.find(({ id }) => id === 'slow') ?? null) : null;

/** The first kind a text is of: roots stand before what follows from them. */
export const kindOfText = (text: string): FailureKind | null => failureKinds.find((kind) => kind.test.test(text)) ?? null;

/** The exceptions named in a trace. Not its head: a class named QuorumManager or a thread pool's name says nothing about failing. */
const failuresIn = (sample: string): string => {
  if (!sample.includes('\n')) return '';
  const lines = sample.split('\n').slice(1);
  // A few lines below a message are what it says, and no trace.
  if (lines.length <= MOST_BELOW && lines.every((line) => !/^\s*(?:at |File "|#\d)/.test(line)))
    return lines.filter((line) => /error|fail|invalid|exceed|denied|refus|not found|no such|could not/i.test(line)).join('\n');
  return lines.filter((line) => /^\s*(?:Caused(?: by)?: |\[cause\]: |[\w.$]*(?:Error|Exception)\b)/.test(line)).join('\n');
};

const MOST_BELOW = 4;
