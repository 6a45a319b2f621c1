import { hashBytes, isDigit, isLetter, isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { type Role, roleOf } from './field-roles.ts';

/** What a log says of the columns of its lines: in a directive ('#Fields: date time cs-method sc-status') or in its first line, as tables are exported. */
export type Columns = {
  /** Takes note of a line that names columns; those before are void. Whether it did. */
  note(b: Uint8Array, start: number, end: number, isFirst: boolean): boolean;
  /** Finds the cells of a line, one of each column, in `cells`; false where it has fewer or more, or what is no status stands where one must. */
  cut(b: Uint8Array, start: number, end: number): boolean;
  cells: Cell[];
  /** The line that named them: keys stand in it. */
  names(): Uint8Array;
};

/** `method` and `path` are what was asked for; `skip` a cell that says nothing. */
type ColumnRole = Role | 'method' | 'path' | undefined;

export type Cell = { role: ColumnRole; keyStart: number; keyEnd: number; start: number; end: number; quoted: boolean };

const maxColumns = 64;
const longestName = 48;

export const createColumns = (): Columns => {
  const cells: Cell[] = [];
  let names: Uint8Array = new Uint8Array(0);
  // How names were parted, which is how cells are where no tab says otherwise.
  let parted = 32;
  let count = 0;
  let hasRest = false;

  const nameColumns = (b: Uint8Array, from: number, end: number): number => {
    parted = separatorOf(b, from, end);
    let found = 0;
    for (let i = from; i <= end && found <= maxColumns; ) {
      if (parted === 32) i = skipSpaces(b, i, end);
      if (i >= end) break;
      const cell = (cells[found] ??= createCell());
      i = cutCell(b, i, end, parted, cell) + 1;
      if (cell.end === cell.start || cell.end - cell.start > longestName) return 0;
      [cell.keyStart, cell.keyEnd] = [cell.start - from, cell.end - from];
      cell.role = columnRole(b, cell.start, cell.end);
      found++;
    }
    if (found > maxColumns) return 0;
    names = Uint8Array.from(b.subarray(from, end));
    onlyOnce('method', found);
    onlyOnce('path', found);
    onlyOnce('status', found);
    return found;
  };

  /** What was asked for, and how it ended, is said once; 'cs-uri-stem' stands before what else is called so. */
  const onlyOnce = (role: ColumnRole, found: number) => {
    let first = true;
    for (let k = 0; k < found; k++) {
      const cell = cells[k] as Cell;
      if (cell.role !== role) continue;
      if (!first) cell.role = undefined;
      first = false;
    }
  };

  return {
    cells,
    names: () => names,
    note(b, start, end, isFirst) {
      const at = namesAt(b, start, end);
      if (at < 0 && !(isFirst && isHeaderRow(b, start, end))) return false;
      count = nameColumns(b, at < 0 ? start : at, end);
      cells.length = count;
      // The viewer of Windows' events exports a message that no column is named for.
      hasRest = count > 0 && parted === 44 && cells.every(({ role }) => role !== 'message');
      if (hasRest) cells.push({ ...createCell(), role: 'message' });
      return true;
    },
    cut(b, start, end) {
      if (count === 0 || b[start] === 35) return false;
      const by = parted === 32 && b.subarray(start, end).includes(9) ? 9 : parted;
      let i = start;
      for (let k = 0; k < count; k++) {
        if (by === 32) i = skipSpaces(b, i, end);
        if (i > end || (by === 32 && i >= end)) return false;
        const cell = cells[k] as Cell;
        i = cutCell(b, i, end, by, cell) + 1;
        if (cell.role === 'status' && !isStatusCell(b, cell)) return false;
      }
      if (hasRest) {
        const rest = cells[count] as Cell;
        rest.start = rest.end = end;
        if (i < end) i = cutCell(b, i, end, by, rest) + 1;
      }
      return (by === 32 ? skipSpaces(b, i - 1, end) : i) >= end;
    },
  };
};

const createCell = (): Cell => ({ role: undefined, keyStart: 0, keyEnd: 0, start: 0, end: 0, quoted: false });

/** Behind '#Fields:' of W3C's extended format or '#fields' of Zeek, or -1. */
const namesAt = (b: Uint8Array, start: number, end: number): number => {
  if (b[start] !== 35 || end - start < 10 || ((b[start + 1] as number) | 32) !== 102 || !startsWith(b, start + 2, end, 'ields')) return -1;
  const colon = b[start + 7] === 58 ? start + 8 : start + 7;
  return isSpace(b[colon]) ? skipSpaces(b, colon, end) : -1;
};

/** '#Date: 2026-11-28 02:10:00', '#open\t2026-11-28-02-10-00': where the time stands from which on the log was written, or -1. */
export const dateAt = (b: Uint8Array, start: number, end: number): number =>
  startsWith(b, start, end, '#Date: ') ? skipSpaces(b, start + 7, end) : -1;

/** '#Software: …', '#close\t…': a log begins anew, or ends. */
export const isDirective = (b: Uint8Array, start: number, end: number): boolean => {
  if (b[start] !== 35) return false;
  let i = start + 1;
  while (i < end && (isLetter(b[i]) || b[i] === 45)) i++;
  return i - start > 3 && ((b[i] === 58 && b[i + 1] === 32) || b[i] === 9);
};

const separatorOf = (b: Uint8Array, from: number, end: number): number => {
  for (const separator of [9, 44, 59]) if (b.subarray(from, end).includes(separator)) return separator;
  return 32;
};

/** One cell from `from` on: where it and its separator begin. A quoted one may have separators in it, and quotation marks twice. */
const cutCell = (b: Uint8Array, from: number, end: number, by: number, cell: Cell): number => {
  cell.quoted = b[from] === 34;
  let i = from;
  if (cell.quoted) {
    i++;
    while (i < end && (b[i] !== 34 || b[i + 1] === 34)) i += b[i] === 34 ? 2 : 1;
    [cell.start, cell.end] = [from + 1, Math.min(i, end)];
    while (i < end && b[i] !== by) i++;
    return i;
  }
  while (i < end && b[i] !== by) i++;
  [cell.start, cell.end] = [from, i];
  while (by !== 32 && cell.start < cell.end && isSpace(b[cell.start])) cell.start++;
  return i;
};

/** Three digits; '-' and '000' where nothing was answered. */
const isStatusCell = (b: Uint8Array, { start, end }: Cell): boolean =>
  (end - start === 3 && isDigit(b[start]) && isDigit(b[start + 1]) && isDigit(b[start + 2])) ||
  (end - start <= 1 && (b[start] === 45 || b[start] === 48 || start === end));

// Who speaks to whom: 'cs-method', 'sc-status', 'c-ip', 'x-edge-location'.
const prefix = /^(?:cs|sc|rs|sr|c|s|r|x)(?=[-(])-?/;

const methods = new Set(['method', 'request_method', 'requestmethod', 'http_method', 'verb']);
const paths = new Set([
  'uri-stem',
  'uri',
  'uri-path',
  'uri_path',
  'url',
  'request_uri',
  'requesturi',
  'request_path',
  'path',
  'request_url',
  'requesturl',
]);
const times = new Set([
  'date-time',
  'date_time',
  'date_and_time',
  'timegenerated',
  'time_generated',
  'timegenerated_[utc]',
  '_time',
  'gmttime',
  'localtime',
  'event_time',
  'created_at',
  'start_time',
  'time_local',
  'timestamp_[utc]',
  'timestamp_(utc)',
]);

const columnRole = (b: Uint8Array, start: number, end: number): ColumnRole => {
  const name = String.fromCharCode(...b.subarray(start, end))
    .trim()
    .toLowerCase()
    .replace(/ /g, '_');
  const bare = name.replace(prefix, '').replace(/^\((.*)\)$/, '$1');
  if (methods.has(bare)) return 'method';
  if (paths.has(bare)) return 'path';
  if (times.has(bare)) return 'time';
  const bytes = Buffer.from(bare);
  const role = roleOf(hashBytes(bytes, 0, bytes.length, 32)) ?? (bare === 'content' || bare === 'description' ? 'message' : undefined);
  // What is skipped in an object is one of a few columns here.
  return role === 'skip' || role === 'stream' ? undefined : role;
};

/** 'Date,Level,Message': words parted by a comma, a tab or a semicolon, a time among them and something else that is known. */
const isHeaderRow = (b: Uint8Array, start: number, end: number): boolean => {
  const by = separatorOf(b, start, end);
  if (by === 32 || end - start > 4000) return false;
  const cell = createCell();
  let columns = 0;
  let timed = 0;
  let known = 0;
  for (let i = start; i <= end; columns++) {
    i = cutCell(b, i, end, by, cell) + 1;
    if (!isName(b, cell)) return false;
    const role = columnRole(b, cell.start, cell.end);
    if (role === 'time') timed++;
    else if (role === 'level' || role === 'message' || role === 'status' || role === 'method') known++;
  }
  return columns >= 2 && timed > 0 && known > 0;
};

const isName = (b: Uint8Array, { start, end }: Cell): boolean => {
  if (end - start < 1 || end - start > longestName || isDigit(b[start])) return false;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (!isLetter(c) && !isDigit(c) && !nameMarks.has(c)) return false;
  }
  return true;
};
const nameMarks = new Set(Buffer.from(' _-@.()[]/'));
