import { createHash } from 'node:crypto';
import { type App, until } from './app.ts';

type UserError = { code: string; message: string; field: string | null };

export type ShownEntry = {
  key: string;
  section: string;
  text: string;
  wordedBy: string;
  breaking: boolean;
  refs: string[];
  ticketRefs: string[];
  tickets: { number: number }[];
  changes: { id: string; title: string }[];
};
export type ShownChangelog = {
  id: string;
  status: string;
  audience: string;
  headline: string | null;
  from: string;
  to: string;
  changeCount: number | null;
  rejectedTexts: number;
  failure: { code: string; message: string; retryAt: string | null } | null;
  entries: ShownEntry[];
  omitted: { edges: { cursor: string; node: { reason: string; of: string | null; change: { title: string } } }[] };
  omittedCounts: { reason: string; count: number }[];
  semver: { bump: string; reason: string; version: string | null } | null;
  receipt: { engine: string; sentHash: string | null } | null;
};

const ENTRY = 'key section text wordedBy breaking refs ticketRefs tickets { number } changes { id title }';
const CHANGELOG = `id status audience headline from to changeCount rejectedTexts failure { code message retryAt } entries { ${ENTRY} }
  omitted(first: 100) { edges { cursor node { reason of change { title } } } } omittedCounts { reason count } semver { bump reason version } receipt { engine sentHash }`;
const ERRORS = 'userErrors { code message field }';

/** A mutation by name and the type of its input. */
const mutate =
  <Payload>(name: string, type: string, fields: string) =>
  async (app: App, input: Record<string, unknown>, token?: string): Promise<Payload & { userErrors: UserError[] }> =>
    (
      await app.gql<Record<string, Payload & { userErrors: UserError[] }>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} ${ERRORS} } }`,
        { input },
        token,
      )
    )[name] as Payload & { userErrors: UserError[] };

export const recordChanges = mutate<{ created: number; known: number; ids: string[]; replayed: boolean }>(
  'recordChanges',
  'RecordChangesInput',
  'created known ids replayed',
);

export type ShownChange = { id: string; source: string; system: string; kind: string; title: string; refs: string[]; time: string };
const CHANGE = 'id source system kind title body refs labels paths breaking time url sha';
export const addChange = mutate<{ change: (ShownChange & { url: string | null }) | null; replayed: boolean }>(
  'addChange',
  'AddChangeInput',
  `change { ${CHANGE} } replayed`,
);
export const recordChangeEvent = mutate<{ change: (ShownChange & { url: string | null }) | null }>(
  'recordChangeEvent',
  'RecordChangeEventInput',
  `change { ${CHANGE} }`,
);
export const generateChangelog = mutate<{ changelog: { id: string; status: string } | null; replayed: boolean }>(
  'generateChangelog',
  'GenerateChangelogInput',
  'changelog { id status } replayed',
);
export const editEntry = mutate<{ entry: ShownEntry | null }>('editChangelogEntry', 'EditChangelogEntryInput', `entry { ${ENTRY} }`);
export const includeChanges = mutate<{ changelog: { id: string } | null }>('includeChanges', 'IncludeChangesInput', 'changelog { id }');
export const saveChangelogSettings = mutate<{ settings: { leakList: string[]; eventChannels: string[] } | null }>(
  'saveChangelogSettings',
  'SaveChangelogSettingsInput',
  'settings { leakList eventChannels }',
);

export const findChanges = async (app: App, filter: Record<string, unknown> = {}, token?: string) =>
  (
    await app.gql<{
      changes: {
        edges: {
          node: ShownChange & {
            body: string;
            labels: string[];
            paths: string[];
            url: string | null;
            sha: string | null;
            breaking: boolean;
          };
        }[];
      };
    }>(
      `query ($filter: ChangeFilter) { changes(filter: $filter, first: 100, orderBy: OLDEST_FIRST) { edges { node { ${CHANGE} } } } }`,
      { filter },
      token,
    )
  ).changes.edges.map(({ node }) => node);

export const findChangelog = async (app: App, id: string, token?: string): Promise<ShownChangelog> =>
  (await app.gql<{ changelog: ShownChangelog }>(`query ($id: ID!) { changelog(id: $id) { ${CHANGELOG} } }`, { id }, token)).changelog;

/** Waits until the changelog is as wanted (default: written). */
export const changelogThat = (
  app: App,
  id: string,
  isRight = ({ status }: ShownChangelog): boolean => status === 'SUCCEEDED' || status === 'FAILED',
): Promise<ShownChangelog> => until(() => findChangelog(app, id), isRight, 'the changelog');

/** Asks for a changelog and waits until it is written. */
export const generated = async (app: App, input: Record<string, unknown>): Promise<ShownChangelog> => {
  const { changelog, userErrors } = await generateChangelog(app, input);
  if (!changelog) throw new Error(JSON.stringify(userErrors));
  return changelogThat(app, changelog.id);
};

export const rendered = async (app: App, id: string, format: string, version?: string): Promise<string> =>
  (
    await app.gql<{ changelog: { rendered: string } }>(
      'query ($id: ID!, $format: ChangelogFormat!, $version: String) { changelog(id: $id) { rendered(format: $format, version: $version) } }',
      { id, format, version },
    )
  ).changelog.rendered;

let count = 0;

/** A commit of a repository, as CI sends it. */
export const commit = (title: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  source: 'GIT',
  system: 'acme/api',
  kind: 'COMMIT',
  title,
  time: new Date(Date.UTC(2026, 0, 10, 12, 0, count++)).toISOString(),
  sha: createHash('sha1').update(String(count)).digest('hex'),
  ...more,
});

/** The period those commits are of. */
export const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
