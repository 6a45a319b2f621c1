/** A map from 64 bits in two halves to small numbers from 0 on, in flat arrays: a look-up allocates nothing. */
export type PairTable = {
  size(): number;
  /** The number given to the pair, or -1. */
  locate(low: number, high: number): number;
  /** Gives the pair, which must be new, the next number. */
  insert(low: number, high: number): number;
};

export const createPairTable = (): PairTable => {
  // Short logs have a pattern or two: arrays this small need no memory of their own.
  let capacity = 1 << 4;
  let slots = new Int32Array(capacity).fill(-1);
  let size = 0;
  let lows = new Int32Array(capacity / 2);
  let highs = new Int32Array(capacity / 2);

  const place = (low: number, index: number) => {
    let at = low & (capacity - 1);
    while (slots[at] !== -1) at = (at + 1) & (capacity - 1);
    slots[at] = index;
  };

  const grow = () => {
    capacity *= 2;
    slots = new Int32Array(capacity).fill(-1);
    for (let k = 0; k < size; k++) place(lows[k] as number, k);
    const [largerLows, largerHighs] = [new Int32Array(capacity / 2), new Int32Array(capacity / 2)];
    largerLows.set(lows);
    largerHighs.set(highs);
    [lows, highs] = [largerLows, largerHighs];
  };

  return {
    size: () => size,
    locate(low, high) {
      for (let at = low & (capacity - 1); ; at = (at + 1) & (capacity - 1)) {
        const index = slots[at] as number;
        if (index === -1 || (lows[index] === low && highs[index] === high)) return index;
      }
    },
    insert(low, high) {
      if (size === lows.length) grow();
      lows[size] = low;
      highs[size] = high;
      place(low, size);
      return size++;
    },
  };
};
