import type { Change } from '#src/changelog/changes/index.ts';

let made = 0;

/** A commit of its own day, unless told otherwise. */
export const makeChange = (change: Partial<Change> & { title: string }): Change => {
  made++;
  const sha = (0xabc_0000 + made).toString(16).padEnd(40, '1');
  return {
    id: `change-${String(made).padStart(5, '0')}`,
    source: 'git',
    system: 'acme/shop',
    kind: 'commit',
    body: '',
    refs: [],
    labels: [],
    paths: [],
    filesChanged: change.paths?.length ?? 3,
    breaking: false,
    time: made * 60_000,
    url: null,
    sha,
    merged: [],
    ...change,
  };
};
