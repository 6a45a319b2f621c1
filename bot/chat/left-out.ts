/** Files of a thread that are not read: the names of those that were refused, and how many were not looked at. */
export type LeftOut = { noLogs: string[]; closed: string[]; beyond: number };

export const countLeftOut = ({ noLogs, closed, beyond }: LeftOut): number => noLogs.length + closed.length + beyond;

/** One sentence for whoever asked; undefined when everything was read. `most`: how many files are looked at. */
export const leftOutSentence = (left: LeftOut, most: number): string | undefined => {
  const parts = [
    ...(left.noLogs.length > 0 ? [`${listed(left.noLogs)} (no text)`] : []),
    ...(left.closed.length > 0 ? [`${listed(left.closed)} (I may not open ${left.closed.length === 1 ? 'it' : 'them'})`] : []),
    ...(left.beyond > 0 ? [`${left.beyond} more, for I read the first ${most}`] : []),
  ];
  if (parts.length === 0) return undefined;
  const count = countLeftOut(left);
  return `I read that thread without ${count === 1 ? 'one of its files' : `${count} of its files`}: ${parts.join('; ')}. What matters in them, send me by itself.`;
};

const NAMED = 5;

const listed = (names: string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} others` : names.join(', ');
