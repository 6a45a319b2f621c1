/** A function of an object that is not changed afterwards: its answer is worked out once, and goes when the object goes. Do not change it. */
export const rememberFor = <Key extends object, Answer>(of: (key: Key) => Answer): ((key: Key) => Answer) => {
  const known = new WeakMap<Key, Answer>();
  return (key) => {
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const answer = of(key);
    known.set(key, answer);
    return answer;
  };
};
