import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace } from '#db/orm.ts';
import { type App, until } from './app.ts';

export type Shown = {
  id: string;
  number: number;
  title: string;
  body: string;
  state: string;
  status: string;
  touched: boolean;
  reporter: string;
  assignee: string | null;
  category: { id: string; name: string } | null;
  categoryBy: string | null;
  priority: string | null;
  priorityBy: string | null;
  dueAt: string | null;
  snoozedUntil: string | null;
  mergedInto: { id: string } | null;
  failure: { code: string; message: string } | null;
  fields: { kind: string; value: string }[];
  prediction: {
    category: { id: string; name: string } | null;
    probability: number;
    abstained: boolean;
    by: string;
    modelVersion: number | null;
    reason: string;
    priorityWords: string[];
    alternatives: { probability: number; category: { id: string; name: string } }[];
    lookAlikes: { score: number; duplicate: boolean; ticket: { id: string; number: number } }[];
  } | null;
};

type UserError = { code: string; message: string; field: string | null };
export type TicketAnswer = { ticket: Shown | null; replayed?: boolean; userErrors: UserError[] };

const PREDICTION = `prediction { category { id name } probability abstained by modelVersion reason priorityWords
  alternatives { probability category { id name } } lookAlikes { score duplicate ticket { id number } } }`;
const TICKET = `id number title body state status touched reporter assignee category { id name } categoryBy priority priorityBy dueAt snoozedUntil
  mergedInto { id } failure { code message } fields { kind value } ${PREDICTION}`;
const ERRORS = 'userErrors { code message field }';

