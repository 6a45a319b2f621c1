import { startStopwatch } from '#src/core/stopwatch.ts';
import type { Metrics } from './metrics.ts';

// PostgreSQL looks at each of its files for it.
const EVERY_MS = 60_000;

/** How large the database is, asked once a minute at most. While it cannot be asked, it was as large as before. */
export const sizeCollector = (metrics: Metrics, size: () => Promise<number>): void => {
  let sinceAsked: (() => number) | undefined;
  metrics.onScrape(async () => {
    if (sinceAsked && sinceAsked() < EVERY_MS) return;
    sinceAsked = startStopwatch();
    // Not waited for: what it says is told at the next scrape, too.
    size().then(
      (bytes) => metrics.databaseBytes.set(bytes),
      () => {},
    );
  });
};
