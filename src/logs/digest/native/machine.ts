import { flagsOf } from '#src/logs/digest/lines/byte-flags.ts';
import { nameBegins, nameHashes } from '#src/logs/digest/mining/named-words.ts';
import { endsAddress } from '#src/logs/digest/shapes/joints.ts';
import { isQuote } from '#src/logs/digest/shapes/scan.ts';
import { code } from './code.ts';
import { addressEndsAt, flagsAt, nameBeginsAt, namesAt, noughtsAt, pages, quotesAt, sortsAt } from './layout.ts';

/** The compiled code of this folder with a memory of its own, laid out as `layout.ts` says. One line reader has it at a time. */
export type Machine = {
  buffer: ArrayBuffer;
  bytes: Buffer;
  cells: Int32Array;
  /** As in `follow.as`. */
  follow(root: number, from: number, scan: number, shift: number): number;
  /** As `readRows` of `rows.as`. */
  readRows(root: number, start: number, last: number, shift: number, isCalm: number): number;
  /** Asked by the code for words that it does not read; given by who has the machine. */
  readOther(variable: number, from: number, start: number): number;
};

// To make one takes a millisecond, which is more than a short log does.
const idle: Machine[] = [];
const mostIdle = 4;

export const takeMachine = (): Machine => idle.pop() ?? createMachine();

/** It must be as it was, but for tables of bytes. */
export const giveBack = (machine: Machine): void => {
  if (idle.length < mostIdle) idle.push(machine);
};

type Exports = Pick<Machine, 'follow' | 'readRows'>;
let compiled: WebAssembly.Module | null = null;

const createMachine = (): Machine => {
  compiled ??= new WebAssembly.Module(Buffer.from(code, 'base64'));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const readOther = (variable: number, from: number, start: number): number => machine.readOther(variable, from, start);
  const { follow, readRows } = new WebAssembly.Instance(compiled, { env: { memory, readOther } }).exports as unknown as Exports;
  const buffer = memory.buffer as ArrayBuffer;
  const bytes = Buffer.from(buffer);
  const cells = new Int32Array(buffer);
  new Uint16Array(buffer, flagsAt, flagsOf.length).set(flagsOf);
  new Uint16Array(buffer, sortsAt, flagsOf.length).set(flagsOf.map((flags, c) => (isUnitless(c) ? flags | unitless : flags)));
  bytes.set(
    Uint8Array.from({ length: 256 }, (_, c) => (c >= 48 && c <= 57 ? 48 : c)),
    noughtsAt,
  );
  bytes.set(isQuote, quotesAt);
  bytes.set(endsAddress, addressEndsAt);
  bytes.set(nameBegins, nameBeginsAt);
  cells.set(nameHashes, namesAt >> 2);
  const machine: Machine = { buffer, bytes, cells, follow, readRows, readOther: () => 0 };
  return machine;
};

/** No unit has any of the letters a, c, e, f: '5d' and '12B' are no ids. */
const unitless = 1 << 12;
const isUnitless = (c: number): boolean => c === 97 || c === 99 || c === 101 || c === 102;
