/**
 * When a push arrived, in milliseconds. Commits may be weeks older than the merge that brought them: a changelog tells of them when they landed,
 * or the week they were written in would be over before anybody heard of them. Callers add each commit's place, which keeps their order.
 */
export const landedAt = (pushed: number | string | null | undefined, commits: readonly { timestamp: string }[]): number => {
  const told = typeof pushed === 'number' ? pushed * 1000 : pushed ? Date.parse(pushed) : Number.NaN;
  return Number.isNaN(told) ? Math.max(...commits.map(({ timestamp }) => Date.parse(timestamp))) : told;
};
