/** Counts over time in a fixed number of buckets; order and range of the times do not matter. */
export type TimeBuckets = {
  add(ms: number, times?: number): void;
  /** Counts everything as if it had come `ms` later. */
  shift(ms: number): void;
  /** Takes in the counts of another. */
  merge(other: TimeBuckets): void;
  /** The counts in these buckets, which must not be finer than ours. */
  rebin(buckets: Buckets): number[];
  /** Null before the first time. */
  shape(): Buckets | null;
  /** All that was counted, as plain data. */
  save(): SavedBuckets;
};

/** Counts over time that can go from thread to thread; `counts` is null while all times fell into one bucket, which then holds `single`. */
export type SavedBuckets = { level: number; first: number; lowest: number; highest: number; counts: Uint32Array | null; single: number };

export type Buckets = { fromMs: number; widthMs: number; length: number };

// Each width divides the next and all start at the epoch, so coarsening is exact and histograms of patterns fit the log's.
const widths = [
  10, 50, 100, 500, 1000, 5000, 15_000, 30_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000,
  86_400_000, 604_800_000, 2_419_200_000, 31_449_600_000, 314_496_000_000,
];
const length = 120;

const second = 1000;

/** Of ten tenths of a second, stamps of whole seconds leave nine empty: then each bucket is a second. */
export const noFinerThanTimes = (times: TimeBuckets, shape: Buckets): Buckets => {
  const { fromMs, widthMs, length: size } = shape;
  const step = second / widthMs;
  if (step <= 1 || fromMs % second !== 0 || !times.rebin(shape).every((count, k) => count === 0 || k % step === 0)) return shape;
  return { fromMs, widthMs: second, length: Math.ceil(size / step) };
};

const empty: SavedBuckets = { level: 0, first: 0, lowest: 0, highest: -1, counts: null, single: 0 };

export const createTimeBuckets = (saved: SavedBuckets = empty): TimeBuckets => {
  // Most patterns are rare: the array comes with the second bucket.
  let { level, first, lowest, highest, counts, single } = saved;
  let width = widths[level] as number;
  // Of the bucket counted last, into which most times fall again: from when, until when, and how many came since it was counted.
  const last = Float64Array.of(Number.POSITIVE_INFINITY, 0, 0);
  let lastAt = 0;

  const endRun = () => {
    const run = last[2] as number;
    last[0] = Number.POSITIVE_INFINITY;
    last[2] = 0;
    if (run === 0) return;
    if (counts) (counts[lastAt] as number) += run;
    else single += run;
  };

  const refit = (bucket: number, ms: number, times: number) => {
    const [from, to] = [Math.min(lowest, bucket) * width, Math.max(highest, bucket) * width];
    let next = level;
    while (next < widths.length - 1 && Math.floor(to / (widths[next] as number)) - Math.floor(from / (widths[next] as number)) >= length)
      next++;
    const nextWidth = widths[next] as number;
    const nextFirst = Math.floor(from / nextWidth);
    const moved = new Uint32Array(length);
    if (counts)
      for (let k = lowest; k <= highest; k++)
        (moved[Math.floor((k * width) / nextWidth) - nextFirst] as number) += counts[k - first] as number;
    else (moved[Math.floor((lowest * width) / nextWidth) - nextFirst] as number) += single;
    [lowest, highest] = [Math.floor((lowest * width) / nextWidth), Math.floor((highest * width) / nextWidth)];
    counts = moved;
    first = nextFirst;
    level = next;
    width = nextWidth;
    put(Math.floor(ms / width), times);
  };

  const coarsen = () => {
    endRun();
    const next = widths[++level] as number;
    const regroup = (bucket: number) => Math.floor((bucket * width) / next);
    if (counts) {
      const moved = new Uint32Array(length);
      for (let k = lowest; k <= highest; k++) (moved[regroup(k) - regroup(lowest)] as number) += counts[k - first] as number;
      counts = moved;
    }
    if (highest >= lowest) {
      first = regroup(lowest);
      [lowest, highest] = [regroup(lowest), regroup(highest)];
    }
    width = next;
  };

  const put = (bucket: number, times: number) => {
    if (bucket < lowest) lowest = bucket;
    if (bucket > highest) highest = bucket;
    const at = Math.min(length - 1, bucket - first);
    if (counts) (counts[at] as number) += times;
    else single += times;
    // Times beyond the widest width all fall into the last bucket, and none of them only there.
    if (at !== bucket - first) return;
    lastAt = at;
    last[0] = bucket * width;
    last[1] = (bucket + 1) * width;
  };

  return {
    add(ms, times = 1) {
      if (ms >= (last[0] as number) && ms < (last[1] as number)) {
        last[2] = (last[2] as number) + times;
        return;
      }
      endRun();
      const bucket = Math.floor(ms / width);
      if (highest < lowest) {
        lowest = highest = first = bucket;
        put(bucket, times);
      } else if (counts ? bucket >= first && bucket < first + length : bucket === lowest) put(bucket, times);
      else refit(bucket, ms, times);
    },
    shift(ms) {
      if (highest < lowest) return;
      endRun();
      const moved = (bucket: number) => Math.floor((bucket * width + ms) / width);
      [first, lowest, highest] = [moved(first), moved(lowest), moved(highest)];
    },
    merge(other) {
      const shape = other.shape();
      if (!shape) return;
      const { fromMs, widthMs } = shape;
      // Coarser buckets cannot be put back into finer ones: become as coarse first.
      while (width < widthMs) coarsen();
      const counts = other.rebin(shape);
      for (let k = 0; k < counts.length; k++) if ((counts[k] as number) > 0) this.add(fromMs + k * widthMs, counts[k]);
    },
    rebin({ fromMs, widthMs, length: size }) {
      endRun();
      const out = new Array<number>(size).fill(0);
      for (let k = lowest; k <= highest; k++) {
        const count = counts ? (counts[k - first] as number) : single;
        if (count === 0) continue;
        // Moved times may have been rounded by less than a bucket.
        const at = Math.max(0, Math.min(size - 1, Math.floor((k * width) / widthMs) - Math.floor(fromMs / widthMs)));
        out[at] = (out[at] as number) + count;
      }
      return out;
    },
    shape: () => (highest < lowest ? null : { fromMs: lowest * width, widthMs: width, length: highest - lowest + 1 }),
    save() {
      endRun();
      return { level, first, lowest, highest, counts, single };
    },
  };
};
