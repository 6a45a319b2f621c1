/**
 * A pure function of a text that remembers its last answers: the same few sentences are looked at again and again. Bounded by `limit` texts of at
 * most `longest` characters; longer ones are worked out each time. An answer is shared: do not change it.
 */
export const rememberTexts = <Answer extends NonNullable<unknown>>(
  of: (text: string) => Answer,
  { limit = 256, longest = 1000 } = {},
): ((text: string) => Answer) => {
  const known = new Map<string, Answer>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const answer = of(text);
    if (text.length > longest) return answer;
    // The oldest goes first: insertion order is all the order a Map has, and enough here.
    if (known.size >= limit) known.delete(known.keys().next().value as string);
    known.set(text, answer);
    return answer;
  };
};
