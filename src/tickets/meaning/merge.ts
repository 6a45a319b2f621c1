/**
 * How alike in meaning: 0 for no more than any two tickets here, 1 for the same. `cosine` alone says little, for models differ in how close
 * they put strangers (0.15 with one, 0.75 with another); `usual` is how close two tickets of this workspace are on average.
 */
export const alikeInMeaning = (cosine: number, usual: number): number => {
  const beyond = (cosine - usual) / Math.max(0.01, 1 - usual);
  return Math.min(1, Math.max(0, (beyond - SAME_SUBJECT) / (SAME_CASE - SAME_SUBJECT)));
};

// Two tickets of one subject are this much closer than two of any, two that say the same this much.
const SAME_SUBJECT = 0.35;
const SAME_CASE = 0.9;

// Alone, meaning makes a look-alike ("reads like T-12") and never a duplicate: that is said only where the words say it too.
const ALONE = 0.6;

/** Two witnesses of the same: each makes up for what the other does not see. */
export const alikeInAll = (words: number, meaning: number): number => words + (1 - words) * ALONE * meaning;
