import { buildSchema, findBreakingChanges as find } from 'graphql';

/** `subject` is what a changelog must name: `Type.field`, `Type.field(argument:)` without the rest, or `Type`. */
export type BreakingChange = { subject: string; description: string };

/** What clients of the old schema would stumble over in the new one. */
export const findBreakingChanges = (before: string, now: string): BreakingChange[] =>
  find(buildSchema(before), buildSchema(now)).map(({ description }) => ({ subject: subjectOf(description), description }));

// graphql-js names what changed first of all, with a dot between type and field.
const subjectOf = (description: string): string => {
  const dotted = /\b[A-Z]\w*\.\w+/.exec(description)?.[0];
  if (dotted) return dotted;
  const [, member, type] =
    /^(\w+) was removed from (?:enum|union) type (\w+)/.exec(description) ??
    /^A required field (\w+) on input type (\w+)/.exec(description) ??
    [];
  return member ? `${type}.${member}` : (/\b_?[A-Z]\w*\b/.exec(description)?.[0] ?? description);
};
