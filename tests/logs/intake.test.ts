import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { takeIn } from '#src/logs/intake/index.ts';
import { unpackChunk } from '#src/logs/intake/pack-chunks.ts';

const limits = { maxBytes: 64 * 1024 * 1024, maxRatio: 1000 };

async function* inPieces(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const take = async (bytes: Buffer, { size = 7, ...changed }: Partial<typeof limits> & { size?: number } = {}) => {
  const chunks = [];
  for await (const chunk of takeIn(inPieces(bytes, size), { ...limits, ...changed })) chunks.push(chunk);
  return { chunks, text: Buffer.concat(await Promise.all(chunks.map(unpackChunk))).toString() };
};

/** As parallel packers write them: a header of eight bytes, then what nobody needs. */
function skippable(length: number): Buffer {
  const frame = Buffer.alloc(8 + length, 1);
  frame.writeUInt32LE(0x184d2a5b, 0);
  frame.writeUInt32LE(length, 4);
  return frame;
}

function utf32(text: string): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) as number);
  const bytes = Buffer.alloc(codes.length * 4);
  for (const [index, code] of codes.entries()) bytes.writeUInt32LE(code, index * 4);
  return bytes;
}

test.each([
  ['plain text', Buffer.from('one\ntwo\n')],
  ['gzip', gzipSync('one\ntwo\n')],
  ['zstd', zstdCompressSync(Buffer.from('one\ntwo\n'))],
  ['two gzip members, one after the other', Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])],
  ['two zstd frames', Buffer.concat([zstdCompressSync(Buffer.from('one\n')), zstdCompressSync(Buffer.from('two\n'))])],
  [
    'zstd with skippable frames before, between and behind',
    Buffer.concat([
      skippable(9),
      zstdCompressSync(Buffer.from('one\n')),
      skippable(0),
      zstdCompressSync(Buffer.from('two\n')),
      skippable(70_000),
    ]),
  ],
  ['UTF-8 with a BOM', Buffer.from('\ufeffone\ntwo\n')],
  ['UTF-16LE with a BOM', Buffer.from('\ufeffone\ntwo\n', 'utf16le')],
  ['UTF-32LE with a BOM', utf32('\ufeffone\ntwo\n')],
  ['UTF-32BE with a BOM', utf32('\ufeffone\ntwo\n').swap32()],
  ['UTF-16BE with a BOM', Buffer.from('\ufeffone\ntwo\n', 'utf16le').swap16()],
])('reads %s, however the bytes are cut', async (_name, bytes) => {
  for (const size of [1, 2, 3, 1000]) expect((await take(bytes, { size })).text).toBe('one\ntwo\n');
});

test('reads UTF-16 without a BOM by its zero bytes', async () => {
  const text = 'a line of plain words\nand another\n';
  expect((await take(Buffer.from(text, 'utf16le'), { size: 512 })).text).toBe(text);
});

test('reads Latin-1 lines among UTF-8 lines and keeps both', async () => {
  const bytes = Buffer.concat([Buffer.from('größe äöü\n'), Buffer.from('größe äöü\n', 'latin1'), Buffer.from('plain\n')]);
  expect((await take(bytes)).text).toBe('größe äöü\ngröße äöü\nplain\n');
});

test('reads what Windows writes as it is shown there: curly quotes and dashes', async () => {
  const bytes = Buffer.from('said \x93no\x94 \x96 caf\xe9 \x80 5\n', 'latin1');
  expect((await take(bytes)).text).toBe('said “no” – café € 5\n');
});

test('cuts an overlong line between characters, not within one', async () => {
  const line = '€'.repeat(1_500_000);
  const { text, chunks } = await take(Buffer.from(`${line}\nnext\n`), { size: 65_537 });
  expect(text).toBe(`${line}\nnext\n`);
  expect(Math.max(...chunks.map(({ bytes }) => bytes))).toBeLessThan(3 * 1024 * 1024);
  expect(chunks.at(-1)).toMatchObject({ firstLine: 1, newlines: 2 });
});

