import {
  type Budget,
  counterOverhead,
  type Estimate,
  endRun,
  findFloor,
  findRarest,
  hasRoom,
  insertText,
  listedBound,
  listFewer,
  locate,
  locateListed,
  mark,
  placeListed,
  registersAt,
  registersOf,
  startEstimate,
  tableAt,
  takeCells,
  type ValueCounter,
} from './counting.ts';

/**
 * Takes in what another counter has seen: exactly, while there is room for all values; estimates by the higher of two registers, with the
 * most frequent of both lists. A value that only one of them lists has the count it has there, which it has at least.
 */
export const mergeCounter = (into: ValueCounter, from: ValueCounter): void => {
  endRun(into);
  endRun(from);
  if (!(into.estimate || from.estimate) && addListed(into, from)) return;
  const mine = into.estimate ?? startEstimate(into);
  into.sure = Math.max(into.sure, from.estimate ? from.sure : from.values.length);
  if (from.estimate) mergeRegisters(mine, from.estimate);
  else for (const hash of from.hashes) mark(mine, hash);
  mergeLists(into, mine, from);
};

/** Moves a counter to where others are kept, and takes what it needs out of their budget. */
export const moveCounter = (counter: ValueCounter, budget: Budget): void => {
  endRun(counter);
  counter.budget = budget;
  budget.bytes -= counterOverhead + (counter.table?.length ?? 0);
  for (const value of counter.values) budget.bytes -= 80 + value.length;
  const { estimate } = counter;
  if (!estimate) return;
  const size = registersAt + (1 << estimate.bits) / 4;
  const { cells, from } = estimate;
  const to = takeCells(budget, size);
  budget.slab.set(cells.subarray(from, from + size), to);
  budget.bytes -= size * 4;
  [estimate.cells, estimate.from] = [budget.slab, to];
};

/** False when there is no room for all. */
const addListed = (into: ValueCounter, from: ValueCounter): boolean => {
  let k = 0;
  for (; k < from.hashes.length; k++) {
    const hash = from.hashes[k] as number;
    const place = locate(into, hash);
    if (place >= 0) (into.counts[place] as number) += from.counts[k] as number;
    else if (hasRoom(into)) insertText(into, hash, from.values[k] as string, from.counts[k] as number);
    else break;
  }
  if (k === from.hashes.length) return true;
  // What was added is not added once more.
  from.hashes = from.hashes.slice(k);
  from.counts = from.counts.slice(k);
  from.values = from.values.slice(k);
  return false;
};

const mergeRegisters = (mine: Estimate, theirs: Estimate): void => {
  const bits = Math.min(mine.bits, theirs.bits);
  const other = foldRegisters(registersOf(theirs), 1 << bits);
  const folded = foldRegisters(registersOf(mine), 1 << bits);
  mine.bits = bits;
  for (let k = 0; k < folded.length; k++) folded[k] = Math.max(folded[k] as number, other[k] as number);
  registersOf(mine).set(folded);
  findFloor(mine);
};

const mergeLists = (into: ValueCounter, estimate: Estimate, from: ValueCounter): void => {
  const { cells, from: at } = estimate;
  const listedBefore = into.hashes.length;
  for (let k = 0; k < from.hashes.length; k++) {
    const hash = from.hashes[k] as number;
    const count = from.counts[k] as number;
    const place = locateListed(into.hashes, estimate, hash);
    if (place >= 0) (into.counts[place] as number) += count;
    else if (listedBefore < listedBound || count > into.leastCount) {
      into.hashes.push(hash);
      into.counts.push(count);
      into.values.push(from.values[k] as string);
    }
  }
  if (into.hashes.length > listedBefore) {
    listFewer(into);
    cells.fill(0, at + tableAt, at + registersAt);
    for (let k = 0; k < into.hashes.length; k++) placeListed(estimate, into.hashes[k] as number, k);
  }
  findRarest(into);
};

/** As if only `size` registers had been there from the start: bits of the register number become bits of the run. */
const foldRegisters = (registers: Uint8Array, size: number): Uint8Array => {
  const shift = Math.log2(registers.length / size);
  if (shift === 0) return registers;
  const folded = new Uint8Array(size);
  for (const [k, height] of registers.entries()) {
    const rest = k & ((1 << shift) - 1);
    const taller = height === 0 ? 0 : rest > 0 ? Math.clz32(rest) - (32 - shift) + 1 : height + shift;
    if (taller > (folded[k >>> shift] as number)) folded[k >>> shift] = taller;
  }
  return folded;
};
