import { expect } from 'vitest';
import { WebhookIn } from '#db/entities/webhook-in.ts';
import { WebhookOut } from '#db/entities/webhook-out.ts';
import { unscoped } from '#db/orm.ts';
import { ask, createWebhookIn, createWebhookOut, database, ours, theirs } from '#tests/graphql/two-workspaces.ts';

/** Ours asks for what is theirs of incidents and webhooks: one try for each field. */
export const elsewhereTries: Record<string, () => Promise<void>> = {
  'Query.incident': async () => {
    expect((await ask('query ($id: ID!) { incident(id: $id) { id } }', { id: theirs.incidentId })).data).toEqual({ incident: null });
  },
  'Query.incidents': async () => {
    const answer = await ask('{ incidents(first: 100) { edges { node { id } } } }');
    expect(answer.data.incidents.edges).toEqual([{ node: { id: ours.incidentId } }]);
  },
  'Query.webhooksIn': async () => {
    expect((await ask('{ webhooksIn { id } }')).data.webhooksIn).toEqual([{ id: ours.webhookInId }]);
  },
  'Query.webhooksOut': async () => {
    expect((await ask('{ webhooksOut { id } }')).data.webhooksOut).toEqual([{ id: ours.webhookOutId }]);
  },
  'Mutation.createWebhookIn': async () => {
    const { webhook } = (await ask(createWebhookIn)).data.createWebhookIn;
    expect((await database.orm.em.fork().findOneOrFail(WebhookIn, { id: webhook.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.createWebhookOut': async () => {
    const { webhook } = (await ask(createWebhookOut)).data.createWebhookOut;
    expect((await database.orm.em.fork().findOneOrFail(WebhookOut, { id: webhook.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.revokeWebhookIn': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeWebhookIn(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookInId,
    });
    expect(answer.data.revokeWebhookIn).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await database.orm.em.fork().findOneOrFail(WebhookIn, { id: theirs.webhookInId }, unscoped)).revokedAt).toBeNull();
  },
  'Mutation.enableWebhookOut': async () => {
    const answer = await ask('mutation ($id: ID!) { enableWebhookOut(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookOutId,
    });
    expect(answer.data.enableWebhookOut).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.revokeWebhookOut': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeWebhookOut(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookOutId,
    });
    expect(answer.data.revokeWebhookOut).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await database.orm.em.fork().findOneOrFail(WebhookOut, { id: theirs.webhookOutId }, unscoped)).revokedAt).toBeNull();
  },
};
