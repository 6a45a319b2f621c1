import { Presets, SingleBar } from 'cli-progress';

export type ProgressBar = {
  /** `share` is 0 to 1. */
  show(what: string, share: number): void;
  /** Clears it, lets something be printed, and goes on below. */
  aside(print: () => void): void;
  /** Clears it; nothing is shown after that. */
  stop(): void;
};

// Work that is over sooner than this needs no bar.
const QUIET_MS = 500;

/** A bar on a terminal, nothing anywhere else: what is piped or logged stays clean. */
export const createProgressBar = (stream: NodeJS.WriteStream): ProgressBar => {
  if (!stream.isTTY) return { show() {}, aside: (print) => print(), stop() {} };
  const bar = new SingleBar(
    { stream, format: '{what} {bar} {percentage}%', hideCursor: true, clearOnComplete: true, barsize: 30 },
    Presets.shades_classic,
  );
  const begun = Date.now();
  let started = false;
  let over = false;
  return {
    show(what, share) {
      if (over) return;
      if (!started && Date.now() - begun < QUIET_MS) return;
      if (!started) bar.start(100, 0, { what });
      started = true;
      bar.update(Math.round(Math.min(1, share) * 100), { what: what.padEnd(20) });
    },
    aside(print) {
      if (started) bar.stop();
      started = false;
      print();
    },
    stop() {
      if (started) bar.stop();
      over = true;
    },
  };
};
