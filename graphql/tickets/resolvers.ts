import { endable } from '#graphql/base/endable.ts';
import { toPage } from '#graphql/base/to-page.ts';
import type { GraphContext } from '#graphql/context.ts';
import { userErrors } from '#graphql/errors.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import { answersWithin, type CategoryView, cutNote, noteOn, type TicketEventView, type TicketView } from '#src/tickets/ticket-view.ts';
import {
  parseAssignee,
  parseCreateTicket,
  parseSaveCategory,
  parseSaveSettings,
  parseStartReplay,
  toTicketFilter,
} from './parse-inputs.ts';

export const ticketsResolvers: Resolvers = {
  Query: {
    ticket: async (_, { id }, { tickets, actor }) => tickets.ticket(await actor(), withoutNul(id)),
    tickets: async (_, args, { tickets, actor }) => tickets.tickets(await actor(), toTicketFilter(args.filter), toPage(args)),
    categories: async (_, { includeRetired }, { tickets, actor }) => tickets.categories(await actor(), { includeRetired }),
    triageSettings: async (_, _args, { tickets, actor }) => tickets.settings(await actor()),
    triageReport: async (_, _args, { tickets, actor }) => tickets.report(await actor()),
    triageNights: async (_, { first }, { tickets, actor }) => tickets.nights(await actor(), first ?? 14),
    triageReplay: async (_, { id }, { tickets, actor }) => tickets.replay(await actor(), withoutNul(id)),
    triageReplayEstimate: async (_, { input }, { tickets, actor }) => tickets.reckonReplay(await actor(), parseStartReplay(input)),
    triageAdvice: async (_, _args, { tickets, actor }) => tickets.advice(await actor()),
    ticketEvents: async (_, { ticketId }, { tickets, actor }) => tickets.ticketEvents(await actor(), withoutNul(ticketId)),
  },
  Mutation: {
    createTicket: (_, { input }, { tickets, actor }) =>
      userErrors(
        async () => {
          const asker = await actor();
          return tickets.createTicket(asker, parseCreateTicket(asker, input));
        },
        { replayed: false, sameThread: false, note: null },
      ),
    setTicketCategory: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ ticket: await tickets.setCategory(await actor(), withoutNul(input.id), withoutNul(input.categoryId)) })),
    setTicketPriority: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ ticket: await tickets.setPriority(await actor(), withoutNul(input.id), input.priority) })),
    moveTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ ticket: await tickets.move(await actor(), withoutNul(input.id), input.move, input.until ?? undefined) })),
    assignTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ ticket: await tickets.assign(await actor(), withoutNul(input.id), parseAssignee(input.assignee)) })),
    mergeTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ ticket: await tickets.merge(await actor(), withoutNul(input.id), withoutNul(input.intoId)) })),
    withdrawSlackTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({
        ticket: await tickets.withdrawSlackTicket(await actor(), { channel: withoutNul(input.channel), ts: withoutNul(input.ts) }),
      })),
    refreshSlackTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({
        ticket: await tickets.refreshSlackTicket(await actor(), { channel: withoutNul(input.channel), ts: withoutNul(input.ts) }),
      })),
    predictTicket: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({
        prediction: await tickets.predict(await actor(), { title: withoutNul(input.title ?? ''), body: withoutNul(input.text) }),
        note: cutNote(input.text),
      })),
    saveCategory: (_, { input }, { tickets, actor }) =>
      userErrors(async () => {
        const { category, revived } = await tickets.saveCategory(await actor(), parseSaveCategory(input));
        return { category, note: noteOn(category, revived) };
      }),
    retireCategory: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ category: await tickets.retireCategory(await actor(), withoutNul(input.id)) })),
    reviveCategory: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ category: await tickets.reviveCategory(await actor(), withoutNul(input.id)) })),
    triageReplay: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({
        replay: await tickets.startReplay(await actor(), parseStartReplay(input)),
      })),
    saveTriageSettings: (_, { input }, { tickets, actor }) =>
      userErrors(async () => ({ settings: await tickets.saveSettings(await actor(), parseSaveSettings(input)) })),
  },
  Subscription: {
    ticketChanges: {
      subscribe: async (_, { ticketId }, { tickets, actor, request }) => {
        const asker = await actor();
        return endable((ended) => tickets.watchTicket(asker, withoutNul(ticketId), ended), request.signal) as AsyncIterable<never>;
      },
      resolve: (ticket: unknown) => ticket as TicketView,
    },
    ticketEvents: {
      subscribe: async (_, { ticketId }, { tickets, actor, request }) => {
        const asker = await actor();
        return endable((ended) => tickets.watchTicketEvents(asker, withoutNul(ticketId), ended), request.signal) as AsyncIterable<never>;
      },
      resolve: (event: unknown) => event as TicketEventView,
    },
  },
  Ticket: {
    category: async ({ categoryId }, _, { tickets, actor }) => (categoryId ? tickets.category(await actor(), categoryId) : null),
    mergedInto: async ({ mergedInto }, _, { tickets, actor }) => (mergedInto ? tickets.ticket(await actor(), mergedInto) : null),
  },
  TicketEvent: {
    from: ({ detail }) => detail?.from ?? null,
    to: ({ detail }) => detail?.to ?? null,
  },
  TicketPrediction: {
    disputed: ({ disputed }) => disputed ?? false,
    priorityUnread: ({ priorityUnread }) => priorityUnread ?? false,
    priorityReasons: ({ priorityReasons }) => priorityReasons ?? [],
    priorityUsualOf: ({ priorityUsualOf }, _, context) => (priorityUsualOf ? categoryOf(context, priorityUsualOf) : null),
    category: async ({ categoryId }, _, { tickets, actor }) => (categoryId ? tickets.category(await actor(), categoryId) : null),
  },
  CategoryGuess: {
    category: ({ categoryId }, _, context) => categoryOf(context, categoryId),
  },
  LookAlike: {
    ticket: ({ ticketId }, _, context) => ticketOf(context, ticketId),
  },
  TriageAdvice: {
    from: ({ content }) => new Date(content.from),
    until: ({ content }) => new Date(content.until),
    tickets: ({ content }) => content.tickets,
    decided: ({ content }) => content.decided,
    right: ({ content }) => content.right,
    told: ({ content }) => content.told ?? null,
    betterThreshold: ({ content }) => content.betterThreshold ?? null,
    overlaps: ({ content }) => content.overlaps,
    unused: ({ content }, _, context) => findCategories(context, content.unused),
    clusters: ({ content }) => content.clusters,
    drift: ({ content }) => content.drift,
    perCategory: ({ content }) => content.perCategory,
    demoted: ({ content }, _, context) => findCategories(context, content.demoted),
  },
  TriageNight: {
    from: ({ report }) => new Date(report.from),
    tickets: ({ report }) => report.tickets,
    decided: ({ report }) => report.decided,
    right: ({ report }) => report.right,
    perCategory: ({ report }) => report.perCategory,
    drift: ({ report }) => report.drift,
    demoted: ({ report }, _, context) => findCategories(context, report.demoted),
    model: ({ report }) => report.model,
    modelKept: ({ report }) => report.modelKept ?? null,
  },
  CategoryOverlap: {
    categories: ({ categoryIds }, _, context) => findCategories(context, categoryIds),
  },
  TicketCluster: {
    tickets: async ({ ticketIds }, _, { tickets, actor }) => {
      const asker = await actor();
      return (await Promise.all(ticketIds.map((id) => tickets.ticket(asker, id)))).filter((ticket) => ticket !== null);
    },
  },
  CategoryShift: {
    category: ({ categoryId }, _, context) => categoryOf(context, categoryId),
  },
  BusinessHours: {
    closedDays: ({ closedDays }) => closedDays ?? [],
  },
  TriageSettings: {
    answerWithin: (settings) => answersWithin(settings),
  },
  TriageReplay: {
    result: ({ result }) => result ?? null,
    failure: ({ failure }) => failure ?? null,
  },
  TriageDifference: {
    ticket: ({ ticketId }, _, context) => ticketOf(context, ticketId),
    was: async ({ wasId }, _, { tickets, actor }) => (wasId ? tickets.category(await actor(), wasId) : null),
    wouldBe: async ({ wouldBeId }, _, { tickets, actor }) => (wouldBeId ? tickets.category(await actor(), wouldBeId) : null),
    actual: ({ actualId }, _, context) => categoryOf(context, actualId),
  },
  ConfusionCell: {
    predicted: ({ predictedId }, _, context) => categoryOf(context, predictedId),
    actual: ({ actualId }, _, context) => categoryOf(context, actualId),
  },
  CategoryReport: {
    category: ({ categoryId }, _, context) => categoryOf(context, categoryId),
  },
};

// Categories are retired, never deleted: what names one finds it, and likewise tickets.
const categoryOf = async ({ tickets, actor }: GraphContext, id: string): Promise<CategoryView> =>
  found(await tickets.category(await actor(), id), id);

const ticketOf = async ({ tickets, actor }: GraphContext, id: string): Promise<TicketView> =>
  found(await tickets.ticket(await actor(), id), id);

const found = <Row>(row: Row | null, id: string): Row => {
  if (!row) throw new Error(`${id} is named and not there`);
  return row;
};

const findCategories = async ({ tickets, actor }: GraphContext, ids: readonly string[]): Promise<CategoryView[]> => {
  const asker = await actor();
  return (await Promise.all(ids.map((id) => tickets.category(asker, id)))).filter((category) => category !== null);
};
