import { Change } from '#db/entities/change.ts';
import type { Db } from '#db/orm.ts';
import { millisecondsOf } from '#src/core/log-time.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isGrave } from '#src/logs/failures/problems.ts';
import { stemsOf } from '#src/logs/verify/known-words.ts';
import type { OnTheClock } from './assume-zone.ts';
import type { Normal } from './normal.ts';

const BEFORE_MS = 60 * 60_000;
/** A problem that is there from the first record on began who knows when. */
const MIDST_MS = 60_000;
const MOST_CHANGES = 3;
const MOST_LOOKED_AT = 50;

export type Suspect = { source: string; title: string; clock: OnTheClock };

/**
 * Recorded changes that may have caused a problem: in the hour before it was first seen ever, or before it began in the midst of the log, and of
 * the same system, or of one that the log or its source names. Whatever else was changed in that hour is no candidate; nor what was said in a
 * restricted channel.
 */
export const findChanges = async (
  db: Db,
  { source, title, clock }: Suspect,
  digest: Digest,
  firstSeen: readonly string[],
  leading: readonly Pattern[],
): Promise<Normal['changes']> => {
  if (!digest.time) return [];
  const toWorldTime = (time: string): number => millisecondsOf(time) - clock.offsetMs;
  const begun = toWorldTime(digest.time.first);
  const isNew = ({ id }: Pattern): boolean => firstSeen.includes(id);
  const suspects = digest.patterns.filter(
    (pattern) =>
      isGrave(pattern) &&
      pattern.first.time !== null &&
      (isNew(pattern) || (leading.includes(pattern) && toWorldTime(pattern.first.time) - begun >= MIDST_MS)),
  );
  const found: Normal['changes'] = [];
  for (const pattern of suspects) {
    if (found.length >= MOST_CHANGES) break;
    const first = toWorldTime(pattern.first.time as string);
    const changes = await db.find(
      Change,
      { time: { $gte: new Date(first - BEFORE_MS), $lte: new Date(first) }, kind: { $ne: 'ticket' }, restricted: false },
      { orderBy: { time: 'desc' }, limit: MOST_LOOKED_AT },
    );
    const [change] = changes
      .map((one) => ({
        ...toCandidate(one, pattern),
        sameSystem: isOf(one.system, source),
        ...(clock.assumed ? { assumed: { ...clock.assumed, gapMs: first - one.time.getTime() } } : {}),
      }))
      .filter((one) => one.sameSystem || isNamed(one.system, one.title, `${source} ${title}`, pattern))
      .sort((a, b) => Number(b.sameSystem) - Number(a.sameSystem) || Date.parse(b.at) - Date.parse(a.at));
    if (change && !found.some(({ changeId }) => changeId === change.changeId)) found.push({ ...change, firstSeen: isNew(pattern) });
  }
  return found;
};

const toCandidate = ({ id, title, system, time, url }: Change, { id: pattern }: Pattern) => ({
  pattern,
  changeId: id,
  title,
  system,
  at: time.toISOString(),
  url: url ?? null,
});

/** 'acme/shop' and 'shop' are one system; 'shop' and 'shop-worker' are not. */
const isOf = (system: string, source: string): boolean => nameOf(system) === nameOf(source);

const nameOf = (system: string): string =>
  system
    .toLowerCase()
    .trim()
    .replace(/^.*\//, '')
    .replace(/\.git$/, '');

/** A telling word of the system's name, or two of what was changed, stand in the log's name or in the problem. */
const isNamed = (system: string, change: string, named: string, { template, samples: [sample] }: Pattern): boolean => {
  const words = new Set([...stemsOf(named), ...stemsOf(template), ...stemsOf(sample?.text ?? '')]);
  const telling = (text: string): string[] => [...new Set(stemsOf(text))].filter((stem) => stem.length >= 3 && !general.has(stem));
  return telling(nameOf(system)).some((stem) => words.has(stem)) || telling(change).filter((stem) => words.has(stem)).length >= 2;
};

const general: ReadonlySet<string> = new Set(
  stemsOf(
    'service services server app apps application api web site website main prod production staging dev test system platform core common lib infra repo project the and for with from into deploy deployed deployment release released version update updated change changed add added fix fixed new merge merged pull request bump error errors failed failure failing slack team',
  ),
);
