import { z } from 'zod';
import type { GivenChange } from '#src/changelog/service.ts';
import type { Told } from '#src/webhooks/receive-changes.ts';
import { landedAt } from './landed-at.ts';
import { isMerge, parsePayload, splitMessage } from './parse-payload.ts';

const repository = z.object({ full_name: z.string(), default_branch: z.string().optional() });

const pullRequest = z.object({
  action: z.string(),
  repository,
  pull_request: z.object({
    number: z.number(),
    title: z.string(),
    body: z.string().nullish(),
    merged: z.boolean().nullish(),
    merged_at: z.string().nullish(),
    updated_at: z.string().nullish(),
    commits: z.number().nullish(),
    merge_commit_sha: z.string().nullish(),
    html_url: z.string(),
    changed_files: z.number().nullish(),
    labels: z.array(z.object({ name: z.string() })).default([]),
    head: z.object({ sha: z.string() }).optional(),
    base: z.object({ ref: z.string() }).optional(),
  }),
});

const push = z.object({
  ref: z.string(),
  deleted: z.boolean().default(false),
  after: z.string().optional(),
  repository: repository.extend({ html_url: z.string().optional(), pushed_at: z.union([z.number(), z.string()]).nullish() }),
  head_commit: z.object({ timestamp: z.string() }).nullish(),
  commits: z
    .array(
      z.object({
        id: z.string(),
        message: z.string(),
        timestamp: z.string(),
        url: z.string().optional(),
        added: z.array(z.string()).default([]),
        removed: z.array(z.string()).default([]),
        modified: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

const release = z.object({
  action: z.string(),
  repository,
  release: z.object({
    tag_name: z.string(),
    target_commitish: z.string().nullish(),
    name: z.string().nullish(),
    body: z.string().nullish(),
    draft: z.boolean().default(false),
    published_at: z.string().nullish(),
    created_at: z.string(),
    html_url: z.string(),
  }),
});

/** What a webhook of GitHub's tells of. `event` is its X-GitHub-Event. Throws BAD_INPUT. */
export const fromGithub = (event: string, body: unknown): Told => {
  switch (event) {
    case 'pull_request':
      return fromPullRequest(parsePayload(pullRequest, body, 'a pull_request event of GitHub'));
    case 'push':
      return fromPush(parsePayload(push, body, 'a push event of GitHub'));
    case 'release':
      return fromRelease(parsePayload(release, body, 'a release event of GitHub'));
    case 'ping':
      return { ignored: 'Pong. Choose the events "Pull requests", "Pushes" and "Releases" for this webhook.' };
    default:
      return { ignored: `Events of the kind "${event.slice(0, 60)}" are no changes; pull_request, push and release are.` };
  }
};

// After the merge, titles and labels are still mended.
const TELLING = ['closed', 'edited', 'labeled', 'unlabeled'];

const fromPullRequest = ({
  action,
  repository: { full_name: system, default_branch },
  pull_request: request,
}: z.output<typeof pullRequest>): Told => {
  if (!request.merged || !request.merged_at) return { ignored: 'This pull request is not merged.' };
  if (!TELLING.includes(action)) return { ignored: `"${action}" changes nothing about a merged pull request.` };
  if (default_branch && request.base && request.base.ref !== default_branch)
    return { ignored: `It was merged into another branch than ${default_branch}; it counts when that branch is.` };
  return [
    {
      key: `pr:${system}#${request.number}`,
      source: 'github',
      system,
      kind: 'merge',
      title: request.title,
      body: request.body ?? '',
      refs: [`#${request.number}`],
      labels: request.labels.map(({ name }) => name),
      filesChanged: request.changed_files ?? undefined,
      commits: request.commits ?? undefined,
      time: new Date(request.merged_at),
      saidAt: request.updated_at ? new Date(request.updated_at) : undefined,
      url: request.html_url,
      sha: request.merge_commit_sha ?? undefined,
      merged: request.head ? [request.head.sha] : [],
    },
  ];
};

const fromPush = ({
  ref,
  deleted,
  after,
  repository: { full_name: system, default_branch, html_url, pushed_at },
  ...rest
}: z.output<typeof push>): Told => {
  if (deleted) return { ignored: 'Something was deleted, which changes nothing for readers.' };
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  if (tag) {
    const time = rest.head_commit ? new Date(rest.head_commit.timestamp) : undefined;
    if (!time) return { ignored: 'A tag of something that is no commit is no release.' };
    return [releaseOf(system, tag, { time, sha: after, url: html_url && `${html_url}/releases/tag/${encodeURIComponent(tag)}` })];
  }
  if (default_branch && ref !== `refs/heads/${default_branch}`)
    return { ignored: `Only pushes to the default branch (${default_branch}) are changes.` };
  if (rest.commits.length === 0) return { ignored: 'There are no commits in this push.' };
  const landed = landedAt(pushed_at ?? rest.head_commit?.timestamp, rest.commits);
  return rest.commits.map(({ id, message, url, added, removed, modified }, place) => {
    const { title, body } = splitMessage(message);
    const paths = [...added, ...removed, ...modified];
    return {
      source: 'github',
      system,
      kind: isMerge(title) ? 'merge' : 'commit',
      title,
      body,
      paths,
      filesChanged: paths.length,
      time: new Date(landed + place),
      url,
      sha: id,
    };
  });
};

const fromRelease = ({ action, repository: { full_name: system }, release: one }: z.output<typeof release>): Told => {
  if (one.draft || (action !== 'published' && action !== 'released' && action !== 'edited'))
    return { ignored: 'This release is not published.' };
  const body = [one.name && one.name !== one.tag_name ? one.name : '', one.body ?? ''].filter((part) => part !== '').join('\n\n');
  const sha = SHA.test(one.target_commitish ?? '') ? (one.target_commitish ?? undefined) : undefined;
  return [releaseOf(system, one.tag_name, { time: new Date(one.published_at ?? one.created_at), url: one.html_url, body, sha })];
};

// Else the name of a branch.
const SHA = /^[0-9a-f]{40,64}$/;

// A tag pushed and the release made of it are one.
const releaseOf = (system: string, tag: string, more: Pick<GivenChange, 'time' | 'url' | 'sha' | 'body'>): GivenChange => ({
  key: `tag:${system}@${tag}`,
  source: 'github',
  system,
  kind: 'release',
  title: tag,
  ...more,
});
