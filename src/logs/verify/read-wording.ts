import { rememberTexts } from '#src/core/remember-texts.ts';
import { factName } from '#src/logs/wording/facts.ts';
import { stemOf } from './vocabulary.ts';

/** A word of a claim in its place. A fact in braces is one word; what stands between quotation marks is none. */
export type Word = {
  text: string;
  lower: string;
  stem: string;
  /** Lower-case letters and nothing else, so neither a number nor a name. */
  plain: boolean;
  /** Of a fact: whose and which. */
  fact: { owner: string; name: string } | null;
  /** Begins a sentence, or what follows a colon. */
  opens: boolean;
  /** A mark stands behind it that ends a clause. */
  closes: boolean;
};

export type Wording = { words: readonly Word[]; phrases: readonly string[] };

/** A claim taken apart, so that each of its words can be looked up. */
export const readWording = (text: string): Wording => {
  const phrases: string[] = [];
  const rest = toAsciiDigits(text.replace(masked, ' ')).replace(quotations, (_, ...found: unknown[]) => {
    phrases.push(found.slice(0, quotationKinds).find((one): one is string => typeof one === 'string') ?? '');
    return ' \u0002 ';
  });
  return { words: readWords(rest), phrases };
};

/** Stands for a secret: it says nothing, and nothing can be looked up. */
const masked = /\[masked: [^\]]{1,40}\]/g;

/** Quotations aside, the built-in engine says many of its sentences again and again. */
const readWords = rememberTexts((text): readonly Word[] => {
  const facts: { owner: string; name: string }[] = [];
  const plain = text.replace(factName, (_, owner: string, name: string) => {
    facts.push({ owner, name });
    return `\u0001${facts.length - 1}\u0003`;
  });
  return toWords(plain, facts);
});

/** “…”, "…", `…`, «…», ‘…’, ‹…›, „…“, 「…」, and '…' where it is no apostrophe. */
const quotations =
  /“([^”]{1,400})”|"([^"]{1,400})"|`([^`]{1,400})`|«\s?([^»]{1,400}?)\s?»|‘([^’]{1,400})’(?!\p{L})|‹([^›]{1,400})›|„([^“”]{1,400})[“”]|「([^」]{1,400})」|(?<![\p{L}\p{N}])'([^'\n]{2,400})'(?![\p{L}\p{N}])/gu;
const quotationKinds = 9;

/** Digits of every script, and of every style, count as digits: '١٢' and '１２' are 12. */
const toAsciiDigits = (text: string): string =>
  beyondLatin.test(text)
    ? text
        .replace(/\p{Nd}/gu, (digit) => (digit >= '0' && digit <= '9' ? digit : String(digitValue(digit))))
        .replace(/[\p{No}\p{Nl}]/gu, (sign) => ` ${sign.normalize('NFKD').replace(/\u2044/g, '/')} `)
    : text.replace(/[¼½¾²³¹]/g, (sign) => ` ${sign.normalize('NFKD').replace(/\u2044/g, '/')} `);

// The quotation marks and dashes of our own sentences aside.
const beyondLatin = /[^\u0000-\u00ff\u2010-\u2027]/;

// The ten digits of a script follow one another; the zero is where counting back leaves its range.
const digitValue = (digit: string): number => {
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
};

const toWords = (plain: string, facts: readonly { owner: string; name: string }[]): Word[] => {
  const words: Word[] = [];
  let opens = true;
  for (const part of plain.split(/\s+|,(?!\d)|(?<!\d),|[–—→×(){}[\]<>|!?;…]+/u)) {
    if (part === '') continue;
    // A quotation or a mark: what follows goes on.
    const text = part.replace(/^[^\p{L}\p{N}\u0001/~.]+|^\.(?=\D)|[.:,=*%+\u0002'"`’]+$/gu, '');
    if (text !== '' && text !== '.') {
      const named = /^\u0001(\d+)\u0003/.exec(text);
      words.push({
        text,
        lower: text.toLowerCase(),
        stem: stemOf(text.toLowerCase()),
        plain: /^[a-z]+$/.test(text),
        fact: named ? (facts[Number(named[1])] ?? null) : null,
        opens,
        closes: /[.:,]$/.test(part),
      });
      opens = /[.:]$/.test(part);
    } else if (/[.:]$/.test(part)) opens = true;
  }
  return words;
};
