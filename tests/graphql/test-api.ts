import type { RequestListener } from 'node:http';
import { User } from '#db/entities/user.ts';
import { Workspace } from '#db/entities/workspace.ts';
import type { Notices } from '#db/notices.ts';
import type { Orm } from '#db/orm.ts';
import { createGraphServer, type GraphDeps } from '#graphql/server.ts';
import { createPasswords } from '#src/auth/passwords.ts';
import { type Auth, createAuth } from '#src/auth/service.ts';
import { createSetupToken } from '#src/auth/setup.ts';
import { createChangelogService } from '#src/changelog/service.ts';
import { createChangelogPostService } from '#src/changelog/weekly/post-service.ts';
import type { Role } from '#src/core/actor.ts';
import { newId } from '#src/core/ids.ts';
import type { Log } from '#src/core/ports.ts';
import { createIncidentService } from '#src/incidents/service.ts';
import type { LogService } from '#src/logs/service.ts';
import { createModels } from '#src/tickets/prediction/models.ts';
import { createTicketService } from '#src/tickets/service.ts';
import { createSeal } from '#src/webhooks/sealed-secret.ts';
import { createWebhookService } from '#src/webhooks/service.ts';
import { createFakeLogs, type FakeLogs } from './fake-logs.ts';

export const PASSWORD = 'correct horse battery';

export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever comes back
  data: any;
  errors: { message: string; path?: string[]; extensions: Record<string, unknown> }[] | undefined;
  extensions: Record<string, unknown> | undefined;
};

type Ask = {
  token?: string | undefined;
  headers?: Record<string, string>;
  variables?: Record<string, unknown>;
  operationName?: string;
  address?: string;
};

export type TestApi = {
  auth: Auth;
  logs: FakeLogs;
  logged: { fields: Record<string, unknown>; message: string }[];
  /** Moves the clock. */
  pass(milliseconds: number): void;
  ask(query: string, options?: Ask): Promise<Answer>;
  fetch: (request: Request) => Promise<Response>;
  /** For a real HTTP server. */
  listener: RequestListener;
  setUp(): Promise<{ accessToken: string; refreshToken: string; user: { id: string } }>;
  /** A person in a workspace, signed in. */
  person(role: Role, workspaceId: string): Promise<{ id: string; email: string; token: string; refreshToken: string }>;
  workspace(): Promise<string>;
};

// Who wants to watch a ticket hands in real ones.
const silent: Notices = { async *watch() {}, close: async () => {} };

/** The API on a real database, entered by its front door, with a fake log service (or the real one) and a clock that a test can move. */
export const createTestApi = (
  orm: Orm,
  config: Partial<GraphDeps['config']> = {},
  realLogs?: LogService,
  notices: Notices = silent,
): TestApi => {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const auth = createAuth({
    orm,
    clock,
    config: { ACCESS_TOKEN_MINUTES: 15, REFRESH_TOKEN_DAYS: 30, BCRYPT_COST: 4, jwtSecret: 's'.repeat(40) },
  });
  const logs = createFakeLogs();
  const logged: TestApi['logged'] = [];
  const changelogs = createChangelogService({ orm, notices, clock, requireSlackTeam: async () => {} });
  const yoga = createGraphServer({
    auth,
    logs: realLogs ?? logs,
    tickets: createTicketService({
      colleagues: null,
      orm,
      notices,
      clock,
      log: recordingLog(logged),
      models: createModels({ orm }),
      reckoner: { model: 'a-model', tokensOf: async () => 100, costOf: () => null },
      requireSlackTeam: async () => {},
    }),
    changelogs,
    incidents: createIncidentService({ orm, clock, url: 'http://localhost' }),
    changelogPosts: createChangelogPostService({ orm, clock, requireSlackTeam: async () => {}, editEntry: changelogs.editEntry }),
    webhooks: createWebhookService({ orm, clock, seal: createSeal('s'.repeat(40)), allow: { private: false, plainLoopback: false } }),
    log: recordingLog(logged),
    config: { graphiql: false, introspection: false, MAX_GRAPHQL_LOG_BYTES: 100_000, ...config },
  });

  const ask: TestApi['ask'] = async (query, { token, headers, variables, operationName, address } = {}) => {
    const body = JSON.stringify({ query, variables, operationName });
    const sent = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers };
    const response = await yoga.fetch(new Request('http://localhost/graphql', { method: 'POST', headers: sent, body }), {
      address: address ?? '203.0.113.7',
    });
    const answer = (await response.json()) as Omit<Answer, 'status' | 'headers'>;
    return { ...answer, status: response.status, headers: response.headers };
  };

  return {
    auth,
    logs,
    logged,
    ask,
    pass(milliseconds) {
      ahead += milliseconds;
    },
    listener: (request, response) => void yoga(request, response),
    fetch: async (request) => yoga.fetch(request, {}),
    async setUp() {
      const setupToken = await createSetupToken(orm);
      const { data } = await ask(CREATE_FIRST_ADMIN, {
        variables: { input: { setupToken, email: `first@example.com`, name: 'First', password: PASSWORD } },
      });
      return data.createFirstAdmin.session;
    },
    async person(role, workspaceId) {
      const email = `${newId('usr')}@example.com`;
      const passwordHash = await createPasswords(4).hash(PASSWORD);
      const id = newId('usr');
      await orm.em.fork().insert(User, { id, workspaceId, email, name: role, passwordHash, role, createdAt: new Date() });
      const { data } = await ask(SIGN_IN, { variables: { input: { email, password: PASSWORD } } });
      return { id, email, token: data.signIn.session.accessToken, refreshToken: data.signIn.session.refreshToken };
    },
    async workspace() {
      const id = newId('ws');
      await orm.em.fork().insert(Workspace, { id, name: 'Another', slackTeamId: null, createdAt: new Date() });
      return id;
    },
  };
};

const SESSION =
  'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt user { id email role } } userErrors { code message field }';
export const CREATE_FIRST_ADMIN = `mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { ${SESSION} } }`;
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${SESSION} } }`;
export const REFRESH = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { ${SESSION} } }`;
export const SIGN_OUT = 'mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut userErrors { code } } }';
export const ME = '{ me { user { id email } token { id name lastUsedAt } workspace { id } role scopes } }';
export const CREATE_TOKEN =
  'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id kind scopes preview expiresAt } secret userErrors { code message field } } }';
export const REVOKE_TOKEN =
  'mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id revokedAt } userErrors { code message } } }';
export const CREATE_USER =
  'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id email role } userErrors { code message field } } }';
export const SUBMIT_LOG =
  'mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id title } replayed userErrors { code message field } } }';
export const AUDIT =
  'query ($subjectId: ID) { auditEvents(first: 100, subjectId: $subjectId) { actor actingFor action subjectId requestId } }';

const recordingLog = (logged: TestApi['logged']): Log => {
  const record = (fields: Record<string, unknown>, message: string): void => void logged.push({ fields, message });
  const log: Log = { info: record, warn: record, error: record, child: () => log };
  return log;
};
