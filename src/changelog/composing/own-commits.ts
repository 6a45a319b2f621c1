import type { Change } from '#src/changelog/changes/types.ts';

/** A change as it is stored; `commits` is how many a request is made of, where its source says so, `receivedAt` when we first heard of it. */
export type Landed = Change & { commits: number | null; receivedAt: number };

/**
 * Webhooks name no commits of a request but its head. They are in the push it came in: before its merge commit or, rebased, the last ones. So a
 * request of several commits is told once. A squashed one is a single commit, and what comes before that is not its own.
 */
export const withOwnCommits = (changes: readonly Landed[]): Change[] => {
  const pushed = changes.filter(isPushed);
  const bySha = new Map(pushed.map((commit) => [`${commit.system} ${commit.sha}`, commit]));
  // What came in one message was received at one time.
  const pushes = Map.groupBy(pushed, pushOf);
  return changes.map(({ commits, receivedAt: _, ...change }) => {
    const last = isRequest(change) && commits !== 1 ? bySha.get(`${change.system} ${change.sha}`) : undefined;
    if (!last) return change;
    const push = (pushes.get(pushOf(last)) ?? []).toSorted((a, b) => a.time - b.time);
    const own = ownOf(push, last, change.merged, commits);
    return { ...change, merged: [...new Set([...change.merged, ...own.flatMap(({ sha }) => (sha && sha !== change.sha ? [sha] : []))])] };
  });
};

const isHosted = ({ source }: Change): boolean => source === 'github' || source === 'gitlab';
const isRequest = (change: Change): boolean => isHosted(change) && change.kind === 'merge' && change.merged.length > 0;
const isPushed = (change: Landed): boolean =>
  isHosted(change) && change.sha !== null && change.merged.length === 0 && (change.kind === 'commit' || change.kind === 'merge');
const pushOf = ({ source, system, receivedAt }: Landed): string => `${source} ${system} ${receivedAt}`;

const ownOf = (push: readonly Landed[], last: Landed, heads: readonly string[], commits: number | null): readonly Landed[] => {
  const line = push.slice(0, push.indexOf(last) + 1);
  const head = line.findLastIndex(({ sha }) => heads.includes(sha ?? ''));
  if (commits === null) {
    // GitLab does not count them: it pushes each merge by itself.
    const merges = push.filter(({ kind }) => kind === 'merge');
    return head >= 0 && merges.length === 1 && last === push.at(-1) ? line.slice(0, head + 1) : [];
  }
  if (head >= 0) return line.slice(Math.max(0, head + 1 - commits), head + 1);
  const rebased = line.slice(-commits);
  return last.kind === 'commit' && line.length >= commits && !rebased.some(({ title }) => /\(#\d+\)\s*$/.test(title)) ? rebased : [];
};
