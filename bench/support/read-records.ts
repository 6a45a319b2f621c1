import { inferLevel, statusLevel, toLevel, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { createTimeReader } from '#src/logs/digest/heads/times.ts';
import { createLineReader } from '#src/logs/digest/lines/line-reader.ts';
import { createColumns } from '#src/logs/digest/records/columns.ts';
import { createFieldReader } from '#src/logs/digest/records/fields.ts';
import { createRecordBuilder } from '#src/logs/digest/records/records.ts';
import type { Level } from '#src/logs/digest/types.ts';

export type ReadRecord = {
  from: number;
  to: number;
  lines: number;
  level: Level;
  inferred: boolean;
  /** Milliseconds; of a time without a zone as if it were UTC. Null when none was found. */
  ms: number | null;
};

const maxLineBytes = 16 * 1024;

/** The records of a text as the digest sees them, before they are mined. */
export const readRecords = (bytes: Uint8Array): { records: ReadRecord[]; lines: number; blank: number } => {
  const times = createTimeReader();
  const columns = createColumns();
  const fields = createFieldReader({ times, maxLineBytes, columns });
  const records: ReadRecord[] = [];
  const builder = createRecordBuilder({
    times,
    maxLineBytes,
    columns,
    take({ from, to, lines, head, bytes: b, start, end }) {
      const view = fields.read(b, head.message, end, head, start);
      const stated = head.level !== unknownLevel;
      const guessed = view && view.status > 0 ? statusLevel(view.status) : inferLevel(b, head.message, end);
      const level = toLevel(stated ? head.level : guessed);
      records.push({ from, to, lines, level, inferred: !stated && level !== 'unknown', ms: head.hasTime ? head.ms : null });
    },
  });
  const reader = createLineReader({ maxLineBytes, take: builder.line });
  reader.push(bytes);
  builder.settle();
  reader.end();
  builder.end();
  return { records, ...builder.counts() };
};
