import { composeChangelog } from '#src/changelog/changes/index.ts';
import type { Change, Changelog, ComposeOptions } from '#src/changelog/changes/types.ts';

export type ComposeTask = { changes: Change[]; options: ComposeOptions };

/** Runs in a worker thread. */
export default ({ changes, options }: ComposeTask): Changelog => composeChangelog(changes, options);
