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

/** `skipped` are those that could not be kept, and in which others came along. */
export type ReceivedChanges = { ids: string[]; created: number; known: number; skipped: number } | { ignored: string };

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
    const received = { ids: [] as string[], created: 0, known: 0, skipped: 0 };
    for (let at = 0; at < told.length; at += BATCH) {
      const { recorded, skipped } = await recordGood(changelogs, actor, told.slice(at, at + BATCH));
      received.skipped += skipped;
      for (const { id, created } of recorded) {
        received.ids.push(id);
        received[created ? 'created' : 'known']++;
      }
    }
    return received;
  };

/** The sender does not send again: one odd commit does not take along what was pushed with it. Throws BAD_INPUT where all are. */
const recordGood = async (changelogs: ReceiveChangesDeps['changelogs'], actor: Actor, told: readonly GivenChange[]) => {
  for (let changes = told; ; ) {
    const { recorded, problems } = await changelogs.recordChanges(actor, { changes });
    if (problems.length === 0) return { recorded, skipped: told.length - changes.length };
    const odd = new Set(problems.map(({ field }) => Number(field.split('.')[1])));
    const good = changes.filter((_, place) => !odd.has(place));
    if (good.length === 0 || good.length === changes.length)
      throw new AppError('BAD_INPUT', problems[0]?.message ?? '', { field: problems[0]?.field ?? 'changes' });
    changes = good;
  }
};

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