/** A mutation that answers with a ticket, by name and the type of its input. */
const mutate =
  (name: string, type: string, more = '') =>
  async (app: App, input: Record<string, unknown>, token?: string): Promise<TicketAnswer> =>
    (
      await app.gql<Record<string, TicketAnswer>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ticket { ${TICKET} } ${more} ${ERRORS} } }`,
        { input },
        token,
      )
    )[name] as TicketAnswer;

export const createTicket = mutate('createTicket', 'CreateTicketInput', 'replayed');
export const setCategory = mutate('setTicketCategory', 'SetTicketCategoryInput');
export const setPriority = mutate('setTicketPriority', 'SetTicketPriorityInput');
export const moveTicket = mutate('moveTicket', 'MoveTicketInput');
export const assignTicket = mutate('assignTicket', 'AssignTicketInput');
export const mergeTicket = mutate('mergeTicket', 'MergeTicketInput');
export const withdrawTicket = mutate('withdrawSlackTicket', 'SlackMessageInput');
export const refreshTicket = mutate('refreshSlackTicket', 'SlackMessageInput');

export const findTicket = async (app: App, id: string): Promise<Shown> =>
  (await app.gql<{ ticket: Shown }>(`query ($id: ID!) { ticket(id: $id) { ${TICKET} } }`, { id })).ticket;

/** Waits until the ticket is as wanted (default: the work of deciding is over). */
export const ticketThat = (
  app: App,
  id: string,
  isRight = ({ status }: Shown): boolean => status === 'SUCCEEDED' || status === 'FAILED',
): Promise<Shown> => until(() => findTicket(app, id), isRight, 'the ticket');

/** Creates a ticket and waits until it is decided on. */
export const triaged = async (app: App, input: Record<string, unknown>, token?: string): Promise<Shown> => {
  const { ticket, userErrors } = await createTicket(app, input, token);
  if (!ticket) throw new Error(JSON.stringify(userErrors));
  return ticketThat(app, ticket.id);
};

export type Prediction = NonNullable<Shown['prediction']>;
export const predict = async (app: App, text: string, title?: string): Promise<Prediction> => {
  const query = `mutation ($input: PredictTicketInput!) { predictTicket(input: $input) { ${PREDICTION} ${ERRORS} } }`;
  return (await app.gql<{ predictTicket: { prediction: Prediction } }>(query, { input: { text, title } })).predictTicket.prediction;
};

export type CategoryShown = {
  id: string;
  name: string;
  description: string;
  team: string;
  channel: string | null;
  mode: string;
  retiredAt: string | null;
};
export const categories = async (app: App, includeRetired = false): Promise<CategoryShown[]> =>
  (
    await app.gql<{ categories: CategoryShown[] }>(
      'query ($all: Boolean!) { categories(includeRetired: $all) { id name description team channel mode retiredAt } }',
      {
        all: includeRetired,
      },
    )
  ).categories;

export const categoryNamed = async (app: App, name: string): Promise<CategoryShown> => {
  const found = (await categories(app)).find((category) => category.name === name);
  if (!found) throw new Error(`There is no category ${name}.`);
  return found;
};

export const saveCategory = async (app: App, input: Record<string, unknown>, token?: string) =>
  (
    await app.gql<{ saveCategory: { category: CategoryShown | null; note: string | null; userErrors: UserError[] } }>(
      `mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) { category { id name description team channel mode retiredAt } note ${ERRORS} } }`,
      { input },
      token,
    )
  ).saveCategory;

const moveCategory = (name: 'retireCategory' | 'reviveCategory') => async (app: App, id: string, token?: string) =>
  (
    await app.gql<Record<typeof name, { category: CategoryShown | null; userErrors: UserError[] }>>(
      `mutation ($id: ID!) { ${name}(input: { id: $id }) { category { id name retiredAt } ${ERRORS} } }`,
      { id },
      token,
    )
  )[name];
export const retireCategory = moveCategory('retireCategory');
export const reviveCategory = moveCategory('reviveCategory');

export const saveSettings = async (app: App, input: Record<string, unknown>, token?: string) =>
  (
    await app.gql<{ saveTriageSettings: { settings: { emoji: string; threshold: number } | null; userErrors: UserError[] } }>(
      `mutation ($input: SaveTriageSettingsInput!) { saveTriageSettings(input: $input) { settings { emoji threshold } ${ERRORS} } }`,
      { input },
      token,
    )
  ).saveTriageSettings;

/** A token made by the admin, e.g. one like the bot's (`SERVICE`, ACT_FOR_SLACK). */
export const createToken = async (app: App, kind: 'PERSONAL' | 'SERVICE', scopes: string[]): Promise<string> =>
  (
    await app.gql<{ createToken: { secret: string } }>('mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }', {
      input: { name: 'tests', kind, scopes },
    })
  ).createToken.secret;

export const botScopes = ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE', 'ACT_FOR_SLACK'];

/** A ticket of the past, as its row: for histories that would take too long to live through. */
export const pastTicket = async (app: App, number: number, fields: Partial<Ticket>): Promise<string> => {
  const workspaceId = app.runtime.workspaceId as string;
  const at = new Date(Date.now() - 86_400_000);
  const row = {
    id: `tkt_${String(number).padStart(26, '0')}`,
    workspaceId,
    number,
    title: 'Past',
    body: 'Past',
    entry: 'API' as const,
    reporter: 'somebody',
    status: 'SUCCEEDED' as const,
    state: 'ROUTED' as const,
    fields: [],
    touched: true,
    openly: true,
    createdBy: 'somebody',
    createdAt: at,
    updatedAt: at,
    ...fields,
  };
  await forWorkspace(app.database.orm, workspaceId).insert(Ticket, row as never);
  return row.id;
};

export const foretold = (
  categoryId: string | null,
  probability: number,
  alternatives: { categoryId: string; probability: number }[] = [],
): Ticket['prediction'] => ({
  categoryId,
  probability,
  alternatives,
  abstained: categoryId === null,
  priority: 'P3',
  priorityWords: [],
  reason: 'It says so.',
  by: 'model',
  modelVersion: null,
  lookAlikes: [],
});

export const enqueue = (app: App, task: string, payload: Record<string, unknown>): Promise<unknown> =>
  app.database.orm.em
    .fork()
    .getConnection()
    .execute('select graphile_worker.add_job(?, ?::json)', [task, JSON.stringify(payload)]);

/** Lets jobs that wait for their time run now. */
export const hurry = (app: App): Promise<unknown> =>
  app.database.orm.em.fork().getConnection().execute('update graphile_worker._private_jobs set run_at = now() where run_at > now()');
