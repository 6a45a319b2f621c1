type Told = { refs: readonly string[] };

/** Somebody may have worded anew what stands in the part of a file already: it is known by its references, and not told twice. */
export const withoutTold = <Entry extends Told>(entries: readonly Entry[], into: string): Entry[] => {
  const unreleased = /^##\s+\[?unreleased\]?.*$([\s\S]*?)(?=^##\s|(?![\s\S]))/im.exec(into)?.[1] ?? '';
  const isTold = ({ refs }: Entry): boolean => refs.length > 0 && refs.every((ref) => namesRef(unreleased, ref));
  return entries.filter((entry) => !isTold(entry));
};

const namesRef = (text: string, ref: string): boolean => {
  for (let at = text.indexOf(ref); at >= 0; at = text.indexOf(ref, at + 1))
    if (!/[\w#!]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + ref.length] ?? '')) return true;
  return false;
};
