import { createByteInput } from './byte-input.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
// A log of lines has a line feed long before; a progress bar is seldom drawn anew for longer than that.
const LOOK_BYTES = 64 * 1024;

/**
 * The same text, in lines: where nothing but carriage returns ends them (old Macs, serial consoles), each becomes a line feed. Where line feeds do, a
 * carriage return draws a line anew, as progress bars do, and stays. The first line feed tells, or its absence from as much as is looked at.
 */
export async function* endLines(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const input = createByteInput(source);
  let looked = 0;
  for (;;) {
    const head = await input.peek(looked + 1);
    if (head.includes(LINE_FEED, looked)) return yield* input.all();
    if (head.length === looked || head.length >= LOOK_BYTES)
      return yield* head.includes(CARRIAGE_RETURN) ? withLineFeeds(input.all()) : input.all();
    looked = head.length;
  }
}

async function* withLineFeeds(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  // What follows the last byte may be a line feed.
  let held = false;
  for await (const bytes of source) {
    if (held) yield Buffer.from([bytes[0] === LINE_FEED ? CARRIAGE_RETURN : LINE_FEED]);
    held = bytes.at(-1) === CARRIAGE_RETURN;
    const text = Buffer.from(held ? bytes.subarray(0, -1) : bytes);
    for (let at = text.indexOf(CARRIAGE_RETURN); at >= 0; at = text.indexOf(CARRIAGE_RETURN, at + 1))
      if (text[at + 1] !== LINE_FEED) text[at] = LINE_FEED;
    if (text.length > 0) yield text;
  }
  if (held) yield Buffer.from([LINE_FEED]);
}