test('chunks of a long text say which lines they hold', async () => {
  const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index + 1} of a long log`);
  const { chunks } = await take(Buffer.from(lines.join('\n')), { size: 1 << 20 });
  expect(chunks.length).toBeGreaterThan(3);
  for (const chunk of chunks) expect((await unpackChunk(chunk)).toString().split('\n', 1)[0]).toBe(`line ${chunk.firstLine} of a long log`);
});

test.each([
  ['nothing', Buffer.from(''), 'BAD_INPUT', 'empty'],
  ['blank lines', Buffer.from('\n   \n\t\r\n'), 'BAD_INPUT', 'empty'],
  ['a PNG image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'BAD_INPUT', 'PNG image'],
  ['a PDF', Buffer.from('%PDF-1.7 and more than sixteen bytes'), 'BAD_INPUT', 'PDF'],
  ['a zip archive', Buffer.from('PK\u0003\u0004 and more than sixteen bytes'), 'BAD_INPUT', 'zip'],
  [
    'a tar archive',
    Buffer.concat([Buffer.from('app.log'.padEnd(257, '\0')), Buffer.from('ustar\u000000'), Buffer.alloc(200)]),
    'BAD_INPUT',
    'tar archive',
  ],
  ['a PNG image in gzip', gzipSync(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])), 'BAD_INPUT', 'PNG image'],
  ['gzip within gzip', gzipSync(gzipSync('one\ntwo\n')), 'BAD_INPUT', 'packed twice: what was unpacked is gzip again'],
  ['zstd within gzip', gzipSync(zstdCompressSync(Buffer.from('one\ntwo\n'))), 'BAD_INPUT', 'packed twice: what was unpacked is zstd again'],
  ['bzip2 within gzip', gzipSync(Buffer.from('BZh91AY&SY and more than sixteen bytes')), 'BAD_INPUT', 'bzip2 archive'],
  ['an lz4 archive', Buffer.from('\x04\x22\x4d\x18 and more than sixteen bytes', 'latin1'), 'BAD_INPUT', 'lz4 archive'],
  [
    'zstd with something behind it',
    Buffer.concat([zstdCompressSync(Buffer.from('one\n')), Buffer.from('and more')]),
    'BAD_INPUT',
    'damaged',
  ],
  [
    'zstd that is cut off in its second frame',
    Buffer.concat([zstdCompressSync(Buffer.from('one\n')), zstdCompressSync(Buffer.from('two\n')).subarray(0, 9)]),
    'BAD_INPUT',
    'damaged',
  ],
  ['bytes drawn by lot', randomBytes(20_000), 'BAD_INPUT', 'binary'],
  ['binary data', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7) % 32)), 'BAD_INPUT', 'binary'],
  ['gzip that was cut off', gzipSync('some text that was cut off').subarray(0, 20), 'BAD_INPUT', 'damaged'],
  ['gzip of nothing', gzipSync(''), 'BAD_INPUT', 'empty'],
])('says in words that it cannot take %s', async (_name, bytes, code, word) => {
  await expect(take(bytes)).rejects.toMatchObject({ code, message: expect.stringContaining(word) });
});

test('stops at the size limit, of the text and not of the archive', async () => {
  await expect(take(gzipSync('x\n'.repeat(100_000)), { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect((await take(gzipSync('x\n'.repeat(50_000)), { maxBytes: 100_000 })).text).toHaveLength(100_000);
});

test('stops an archive bomb by its ratio, long before the size limit', async () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 'a'));
  await expect(take(bomb, { size: 4096, maxRatio: 100 })).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringContaining('bomb'),
  });
});

test('NUL bytes, colour codes and CRLF are kept as they came', async () => {
  const text = 'a\u0000b\r\n\u001b[31mred\u001b[0m\r\n';
  expect((await take(Buffer.from(text))).text).toBe(text);
});

test('a log whose lines end with carriage returns alone is read as lines, however the bytes are cut', async () => {
  const text = 'one\rtwo\r\rthree\r';
  for (const size of [1, 2, 3, 1000]) {
    expect((await take(Buffer.from(text), { size })).text).toBe('one\ntwo\n\nthree\n');
    expect((await take(Buffer.from(`\ufeff${text}`, 'utf16le'), { size })).text).toBe('one\ntwo\n\nthree\n');
  }
  const long = Array.from({ length: 200_000 }, (_, index) => `line ${index + 1}`);
  const { chunks, text: read } = await take(Buffer.from(long.join('\r')), { size: 65_537 });
  expect(read).toBe(long.join('\n'));
  expect(chunks[1]?.firstLine).toBeGreaterThan(1);
});

test('in a log whose lines end with line feeds, a carriage return is part of its line, as in a progress bar', async () => {
  for (const text of ['10%\r50%\r100%\ndone\n', 'one\r\ntwo\r\n', 'one\n10%\r20%\r30%'])
    for (const size of [1, 2, 3, 1000]) expect((await take(Buffer.from(text), { size })).text).toBe(text);
});

test('line feeds that come late do not undo the lines that were read before them', async () => {
  const before = 'a line of an old machine\r'.repeat(4000);
  const text = (await take(Buffer.from(`${before}one\r\ntwo\n`), { size: 1024 })).text;
  expect(text).toBe(`${before.replaceAll('\r', '\n')}one\r\ntwo\n`);
});
