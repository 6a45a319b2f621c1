import type { WebhookIn, WebhookKind } from '#db/entities/webhook-in.ts';
import type { ChangelogService, GivenChange } from '#src/changelog/service.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { fromEvents } from './changes/from-events.ts';
import { fromGithub } from './changes/from-github.ts';
import { fromGitlab } from './changes/from-gitlab.ts';
import { shortKey } from './map-ticket.ts';
import { type OpenWebhookDeps, openWebhook, type Posted } from './open-webhook.ts';

/** What a message tells of: changes, or why there are none in it. */
export type Told = GivenChange[] | { ignored: string };

/** What could not be kept: its place in the message (from 1), and why. */
type Skipped = { change: number; title: string; reason: string };

/** `skipped` are those beside which others were kept. */
type ReceivedChanges = { ids: string[]; created: number; known: number; skipped: Skipped[] } | { ignored: string };

/** Takes in the changes a signed message tells of. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT and what the body's reader throws. */
export type ReceiveChanges = (webhookId: string, posted: Posted) => Promise<ReceivedChanges>;

export type ReceiveChangesDeps = OpenWebhookDeps & { changelogs: Pick<ChangelogService, 'recordChanges'> };

const BATCH = 500;

/** A message sent again tells of the same changes, which are the same rows: nothing has to remember deliveries. */
export const createReceiveChanges =
  ({ changelogs, ...deps }: ReceiveChangesDeps): ReceiveChanges =>
  async (webhookId, posted) => {
    const { webhook, body } = await openWebhook(deps, ['GITHUB', 'GITLAB', 'EVENTS'], webhookId, posted);
    const told = read(webhook, body, posted);
    if ('ignored' in told) return told;
    const actor = actorOf(webhook, posted.requestId);
    const received = { ids: [] as string[], created: 0, known: 0, skipped: [] as Skipped[] };
    for (let at = 0; at < told.length; at += BATCH) {
      const { recorded, skipped } = await recordGood(changelogs, actor, told.slice(at, at + BATCH));
      received.skipped.push(...skipped.map((one) => ({ ...one, change: one.change + at })));
      for (const { id, created } of recorded) {
        received.ids.push(id);
        received[created ? 'created' : 'known']++;
      }
    }
    return received;
  };

/** The sender does not send again: one odd commit does not take along what was pushed with it. Throws BAD_INPUT where all are. */
const recordGood = async (changelogs: ReceiveChangesDeps['changelogs'], actor: Actor, told: readonly GivenChange[]) => {
  const skipped: Skipped[] = [];
  for (let left = told.map((change, place) => ({ change, place })); ; ) {
    const { recorded, problems } = await changelogs.recordChanges(actor, { changes: left.map(({ change }) => change) });
    if (problems.length === 0) return { recorded, skipped };
    // What a repository tells stands without an address that leads nowhere.
    const odd = new Set(problems.flatMap(({ field }) => /^changes\.(\d+)\.url$/.exec(field)?.[1] ?? []).map(Number));
    const bare = left.map((one, at) => (odd.has(at) && one.change.source !== 'api' ? { ...one, change: withoutUrl(one.change) } : one));
    if (bare.some((one, at) => one !== left[at])) {
      left = bare;
      continue;
    }
    const reasons = new Map(problems.map(({ field, message }) => [Number(field.split('.')[1]), message.replace(/^Change \d+: /, '')]));
    const good = left.filter((_, at) => !reasons.has(at));
    if (good.length === 0 || good.length === left.length)
      throw new AppError('BAD_INPUT', problems[0]?.message ?? '', { field: problems[0]?.field ?? 'changes' });
    for (const [at, { change, place }] of left.entries())
      if (reasons.has(at)) skipped.push({ change: place + 1, title: change.title.slice(0, 200), reason: reasons.get(at) ?? '' });
    left = good;
  }
};

const withoutUrl = ({ url: _, ...change }: GivenChange): GivenChange => change;

const read = ({ kind, deliveryHeader }: WebhookIn, body: unknown, { header }: Posted): Told => {
  switch (kind as WebhookKind) {
    case 'GITHUB':
      return fromGithub(header('x-github-event') ?? '', body);
    case 'GITLAB':
      return fromGitlab(body);
    case 'EVENTS':
      return fromEvents(body, deliveryHeader ? shortKey(header(deliveryHeader)?.trim() || undefined) : undefined);
    case 'TICKET':
    case 'ALERTS':
      return { ignored: 'This webhook is for something else.' };
  }
};

const actorOf = ({ id, workspaceId }: WebhookIn, requestId: string): Actor => ({
  workspaceId,
  id,
  role: 'MEMBER',
  scopes: ['CHANGES_WRITE'],
  actingFor: null,
  requestId,
});
