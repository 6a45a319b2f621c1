const LARGEST = 2 ** 31 - 1;

/** GraphQL's Int has 32 bits and an answer must not fail over a log of two billion lines: whatever is more reads as the largest. */
export const toInt = (count: number): number => Math.min(Math.round(count), LARGEST);
