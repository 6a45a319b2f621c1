import type { ParsedChange } from './parse-change.ts';

const vague =
  /^(?:wip|fix(?:es|ed)?|fix (?:lint|tests?|typos?|ci|build|review|comments?)|typos?|tests?|docs?|(?:.{0,20} )?changelog(?:\.md)?|update.{0,20}|more .{0,12}|merge.*|polish.*|cleanup|refine|simplify|formatting|lint|address .*|review.*|tweaks?|words|comments?|patch[- ]\d+|.{0,3})$/i;

/** Tells nobody who was not there what it does. */
export const isVague = (subject: string): boolean => vague.test(subject);

/** "Q3 work", "Sprint 12": a name for what came together. */
export const isNameOnly = ({ type, subject, deed }: Pick<ParsedChange, 'type' | 'subject' | 'deed'>): boolean =>
  isVague(subject) || (type === null && deed === 'none' && subject.split(/\s+/).length <= mostWordsOfName);

const mostWordsOfName = 3;
