import type { Tree } from './grow-tree.ts';

/** Trees as bytes: node after node, questions even and categories odd, seven bits to a byte. Where a yes leads follows from the order. */
export const writeForest = (trees: readonly Tree[]): Uint8Array => {
  const bytes: number[] = [];
  const write = (value: number): void => {
    for (let rest = value; ; rest >>>= 7) {
      bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) return;
    }
  };
  for (const { asks } of trees) {
    write(asks.length);
    for (const question of asks) write(question >= 0 ? question * 2 : ~question * 2 + 1);
  }
  return Uint8Array.from(bytes);
};

export const readForest = (bytes: Uint8Array): Tree[] => {
  const trees: Tree[] = [];
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('These bytes are not a stored model.');
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const asks = Int32Array.from({ length: read() }, () => {
      const code = read();
      return code % 2 === 0 ? code / 2 : ~((code - 1) / 2);
    });
    trees.push({ asks, yes: linkYes(asks) });
  }
  return trees;
};

/** A question's yes begins where its no has ended. */
const linkYes = (asks: Int32Array): Int32Array => {
  const yes = new Int32Array(asks.length);
  const open: number[] = [];
  for (let at = 0; at < asks.length; at++) {
    if ((asks[at] as number) >= 0) open.push(at);
    else {
      const question = open.pop();
      if (question !== undefined) yes[question] = at + 1;
    }
  }
  return yes;
};
