/**
 * What a look-alike's score is worth when the two came in so far apart: 1 at the same moment, 0.79 a week later, 0.5 a year. One trouble is
 * told again in bursts: of a tracker's known duplicates 27 % came within a week of each other (of any two reports 0.8 %) and 86 % within a
 * year (37 %), about evenly on a logarithmic scale, hence a power of the time. Any power from 0.08 to 0.2 found more duplicates than none.
 */
export const nearInTime = (one: Date | undefined, other: Date | undefined): number =>
  one && other ? (1 + Math.abs(one.getTime() - other.getTime()) / DAY) ** -0.12 : whenever;

// As if half a year lay between: no time said is neither near nor far.
const whenever = 0.53;

const DAY = 86_400_000;
