import { toText } from './bytes.ts';

/** Memory all counters of one digest share, so that hostile input cannot make them add up. */
export type Budget = { bytes: number };

/** Counts the values of one variable. */
export type ValueCounter = {
  add(hash: number, b: Uint8Array, start: number, end: number, times?: number): void;
  distinct(): number;
  exact(): boolean;
  top(limit: number): { value: string; count: number }[];
  /** Takes in what another counter has seen. */
  merge(other: ValueCounter): void;
  /** What there is to take in. */
  state(): { hashes: Int32Array; counts: Uint32Array; values: string[]; registers: Uint8Array | null };
};

const exactBound = 200;
const longestValue = 120;
const pendingSize = 128;

/**
 * Distinct values exactly up to 200, then by HyperLogLog (Flajolet et al. 2007; 2,048 registers, standard error 2.3 %).
 * All values are counted while exact; afterwards a newcomer must outnumber the rarest listed value in a small
 * majority-vote table to take its place (after Misra and Gries), so that its count is a lower bound.
 */
export const createValueCounter = (budget: Budget): ValueCounter => {
  let table = new Int32Array(8);
  let slots = new Int16Array(8).fill(-1);
  const values: string[] = [];
  let hashes = new Int32Array(4);
  let counts = new Uint32Array(4);
  let size = 0;
  let registers: Uint8Array | null = null;
  let pending: Int32Array | null = null;
  let pendingCounts: Uint32Array | null = null;
  let rarest = 0;
  let last = -1;

  const locate = (hash: number): number => {
    const mask = table.length - 1;
    let at = hash & mask;
    while (slots[at] !== -1) {
      if (table[at] === hash) return slots[at] as number;
      at = (at + 1) & mask;
    }
    return -1;
  };

  const place = (hash: number, slot: number) => {
    const mask = table.length - 1;
    let at = hash & mask;
    while (slots[at] !== -1) at = (at + 1) & mask;
    table[at] = hash;
    slots[at] = slot;
  };

  /** Takes a slot out and closes the gap behind it, as linear probing needs. */
  const unplace = (slot: number) => {
    const mask = table.length - 1;
    let gap = (hashes[slot] as number) & mask;
    while (slots[gap] !== slot) gap = (gap + 1) & mask;
    for (let at = (gap + 1) & mask; slots[at] !== -1; at = (at + 1) & mask) {
      const home = (table[at] as number) & mask;
      if (((at - home) & mask) < ((at - gap) & mask)) continue;
      table[gap] = table[at] as number;
      slots[gap] = slots[at] as number;
      gap = at;
    }
    slots[gap] = -1;
  };

  const rehash = (length: number) => {
    table = new Int32Array(length);
    slots = new Int16Array(length).fill(-1);
    for (let k = 0; k < size; k++) place(hashes[k] as number, k);
  };

  const insert = (hash: number, b: Uint8Array, start: number, end: number, times: number) => {
    if (size === counts.length) {
      const [largerCounts, largerHashes] = [new Uint32Array(size * 2), new Int32Array(size * 2)];
      largerCounts.set(counts);
      largerHashes.set(hashes);
      counts = largerCounts;
      hashes = largerHashes;
    }
    const text = toText(b, start, Math.min(end, start + longestValue));
    budget.bytes -= 40 + text.length;
    values.push(text);
    hashes[size] = hash;
    counts[size] = times;
    if ((size + 1) * 2 > table.length) rehash(table.length * 2);
    place(hash, size++);
  };

  const estimateFrom = () => {
    registers = new Uint8Array(2048);
    budget.bytes -= 2048;
    for (let k = 0; k < size; k++) mark(registers, hashes[k] as number);
    if (budget.bytes > 0) {
      pending = new Int32Array(pendingSize);
      pendingCounts = new Uint32Array(pendingSize);
      budget.bytes -= pendingSize * 8;
    }
    rarest = findRarest();
  };

  const findRarest = (): number => {
    let at = 0;
    for (let k = 1; k < size; k++) if ((counts[k] as number) < (counts[at] as number)) at = k;
    return at;
  };

  const challenge = (hash: number, b: Uint8Array, start: number, end: number) => {
    if (!pending || !pendingCounts) return;
    const at = (hash >>> 11) & (pendingSize - 1);
    if (pendingCounts[at] === 0) pending[at] = hash;
    else if (pending[at] !== hash) {
      (pendingCounts[at] as number)--;
      return;
    }
    const count = ++(pendingCounts[at] as number);
    if (count <= (counts[rarest] as number)) return;
    // `rarest` may have grown since it was found: look again before replacing it.
    rarest = findRarest();
    if (count <= (counts[rarest] as number)) return;
    unplace(rarest);
    values[rarest] = toText(b, start, Math.min(end, start + longestValue));
    hashes[rarest] = hash;
    counts[rarest] = count;
    pendingCounts[at] = 0;
    place(hash, rarest);
    rarest = findRarest();
  };

  return {
    add(hash, b, start, end, times = 1) {
      if (last >= 0 && hashes[last] === hash) {
        (counts[last] as number) += times;
        return;
      }
      const slot = locate(hash);
      if (slot >= 0) {
        (counts[slot] as number) += times;
        last = slot;
        return;
      }
      if (registers) {
        mark(registers, hash);
        challenge(hash, b, start, end);
        return;
      }
      if (size < exactBound && (budget.bytes > 0 || size < 12)) insert(hash, b, start, end, times);
      else {
        estimateFrom();
        if (registers) mark(registers, hash);
      }
    },
    distinct: () => (registers ? Math.max(size + 1, estimate(registers)) : size),
    exact: () => registers === null,
    top(limit) {
      const order = [...values.keys()].sort((x, y) => (counts[y] as number) - (counts[x] as number) || x - y);
      return order.slice(0, limit).map((k) => ({ value: values[k] as string, count: counts[k] as number }));
    },
    merge(other) {
      const theirs = other.state();
      for (const [k, value] of theirs.values.entries()) {
        const bytes = Buffer.from(value);
        this.add(theirs.hashes[k] as number, bytes, 0, bytes.length, theirs.counts[k]);
      }
      if (!theirs.registers) return;
      if (!registers) estimateFrom();
      const mine = registers as Uint8Array | null;
      if (mine) for (const [k, height] of theirs.registers.entries()) if (height > (mine[k] as number)) mine[k] = height;
    },
    state: () => ({ hashes, counts, values, registers }),
  };
};

/** 11 bits choose the register, the run of zeros in the rest is its height. */
const mark = (registers: Uint8Array, hash: number): void => {
  // The value hash is used for buckets elsewhere: scramble once more so that the two are independent.
  const h = Math.imul(hash ^ 0x5bf03635, 0x9e3779b1);
  const g = h ^ (h >>> 15);
  const register = g >>> 21;
  const height = Math.clz32((g << 11) | 1024) + 1;
  if (height > (registers[register] as number)) registers[register] = height;
};

const estimate = (registers: Uint8Array): number => {
  const m = registers.length;
  let sum = 0;
  let empty = 0;
  for (const height of registers) {
    sum += 2 ** -height;
    if (height === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / m)) * m * m) / sum;
  return Math.round(raw <= 2.5 * m && empty > 0 ? m * Math.log(m / empty) : raw);
};
