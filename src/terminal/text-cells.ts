/**
 * Text that cannot steer a terminal: escape sequences, control characters and characters that reorder or hide text are shown as
 * '�' or a space. A log decides what is printed, never how.
 */
export const toCells = (text: string): string =>
  text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '�');

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns a text takes: wide characters (East Asian, emoji) take two, combining ones none. */
export const cellsOf = (text: string): number => {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) cells += isWide(segment) ? 2 : /^[\p{Mn}\p{Me}]+$/u.test(segment) ? 0 : 1;
  return cells;
};

const isWide = (segment: string): boolean =>
  /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ||
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
    segment,
  );

/** Cut or filled with spaces to exactly `cells` columns. */
export const fitCells = (text: string, cells: number): string => {
  if (cellsOf(text) > cells) return `${take(text, cells - 1)}…`.padEnd(cells);
  return text + ' '.repeat(cells - cellsOf(text));
};

/** Lines of at most `cells` columns, broken between words; a word longer than a line is broken where the line ends. */
export const wrap = (text: string, cells: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?=\S)/)) {
    if (line === '' ? cellsOf(word) <= cells : cellsOf(line) + 1 + cellsOf(word) <= cells) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = word.trimStart();
    while (cellsOf(line) > cells) {
      const part = take(line, cells);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
};

const take = (text: string, cells: number): string => {
  let taken = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += cellsOf(segment);
    if (used > cells && taken !== '') break;
    taken += segment;
  }
  return taken;
};
