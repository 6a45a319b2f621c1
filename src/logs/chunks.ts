import { LogChunk } from '#db/entities/log-chunk.ts';
import { type Db, queryRows } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { writeTogether } from '#db/write-together.ts';
import { newId } from '#src/core/ids.ts';
import type { BlobStore, StoredBytes } from '#src/core/ports.ts';
import type { PackedChunk } from './intake/index.ts';
import { unpackChunk } from './intake/pack-chunks.ts';

export type StoredText = { bytes: number; lineCount: number };

type OfLog = { id: string; workspaceId: string };

/** A chunk as its row, once its bytes are kept. */
export const chunkRow = (log: OfLog, { endsLine: _, ...columns }: PackedChunk, kept: StoredBytes): readonly [typeof LogChunk, object] => [
  LogChunk,
  { logId: log.id, workspaceId: log.workspaceId, ...columns, ...kept },
];

/** Keeps a chunk's bytes. Each try has keys of its own, so that two of the same log never write over one another. */
export const keepChunk = (blobs: BlobStore, log: OfLog, chunk: PackedChunk, attempt = newId('try')): Promise<StoredBytes> =>
  blobs.put(`logs/${log.workspaceId}/${log.id}/${attempt}/${chunk.seq}`, chunk.data);

// A store that is far away takes several at a time.
const ON_THEIR_WAY = 4;

/** Stores a log's chunks; call it inside a transaction, so that what throws half-way leaves no row. */
export const storeChunks = async (
  { db, blobs }: { db: Db; blobs: BlobStore },
  log: OfLog,
  chunks: AsyncIterable<PackedChunk>,
): Promise<StoredText> => {
  const attempt = newId('try');
  const underWay: { chunk: PackedChunk; kept: Promise<StoredBytes> }[] = [];
  let stored = { bytes: 0, lineCount: 0 };
  const write = async (leave: number): Promise<void> => {
    while (underWay.length > leave) {
      const { chunk, kept } = underWay.shift() as (typeof underWay)[number];
      await writeTogether(db, { rows: [chunkRow(log, chunk, await kept)] });
      stored = { bytes: stored.bytes + chunk.bytes, lineCount: linesUpTo(chunk) };
    }
  };
  for await (const chunk of chunks) {
    const kept = keepChunk(blobs, log, chunk, attempt);
    // Whoever waits for an earlier one hears of a failure when its turn comes.
    kept.catch(() => {});
    underWay.push({ chunk, kept });
    await write(ON_THEIR_WAY - 1);
  }
  await write(0);
  return stored;
};

/** How many lines a text has that ends with this chunk. */
export const linesUpTo = ({ firstLine, newlines, endsLine }: PackedChunk): number => firstLine - 1 + newlines + (endsLine ? 0 : 1);

/** A chunk as it lies in the database; `bytes` is the size of its text. */
export type StoredChunk = StoredBytes & { bytes: number };

type From = { db: Db; blobs: BlobStore };

/** A log's text as UTF-8 bytes, a chunk at a time. `bytes` is the text's size: it tells the last chunk without asking for one more. */
export async function* readText(
  from: From,
  { id, bytes }: { id: string; bytes: number },
  first: StoredChunk | null,
): AsyncIterable<Buffer> {
  let seen = 0;
  for (let seq = 0; seen < bytes; seq++) {
    const chunk = seq === 0 && first ? first : await findChunk(from.db, id, seq);
    if (!chunk) return;
    seen += chunk.bytes;
    yield await textOf(from.blobs, chunk);
  }
}

const textOf = async (blobs: BlobStore, chunk: StoredChunk): Promise<Buffer> =>
  unpackChunk({ data: await blobs.get(chunk), bytes: chunk.bytes });

const findChunk = async (db: Db, logId: string, seq: number): Promise<StoredChunk | undefined> =>
  (
    await queryPrepared<StoredChunk>(db, 'select data, blob_key as "blobKey", bytes from log_chunk where log_id = ? and seq = ?', [
      logId,
      seq,
    ])
  )[0];

export type TextLine = { number: number; text: string; truncated: boolean };

const MAX_LINE_CHARACTERS = 10_000;
const LINE_FEED = 0x0a;

/** Lines from..to (1-based, inclusive), cleaned for showing. Reads only the chunks they begin in, and what an overlong line needs. */
export const readLines = async ({ db, blobs }: From, logId: string, from: number, to: number): Promise<TextLine[]> => {
  const chunks = await queryRows(db, LogChunk)
    .select(['seq', 'firstLine', 'newlines'])
    .andWhere({ logId, firstLine: { $lte: to } })
    .andWhere('first_line + newlines >= ?', [from])
    .orderBy({ seq: 'asc' })
    .execute<{ seq: number; firstLine: number; newlines: number }[]>();
  const lines = new Map<number, Buffer[]>();
  const lengths = new Map<number, number>();
  for (const { seq, firstLine, newlines } of chunks) {
    const begun = Number(firstLine);
    // The middle of an overlong line: nothing in it would be shown.
    if (Number(newlines) === 0 && (lengths.get(begun) ?? 0) > MAX_LINE_CHARACTERS * 4) continue;
    const chunk = await findChunk(db, logId, seq);
    if (!chunk) break;
    let number = begun;
    const text = await textOf(blobs, chunk);
    for (let start = 0; start < text.length && number <= to; number++) {
      const end = text.indexOf(LINE_FEED, start);
      const stop = end < 0 ? text.length : end;
      if (number >= from) {
        const held = lines.get(number) ?? [];
        held.push(text.subarray(start, Math.min(stop, start + MAX_LINE_CHARACTERS * 4 + 1)));
        lines.set(number, held);
        lengths.set(number, (lengths.get(number) ?? 0) + stop - start);
      }
      if (end < 0) break;
      start = end + 1;
    }
  }
  return [...lines].map(([number, parts]) => shown(number, Buffer.concat(parts).toString()));
};

const shown = (number: number, raw: string): TextLine => {
  const text = cleanLine(raw);
  return text.length > MAX_LINE_CHARACTERS
    ? { number, text: text.slice(0, MAX_LINE_CHARACTERS), truncated: true }
    : { number, text, truncated: false };
};

// Colour and cursor codes, and control characters other than tab, would act on a terminal or break a JSON reader.
const CONTROLS = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[\u0000-\u0008\u000b-\u001f\u007f]/g;
const cleanLine = (raw: string): string => raw.replace(CONTROLS, '');
