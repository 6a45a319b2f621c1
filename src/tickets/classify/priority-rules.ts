import { type Language, languages, type PrioritySign } from './languages/index.ts';

/**
 * What a phrase speaks of: a `harm` or a `fault` is the trouble itself, `scope` says how many and how much it hits, `hurry` and `date` how soon; `less`
 * speaks for waiting. Scope and a date without a trouble make nothing urgent.
 */
export type RuleKind = 'harm' | 'fault' | 'scope' | 'hurry' | 'date' | 'less';

/** A point is half a level; more than one phrase of a rule counts once. `patterns`: how it is said, by language. */
export type PriorityRule = {
  says: PrioritySign;
  kind: RuleKind;
  impact?: number;
  urgency?: number;
  /** What stands in a phrase of that sign is none of this one. */
  unlessIn?: PrioritySign;
  patterns: ReadonlyMap<Language, readonly RegExp[]>;
};

const weights: readonly Omit<PriorityRule, 'patterns'>[] = [
  { says: 'an outage', kind: 'harm', impact: 3, urgency: 3 },
  { says: 'everybody is hit', kind: 'scope', impact: 3, urgency: 1 },
  { says: 'nobody can do it', kind: 'harm', impact: 3, urgency: 1 },
  { says: 'data is lost or corrupt', kind: 'harm', impact: 4, urgency: 2 },
  { says: 'security is at stake', kind: 'harm', impact: 4, urgency: 3 },
  { says: 'production is named', kind: 'scope', impact: 2, urgency: 1 },
  { says: 'customers or money are hit', kind: 'scope', impact: 2, urgency: 1 },
  { says: 'several are hit', kind: 'scope', impact: 1 },
  { says: 'somebody is locked out', kind: 'fault', urgency: 0.5 },
  // Of an account that is blocked it is said that somebody is locked out.
  { says: 'work is blocked', kind: 'fault', urgency: 3, impact: 1, unlessIn: 'somebody is locked out' },
  { says: 'it is called urgent', kind: 'hurry', urgency: 3 },
  { says: 'there is a deadline', kind: 'date', urgency: 2 },
  { says: 'something crashes', kind: 'fault', impact: 1, urgency: 2 },
  { says: 'it cannot be built, started or used', kind: 'fault', impact: 1, urgency: 1 },
  { says: 'something fails', kind: 'fault', urgency: 1 },
  { says: 'it is slow or comes and goes', kind: 'fault', urgency: 0.5 },
  { says: 'it is a question', kind: 'less', impact: -1, urgency: -2 },
  { says: 'it is a wish', kind: 'less', impact: -2, urgency: -2 },
  { says: 'it is cosmetic', kind: 'less', impact: -3, urgency: -2 },
  { says: 'there is no hurry', kind: 'less', urgency: -4 },
  // It keeps from P1, see `isBorneOut`. A lock-out, a theft or a demo in an hour are no less urgent for being one person's.
  { says: 'one person is hit', kind: 'less' },
  { says: 'there is a way around', kind: 'less', impact: -1, urgency: -2 },
];

const wordBegins = '(?<![\\p{L}\\p{N}_])';
const wordEnds = '(?![\\p{L}\\p{N}_])';

const patternsOf = (says: PrioritySign, { signs, questions, asks, wholeWords }: Language): RegExp[] => {
  const anywhere = signs[says] ? [`${wordBegins}(?:${signs[says]})${wholeWords ? wordEnds : ''}`] : [];
  const opens = '^(?:[^.:!?\\n]{1,60}:)?[\\s¿]*';
  const opening =
    says === 'it is a question' ? [`${opens}(?:${questions})`, `${opens}(?:${asks})(?![\\p{L}\\p{N}])(?=[^.!?\\n]{0,200}\\?)`] : [];
  return [...opening, ...anywhere].map((source) => new RegExp(source, 'giu'));
};

export const priorityRules: readonly PriorityRule[] = weights.map((rule) => ({
  ...rule,
  patterns: new Map(languages.map((language) => [language, patternsOf(rule.says, language)])),
}));

/** What around a phrase says that it is not meant, of all languages. */
export const around = {
  denial: read(({ denial }) => denial),
  deniedAfter: read(({ deniedAfter }) => deniedAfter),
  talk: read(({ talk }) => talk),
  headWord: read(({ headWord }) => headWord),
  setting: read(({ setting }) => setting),
  priority: read(({ priority }) => priority),
};

function read(part: (around: Language['around']) => string | undefined): string {
  return languages.flatMap((one) => part(one.around) ?? []).join('|');
}
