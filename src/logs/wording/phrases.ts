import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';

/**
 * What happened in a log as short phrases ('Connection broken', 'timeout exceeded'), in the order it was first seen: for a notification or
 * a list, where there is no room for sentences. At most `limit`; of a log of many patterns the first by rank.
 */
export const phrasesOf = ({ patterns }: Pick<Digest, 'patterns'>, limit = 12): string[] => {
  const found: { line: number; text: string }[] = [];
  for (const pattern of patterns) {
    for (const text of toPhrases(pattern)) {
      if (found.length >= limit || found.some((one) => contains(one.text, text))) continue;
      const within = found.findIndex((one) => contains(text, one.text));
      if (within >= 0) found.splice(within, 1);
      found.push({ line: pattern.first.line, text });
    }
  }
  return found.sort((x, y) => x.line - y.line).map(({ text }) => text);
};

/** What one pattern tells, in a few words: for a menu. */
export const phraseOf = (pattern: Pick<Pattern, 'template'>): string =>
  toPhrases(pattern).join(', ') ||
  withoutSecrets(pattern.template)
    .replace(/<[a-z]+>/g, '…')
    .replace(/\s+/g, ' ')
    .trim();

/** Here, where the marks around them still stand. */
const withoutSecrets = (template: string): string => redactSecrets(template).replace(/\[masked: [^\]]*\]/g, '<any>');

const contains = (text: string, part: string): boolean => text === part || ` ${text.toLowerCase()} `.includes(` ${part.toLowerCase()} `);

/** The first clause says what happened; a later one counts where it says what became of it. */
const toPhrases = ({ template }: Pick<Pattern, 'template'>): string[] => {
  const [opening = ''] = withoutSecrets(template).split('↳');
  const clauses = withoutOrigin(opening)
    .split(clauseEnd)
    .map((clause) => ({ clause, text: shorten(clause) }))
    .filter(({ clause, text }) => /\p{L}{3}/u.test(text) && !/=\s*(?:<\w+>\s*)?$/.test(clause));
  const [first, ...rest] = clauses;
  if (!first) return [];
  const results = rest.filter(({ text }) => saysResult.test(text) && text.includes(' ') && !/^(?:is|was|to)\b/i.test(text)).slice(0, 1);
  return [first, ...results].map(({ text }) => text);
};

const clauseEnd = /[,;()]|(?::|\.|-{1,3}>?)\s|\s:|\s-\s|[!?]/;

/** Level, component, logger, method and address in front: who says it is not what happened. */
const withoutOrigin = (text: string): string => {
  let rest = text.trim();
  for (let parts = 0; parts < 6; parts++) {
    const next = rest.replace(origin, '');
    if (next === rest || !/\p{L}{3}/u.test(next.replace(variable, ''))) break;
    rest = next;
  }
  return rest;
};

const variable = /<[a-z]+>/g;
const origin =
  /^(?:<[a-z]+>\s*[:,-]?\s+|<[a-z]+>:\s*|[A-Z]{2,}\*?\s+(?=\S)|\[[^\]]*\]\s*|[\w$]+(?:[.$/][\w$*<>]+)+\s*[:-]?\s+|[\w$.[\]<>-]+\s?:\s+(?=\S*\p{L}))/u;

/** Drops variables with the words that only lead to them, and what is told aside. */
const shorten = (clause: string): string => {
  const words: string[] = [];
  let pending: string[] | null = null;
  for (const word of clause.trim().split(/\s+/)) {
    const isVariable = /<[a-z]+>/.test(word);
    if (aside.test(word) && words.length > 0) break;
    if (isVariable) {
      // 'for block <id>': the preposition and its noun go with the value.
      pending = null;
      continue;
    }
    if (leading.test(word) && words.length > 0) {
      if (pending) words.push(...pending);
      pending = [word];
    } else if (pending && pending.length < longestLead) pending.push(word);
    else {
      if (pending) words.push(...pending);
      pending = null;
      words.push(word);
    }
  }
  if (pending && !endsLoose.test(pending.join(' '))) words.push(...pending);
  return words
    .map((word) => word.replace(/^["'`([]+|["'`)\].,:=]+$/g, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, longestPhrase)
    .join(' ')
    .replace(/\s+(?:is|was|are|to|of|the|a|an|id)$/i, '');
};

const longestPhrase = 7;
const longestLead = 3;
const leading = /^(?:for|from|at|on|with|by|in|into|of|via|per|under|during|through)$/i;
const aside = /^(?:while|which|when|because|since|that|after|before|whose|where|if)$/i;
const endsLoose = /^(?:for|from|at|on|with|by|in|into|of|via|per|under|during|through)(?: (?:the|a|an|my|its))?$/i;

const saysResult =
  /\b(?:\w{3,}ed|invalid|missing|failed|exceeded|denied|refused|broken|lost|error|exception|timeout|timed out|full|not \w+|no \w+|dropped|unreachable)\b/i;
