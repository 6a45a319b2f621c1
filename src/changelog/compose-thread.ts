import { composeChangelog } from './changes/index.ts';
import type { Change, Changelog, ComposeOptions } from './changes/types.ts';

export type ComposeTask = { changes: Change[]; options: ComposeOptions };

/** Runs in a worker thread. */
export default ({ changes, options }: ComposeTask): Changelog => composeChangelog(changes, options);
