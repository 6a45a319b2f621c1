import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { millisecondsOf } from '#src/core/log-time.ts';
import type { TimeRange } from '#src/logs/digest/types.ts';

/** How a log's times are put on the world's clock: milliseconds to take away from each, and what was assumed for it, if anything was. */
export type OnTheClock = { offsetMs: number; assumed: Assumed | null };
type Assumed = { zone: string; beforeHandedInMs: number };

/** A log that is looked at while it is written ends when it is handed in; clocks differ by a little. */
const ENDS_WITHIN_MS = 30 * 60_000;
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Of a log that states no zone: the one in which it ends just before it was handed in, among UTC and those the workspace works by. Null where
 * none fits, or several do, for then nobody can say; and where the log gives no day.
 */
export const onTheClock = (time: TimeRange, handedIn: Date, zones: readonly string[]): OnTheClock | null => {
  if (time.dayInferred) return null;
  if (time.zone === 'stated' && !time.zoneAssumed) return { offsetMs: 0, assumed: null };
  const last = millisecondsOf(time.last);
  const offsets =
    time.zone === 'stated' ? new Map([[0, time.last.endsWith('Z') ? 'UTC' : `UTC${time.last.slice(-6)}`]]) : offsetsOf(zones, handedIn);
  const fitting = [...offsets]
    .map(([offsetMs, zone]) => ({ offsetMs, assumed: { zone, beforeHandedInMs: handedIn.getTime() - (last - offsetMs) } }))
    .filter(({ assumed: { beforeHandedInMs: gap } }) => gap >= -CLOCKS_DIFFER_MS && gap <= ENDS_WITHIN_MS);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
};

/** Zones with the same clock are one. */
const offsetsOf = (zones: readonly string[], at: Date): Map<number, string> => {
  const offsets = new Map<number, string>();
  for (const zone of ['UTC', ...zones]) {
    const offset = offsetOf(zone, at);
    if (offset !== null && !offsets.has(offset)) offsets.set(offset, zone);
  }
  return offsets;
};

const offsetOf = (timeZone: string, at: Date): number | null => {
  try {
    const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName');
    const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name?.value ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch {
    return null;
  }
};

/** The zones a workspace works by: of its business hours, and of the channels that get its changelog. */
export const zonesOfWorkspace = async (db: Db): Promise<string[]> => {
  const [settings, subscriptions] = await Promise.all([
    db.findOne(TriageSettings, {}),
    db.find(ChangelogSubscription, {}, { fields: ['timeZone'], limit: 50 }),
  ]);
  return [...new Set([...(settings ? [settings.businessHours.timeZone] : []), ...subscriptions.map(({ timeZone }) => timeZone)])];
};
