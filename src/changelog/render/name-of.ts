import type { Composed } from '#src/changelog/composing/compose-changelog.ts';

export const EVERYTHING = 'everything';

/** What a changelog is about, in words. */
export const nameOf = ({ scope }: Pick<Composed, 'scope'>): string => scope.systems.join(', ') || EVERYTHING;
