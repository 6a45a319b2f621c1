/**
 * What blocks say, in order and each thing once; what is in `said` already is left out. For many bots `text` is only the notification's
 * line and the alert itself is in the blocks; for people Slack writes the same words into both.
 */
export const blocksText = (blocks: unknown[] | null | undefined, said = ''): string => {
  let heard = wordsOf(said);
  const told: string[] = [];
  for (const pieces of (blocks ?? []).flatMap(unitsWithin)) {
    if (pieces.every((piece) => heard.includes(wordsOf(piece)))) continue;
    const text = pieces.join('');
    told.push(text);
    heard += wordsOf(text);
  }
  return told.join('\n');
};

/** Words between single blanks, without markup and punctuation: `text` marks bold and links up where blocks do not. */
const wordsOf = (text: string): string => {
  const words = text.replace(/&(lt|gt|amp);/g, ' ').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length > 0 ? ` ${words.join(' ')} ` : ' ';
};

type Fields = { type?: unknown; text?: unknown; url?: unknown; fields?: unknown; elements?: unknown; title?: unknown; rows?: unknown };

/** The units of a block that stand on lines of their own, each as its pieces: inline pieces of rich text belong to one unit. */
const unitsWithin = (block: unknown): string[][] => {
  if (typeof block !== 'object' || block === null) return [];
  const { type, text, url, fields, elements, title, rows } = block as Fields;
  // Buttons and menus say what can be done.
  if (type === 'actions' || type === 'input') return [];
  if (typeof text === 'string') return text === '' ? [] : [[text]];
  if (typeof url === 'string' && type === 'link') return [[url]];
  if (type === 'table') return listOf(rows).map(rowOf);
  const units = [text, title, ...listOf(fields), ...listOf(elements)].flatMap(unitsWithin);
  return units.length > 0 && INLINE.has(type) ? [units.flat()] : units;
};

/** The cells of a table's row, on one line. */
const rowOf = (cells: unknown): string[] =>
  listOf(cells).flatMap((cell, at) => [...(at === 0 ? [] : [' | ']), unitsWithin(cell).flat().join(' ')]);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const INLINE: ReadonlySet<unknown> = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);
