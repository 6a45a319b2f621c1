/** A text as a model would read it: without tricks of writing (full-width letters, zero-width characters, spaced out words, digits for letters). */
export const asRead = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\u00AD]+/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}[ .\-_]){3,}\p{L}(?![\p{L}\p{N}])/gu, (spaced) => spaced.replace(/[ .\-_]/g, ''))
    .replace(/(?<=\p{L})[01345](?=\p{L})/gu, (digit) => letters[digit] ?? digit);

const letters: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's' };
