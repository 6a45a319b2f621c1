import { rememberTexts } from '#src/core/remember-texts.ts';
import { factName } from '#src/logs/wording/facts.ts';
import { stemOf } from './vocabulary.ts';

/** A piece of a claim in its order, marks and quotations included: what turns a sentence round is a matter of order. */
export type Token = {
  kind: 'word' | 'number' | 'fact' | 'phrase' | 'mark';
  text: string;
  lower: string;
  stem: string;
  /** Of a fact: of which pattern it is, and which. */
  owner: string;
  name: string;
};

/** "didn't" is two words, a number with its unit one, and so is what stands between quotation marks. */
export const tokensOf = rememberTexts((text): readonly Token[] => {
  const tokens: Token[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    const fact = factName.exec(piece);
    factName.lastIndex = 0;
    if (fact) tokens.push({ ...toToken('fact', piece), owner: fact[1] ?? '', name: fact[2] ?? '' });
    else if (/^[“"`]./.test(piece)) tokens.push(toToken('phrase', piece.slice(1, -1)));
    else if (/^[.,:;!?()–—→…]+$/.test(piece)) tokens.push(toToken('mark', piece));
    else tokens.push(...ofWord(piece));
  }
  return tokens;
});

const pieces = /“[^”]*”|"[^"]*"|`[^`]*`|\{(?:log|P[\dP+]+)\.[\w.]+\}|[()–—→…;!?]|,(?!\d)|(?:[^\s()–—→“”"`,;!?…{}]|,(?=\d))+|[{}]/gu;

const ofWord = (piece: string): Token[] => {
  const text = piece.replace(/^['‘’«‹„*]+|[.:'‘’»›*]+$/gu, '');
  const mark = /[.:]['’»›*]*$/u.test(piece) ? [toToken('mark', piece.slice(-1))] : [];
  if (text === '') return mark;
  if (/^[#~+-]?\d/.test(text)) return [toToken('number', text), ...mark];
  const denied = /^(\p{L}+)n['’]t$/u.exec(text)?.[1] ?? /^(can)not$/i.exec(text)?.[1];
  return denied ? [toToken('word', denied), toToken('word', 'not'), ...mark] : [toToken('word', text), ...mark];
};

const toToken = (kind: Token['kind'], text: string): Token => ({
  kind,
  text,
  lower: text.toLowerCase(),
  stem: stemOf(text.toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '')),
  owner: '',
  name: '',
});

/** From one mark to the next. */
export const clausesOf = (tokens: readonly Token[]): Token[][] => {
  const clauses: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && !/[()]/.test(token.text)) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
};
