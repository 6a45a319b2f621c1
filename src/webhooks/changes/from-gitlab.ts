import { z } from 'zod';
import type { GivenChange } from '#src/changelog/service.ts';
import type { Told } from '#src/webhooks/receive-changes.ts';
import { landedAt } from './landed-at.ts';
import { isMerge, parsePayload, splitMessage } from './parse-payload.ts';

const project = z.object({ path_with_namespace: z.string(), default_branch: z.string().nullish(), web_url: z.string().optional() });

const mergeRequest = z.object({
  project,
  object_attributes: z.object({
    iid: z.number(),
    title: z.string(),
    description: z.string().nullish(),
    state: z.string(),
    action: z.string().nullish(),
    url: z.string(),
    target_branch: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
    squash_commit_sha: z.string().nullish(),
    merged_at: z.string().nullish(),
    updated_at: z.string(),
    last_commit: z.object({ id: z.string() }).nullish(),
  }),
  labels: z.array(z.object({ title: z.string() })).default([]),
});

const commit = z.object({
  id: z.string(),
  message: z.string(),
  timestamp: z.string(),
  url: z.string().optional(),
  added: z.array(z.string()).default([]),
  removed: z.array(z.string()).default([]),
  modified: z.array(z.string()).default([]),
});

const push = z.object({
  ref: z.string(),
  after: z.string(),
  checkout_sha: z.string().nullish(),
  project,
  commits: z.array(commit).default([]),
});

const release = z.object({
  action: z.string(),
  tag: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  released_at: z.string().nullish(),
  created_at: z.string(),
  url: z.string(),
  project,
  commit: z.object({ id: z.string() }).nullish(),
});

/** What a webhook of GitLab's tells of. Throws BAD_INPUT. */
export const fromGitlab = (body: unknown): Told => {
  const { object_kind: kind } = parsePayload(z.object({ object_kind: z.string() }), body, 'an event of GitLab');
  switch (kind) {
    case 'merge_request':
      return fromMergeRequest(parsePayload(mergeRequest, body, 'a merge request event of GitLab'));
    case 'push':
      return fromPush(parsePayload(push, body, 'a push event of GitLab'));
    case 'tag_push':
      return fromTag(parsePayload(push, body, 'a tag push event of GitLab'));
    case 'release':
      return fromRelease(parsePayload(release, body, 'a release event of GitLab'));
    default:
      return { ignored: `Events of the kind "${kind.slice(0, 60)}" are no changes; merge requests, pushes, tags and releases are.` };
  }
};

const fromMergeRequest = ({
  project: { path_with_namespace: system, default_branch },
  object_attributes: request,
  labels,
}: z.output<typeof mergeRequest>): Told => {
  if (request.state !== 'merged') return { ignored: 'This merge request is not merged.' };
  if (default_branch && request.target_branch && request.target_branch !== default_branch)
    return { ignored: `It was merged into another branch than ${default_branch}; it counts when that branch is.` };
  return [
    {
      key: `mr:${system}!${request.iid}`,
      source: 'gitlab',
      system,
      kind: 'merge',
      title: request.title,
      body: request.description ?? '',
      refs: [`!${request.iid}`],
      labels: labels.map(({ title }) => title),
      time: toTime(request.merged_at ?? request.updated_at),
      saidAt: toTime(request.updated_at),
      url: request.url,
      sha: request.merge_commit_sha ?? request.squash_commit_sha ?? undefined,
      merged: [request.last_commit?.id, request.squash_commit_sha].filter((sha) => typeof sha === 'string'),
    },
  ];
};

const NOTHING = /^0+$/;

const fromPush = ({ ref, after, project: { path_with_namespace: system, default_branch }, commits }: z.output<typeof push>): Told => {
  if (NOTHING.test(after)) return { ignored: 'Something was deleted, which changes nothing for readers.' };
  if (default_branch && ref !== `refs/heads/${default_branch}`)
    return { ignored: `Only pushes to the default branch (${default_branch}) are changes.` };
  if (commits.length === 0) return { ignored: 'There are no commits in this push.' };
  const landed = landedAt(undefined, commits);
  return commits.map(({ id, message, url, added, removed, modified }, place) => {
    const { title, body } = splitMessage(message);
    const paths = [...added, ...removed, ...modified];
    return {
      source: 'gitlab',
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

const fromTag = ({ ref, after, checkout_sha, project: { path_with_namespace: system, web_url }, commits }: z.output<typeof push>): Told => {
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  if (!tag || NOTHING.test(after)) return { ignored: 'A tag was deleted, which changes nothing for readers.' };
  const last = commits.find(({ id }) => id === checkout_sha) ?? commits.at(-1);
  if (!last) return { ignored: 'A tag without commits says not when it was; its release will.' };
  const url = web_url && `${web_url}/-/tags/${encodeURIComponent(tag)}`;
  return [releaseOf(system, tag, { time: toTime(last.timestamp), sha: checkout_sha ?? undefined, url })];
};

const fromRelease = ({
  action,
  tag,
  name,
  description,
  released_at,
  created_at,
  url,
  project: { path_with_namespace: system },
  commit: at,
}: z.output<typeof release>): Told => {
  if (action === 'delete') return { ignored: 'A release was deleted, which changes nothing for readers.' };
  const body = [name && name !== tag ? name : '', description ?? ''].filter((part) => part !== '').join('\n\n');
  return [releaseOf(system, tag, { time: toTime(released_at ?? created_at), url, body, sha: at?.id })];
};

const releaseOf = (system: string, tag: string, more: Pick<GivenChange, 'time' | 'url' | 'sha' | 'body'>): GivenChange => ({
  key: `tag:${system}@${tag}`,
  source: 'gitlab',
  system,
  kind: 'release',
  title: tag,
  ...more,
});

// Beside RFC 3339 GitLab writes '2026-01-31 12:00:00 UTC'.
const toTime = (text: string): Date => new Date(text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) UTC$/, '$1T$2Z'));
