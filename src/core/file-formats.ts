/** Formats that are no log, by the bytes they begin with (`at` others where text could begin so too). */
const formats: { name: string; magic: Buffer; at?: number }[] = [
  { name: 'a PNG image', magic: Buffer.from('\x89PNG', 'latin1') },
  { name: 'a JPEG image', magic: Buffer.from('\xff\xd8\xff', 'latin1') },
  { name: 'a GIF image', magic: Buffer.from('GIF89a', 'latin1') },
  { name: 'a GIF image', magic: Buffer.from('GIF87a', 'latin1') },
  { name: 'a PDF', magic: Buffer.from('%PDF-', 'latin1') },
  { name: 'a zip archive', magic: Buffer.from('PK\x03\x04', 'latin1') },
  { name: 'a 7z archive', magic: Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1') },
  { name: 'a rar archive', magic: Buffer.from('Rar!', 'latin1') },
  { name: 'an xz archive', magic: Buffer.from('\xfd7zXZ', 'latin1') },
  { name: 'a bzip2 archive', magic: Buffer.from('1AY&SY', 'latin1'), at: 4 },
  { name: 'a tar archive', magic: Buffer.from('ustar', 'latin1'), at: 257 },
  { name: 'an lz4 archive', magic: Buffer.from('\x04\x22\x4d\x18', 'latin1') },
  { name: 'an lzip archive', magic: Buffer.from('LZIP\x01', 'latin1') },
  { name: 'a compressed (.Z) file', magic: Buffer.from('\x1f\x9d', 'latin1') },
  { name: 'a program', magic: Buffer.from('\x7fELF', 'latin1') },
];

/** As many bytes as `formatOf` looks at. */
export const formatReach = 262;

/** What a file is that is no text, with its article; null when it may be text. */
export const formatOf = (start: Buffer): string | null =>
  formats.find(({ magic, at = 0 }) => start.subarray(at, at + magic.length).equals(magic))?.name ?? null;
