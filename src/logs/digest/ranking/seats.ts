import type { Ranked } from './rank.ts';

/** People read the first twenty patterns; of these the last eight seats are kept. */
const firstTwenty = 20;
const keptForErrors = 5;
const keptForOddities = 3;
/** In a short log everything is rare. */
const longLog = 1000;

/**
 * A flood of errors must not push the one that happened once off the page: in a long log, errors seen next to never take the last seats of
 * the first twenty where there are hardly any such, and so does a line like no other, whatever its level. The rest moves down.
 */
export const seatRareOnes = (ranked: readonly Ranked[], records: number): Ranked[] => {
  if (records < longLog || ranked.length <= firstTwenty) return [...ranked];
  const kept = keptForErrors + keptForOddities;
  const waiting = ranked.slice(firstTwenty - kept);
  const rarest = [...waiting].sort((x, y) => x.pattern.count - y.pattern.count || y.score - x.score);
  const rare = rarest.filter((one) => isError(one) && isRare(one, records));
  // Where many errors came once, none of them is special for it.
  const errors = rare.length <= keptForErrors ? rare : rare.slice(0, 1);
  const odd = rarest.filter((one) => !isError(one) && one.pattern.count === 1);
  const oddities = odd.length <= keptForOddities ? odd : [];
  const seated = new Set([...errors, ...oddities]);
  const others = waiting.filter((one) => !seated.has(one));
  const open = kept - seated.size;
  const page = [...others.slice(0, open), ...seated].sort((x, y) => y.score - x.score);
  return [...ranked.slice(0, firstTwenty - kept), ...page, ...others.slice(open)];
};

const isError = ({ level }: Ranked): boolean => level === 'fatal' || level === 'error';

const isRare = ({ pattern }: Ranked, records: number): boolean => pattern.count <= Math.max(1, records / 10_000);
