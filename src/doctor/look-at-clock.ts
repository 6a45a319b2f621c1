import type { Orm } from '#db/orm.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

const NOTABLE_MS = 5_000;
/** Slack and we refuse what was signed longer ago. */
const SIGNATURES_MS = 5 * 60_000;

/** How far our clock is from others', in milliseconds: behind is negative. Signatures, tokens and times of jobs hang on it. */
export const lookAtClock = async (orm: Orm, dates: Record<string, string | null>): Promise<Finding[]> => {
  const before = Date.now();
  const [row] = (await orm.em.fork().getConnection().execute('select extract(epoch from clock_timestamp()) * 1000 as ms')) as {
    ms: string;
  }[];
  const middle = (before + Date.now()) / 2;
  const skews = new Map([['the database’s', middle - Number(row?.ms)]]);
  // A date header knows whole seconds only.
  for (const [whose, date] of Object.entries(dates)) if (date) skews.set(whose, Math.trunc((Date.now() - Date.parse(date)) / 1000) * 1000);
  return [...skews].map(([whose, skew]) => judge(whose, skew));
};

const judge = (whose: string, skew: number): Finding => {
  const apart = `${(Math.abs(skew) / 1000).toFixed(1)} s ${skew < 0 ? 'behind' : 'ahead of'} ${whose} clock`;
  if (Math.abs(skew) >= SIGNATURES_MS) return bad('Clock', apart, 'Signed requests are refused: set this machine’s clock (NTP).');
  return Math.abs(skew) >= NOTABLE_MS ? warn('Clock', apart, 'Let NTP keep this machine’s clock.') : ok('Clock', apart);
};
