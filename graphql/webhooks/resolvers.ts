import { userErrors } from '#graphql/errors.ts';
import type { CreateWebhookInInput, Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import type { NewWebhookIn } from '#src/webhooks/service.ts';

export const webhooksResolvers: Resolvers = {
  Query: {
    webhooksIn: async (_, _args, { webhooks, actor }) => webhooks.webhooksIn(await actor()),
    webhooksOut: async (_, _args, { webhooks, actor }) => webhooks.webhooksOut(await actor()),
  },
  Mutation: {
    createWebhookIn: (_, { input }, { webhooks, actor }) =>
      userErrors(async () => webhooks.createWebhookIn(await actor(), toNewWebhookIn(input))),
    revokeWebhookIn: (_, { input }, { webhooks, actor }) =>
      userErrors(async () => ({ webhook: await webhooks.revokeWebhookIn(await actor(), withoutNul(input.id)) })),
    createWebhookOut: (_, { input }, { webhooks, actor }) =>
      userErrors(async () =>
        webhooks.createWebhookOut(await actor(), {
          ...input,
          method: input.method ?? 'POST',
          oncePerTicket: input.oncePerTicket ?? false,
          headers: input.headers ?? [],
          bodyTemplate: input.bodyTemplate?.trim() ? withoutNul(input.bodyTemplate) : null,
        }),
      ),
    enableWebhookOut: (_, { input }, { webhooks, actor }) =>
      userErrors(async () => ({ webhook: await webhooks.enableWebhookOut(await actor(), withoutNul(input.id)) })),
    revokeWebhookOut: (_, { input }, { webhooks, actor }) =>
      userErrors(async () => ({ webhook: await webhooks.revokeWebhookOut(await actor(), withoutNul(input.id)) })),
  },
  WebhookIn: {
    path: ({ id, kind }) => `/webhooks/${doors[kind as keyof typeof doors]}/${id}`,
  },
};

const doors = { TICKET: 'tickets', GITHUB: 'changes', GITLAB: 'changes', EVENTS: 'changes', ALERTS: 'alerts' } as const;

const toNewWebhookIn = ({
  kind,
  mapping,
  filter,
  signatureHeader,
  signatureScheme,
  deliveryHeader,
  channel,
  secret,
  name,
}: CreateWebhookInInput): NewWebhookIn => ({
  name,
  kind: kind ?? 'TICKET',
  mapping: { title: mapping?.title || null, text: mapping?.text || null, reporter: mapping?.reporter || null, key: mapping?.key || null },
  filter: filter ?? [],
  signatureHeader: signatureHeader ?? 'X-Hub-Signature-256',
  signatureScheme: signatureScheme ?? 'GITHUB',
  deliveryHeader: deliveryHeader || null,
  channel: channel || null,
  secret: secret || null,
});
