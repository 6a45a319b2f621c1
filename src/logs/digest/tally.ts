import { createTimeSpan, type TimeSpan } from './heads/time-span.ts';
import { createMiner, type Miner, type MinerOptions } from './mining/miner.ts';
import { shiftTimes } from './mining/pattern.ts';
import { createTimeBuckets, type TimeBuckets } from './mining/time-buckets.ts';
import { levels } from './types.ts';

/** All that was counted of a log. */
export type Tally = {
  bytes: number;
  lines: number;
  blank: number;
  /** Bytes of long lines that were not looked at. */
  unread: number;
  records: number;
  remainderLines: number;
  /** Records by code of level. */
  levels: number[];
  /** Over time: all records, and severe ones. */
  all: TimeBuckets;
  errors: TimeBuckets;
  span: TimeSpan;
  miner: Miner;
};

export const createTally = (options: MinerOptions): Tally => {
  const miner = createMiner(options);
  const [all, errors] = [createTimeBuckets(), createTimeBuckets()];
  const span = createTimeSpan((ms) => {
    for (const pattern of miner.patterns()) shiftTimes(pattern, ms);
    all.shift(ms);
    errors.shift(ms);
  });
  const counts = levels.map(() => 0);
  return { bytes: 0, lines: 0, blank: 0, unread: 0, records: 0, remainderLines: 0, levels: counts, all, errors, span, miner };
};
