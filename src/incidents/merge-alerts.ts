import type { IncidentAlert } from '#db/entities/incident.ts';
import type { ToldAlerts } from './read-alerts.ts';

const MOST_KEPT = 100;
// A message that was overtaken by the next comes within seconds; a group is told anew after minutes.
const OVERTAKEN_MS = 60_000;

/**
 * A group's alerts after it was told of again: what was told of an alert last counts. One that a whole message leaves out left its group
 * without a word (the word was lost), and is over; one that a cut message leaves out stands as it was. A group that is over has none that fire.
 */
export const mergeAlerts = (
  before: readonly IncidentAlert[],
  told: Pick<ToldAlerts, 'alerts' | 'firing' | 'complete'>,
  now: Date,
): IncidentAlert[] => {
  const named = new Set(told.alerts.map(({ fingerprint }) => fingerprint));
  const left = before
    .filter(({ fingerprint }) => !named.has(fingerprint))
    .map((alert) => (told.complete && now.getTime() - Date.parse(alert.toldAt) > OVERTAKEN_MS ? over(alert, now) : alert));
  return [...left, ...told.alerts]
    .map((alert) => (told.firing ? alert : over(alert, now)))
    .sort((a, b) => Number(a.firing) - Number(b.firing))
    .slice(-MOST_KEPT);
};

const over = (alert: IncidentAlert, now: Date): IncidentAlert =>
  alert.firing ? { ...alert, firing: false, endsAt: now.toISOString() } : alert;
