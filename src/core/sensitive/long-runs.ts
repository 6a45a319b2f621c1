/**
 * Letters, digits and the signs of base 64, `shortest` or more in a row, and the = behind them. Only every so many characters one is looked at, and
 * what is around it when it is one.
 */
export const longRuns = (text: string, shortest: number): { at: number; run: string }[] => {
  const runs: { at: number; run: string }[] = [];
  for (let probe = shortest - 1, floor = 0; probe < text.length; ) {
    if (!isRunCode(text.charCodeAt(probe))) {
      floor = probe + 1;
      probe += shortest;
      continue;
    }
    let at = probe;
    while (at > floor && isRunCode(text.charCodeAt(at - 1))) at -= 1;
    let end = probe + 1;
    while (end < text.length && isRunCode(text.charCodeAt(end))) end += 1;
    if (end - at >= shortest) runs.push({ at, run: text.slice(at, end) + (/^={1,2}/.exec(text.slice(end, end + 2))?.[0] ?? '') });
    floor = end;
    probe = end + shortest;
  }
  return runs;
};

const runCodes = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') runCodes[character.charCodeAt(0)] = 1;
const isRunCode = (code: number): boolean => code < 128 && runCodes[code] === 1;
