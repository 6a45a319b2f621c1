import { createDigester } from '#src/logs/digest/digester.ts';
import { type MinedPattern, toTemplate } from '#src/logs/digest/mining/pattern.ts';

/** The template each line was counted under, by line number - 1; null for blank lines and the remainder. Equal templates of two patterns are two. */
export type Assigned = { group: Int32Array; template: (string | null)[] };

/** Which pattern of the digest each line of a text belongs to in the end. */
export const assignLines = (bytes: Uint8Array): Assigned => {
  const taken: { from: number; to: number; pattern: MinedPattern | null }[] = [];
  const digester = createDigester({ maxPatterns: 100_000, maxListed: 1 }, ({ from, to }, pattern) => taken.push({ from, to, pattern }));
  digester.push(bytes);
  const { ledger } = digester.finish();
  const ids = new Map<MinedPattern, number>();
  const group = new Int32Array(ledger.lines).fill(-1);
  const template = new Array<string | null>(ledger.lines).fill(null);
  for (const { from, to, pattern } of taken) {
    let last = pattern;
    while (last?.mergedInto) last = last.mergedInto;
    if (!last) continue;
    const id = ids.get(last) ?? ids.size;
    ids.set(last, id);
    const text = toTemplate(last);
    for (let line = from; line <= to; line++) {
      group[line - 1] = id;
      template[line - 1] = text;
    }
  }
  return { group, template };
};
