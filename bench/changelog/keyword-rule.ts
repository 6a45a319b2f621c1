import type { Release } from './repositories.ts';
import type { Line } from './score.ts';

const housekeeping =
  /^(?:\[?(?:chore|ci|tests?|docs?|build|style|refactor|deps|dev ?deps|meta|actions|release|bump|merge|lint|typo|readme|changelog|version)\b)|\b(?:bump|changelog|typo|readme|lint|lock ?file|prepare (?:next )?release|version bump|dependabot|renovate|released)\b/i;

/** The floor: every commit but merges that no housekeeping word leaves out is a line of its own. */
export const pickByKeywords = ({ changes }: Release): Line[] =>
  changes
    .filter(({ kind, title }) => kind !== 'merge' && !housekeeping.test(title))
    .map(({ title, sha, refs }) => ({ section: null, text: title, shas: [sha ?? ''], refs, cites: refs, breaking: false }));
