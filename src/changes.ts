import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { composeChangelog, toMarkdown } from './changelog/changes/index.ts';
import type { Audience } from './changelog/changes/types.ts';
import { asLanded } from './changelog/landed.ts';
import { pushChanges } from './changelog/push-changes.ts';
import { readGit } from './changelog/read-git.ts';
import { readTags } from './changelog/read-tags.ts';
import { callersFolder, clientSettings } from './config.ts';
import { AppError, isAppError } from './core/errors.ts';
import { createProgressBar } from './terminal/progress-bar.ts';

const usage = `Usage: npm run changes -- preview [--repo FOLDER] [--since TAG] [--to TAG] [--audience engineers|customers|company] [--json]
       npm run changes -- push    [--repo FOLDER] [--since TAG] [--to TAG] [--system owner/name] [--url http://…]
preview  composes a changelog of a repository's commits and prints it as Markdown; needs no server, no network and no key.
push     sends the commits and tags to a server, which knows those it has already. The token is in AIOPS_TOKEN (scope CHANGES_WRITE),
         the server in --url or AIOPS.`;

const audiences: readonly string[] = ['engineers', 'customers', 'company'];

type Options = {
  command: 'preview' | 'push';
  folder: string;
  since: string | undefined;
  to: string | undefined;
  system: string | undefined;
  audience: Audience;
  json: boolean;
  url: string | undefined;
};

const main = async (): Promise<void> => {
  const options = parseOptions();
  if (!options) return console.log(usage);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new AppError('CANCELLED', 'Stopped.')));
  await (options.command === 'preview' ? preview : push)(options, stopping.signal);
};

const read = ({ folder, since, to, system }: Options, signal: AbortSignal) =>
  readGit({ folder, signal, ...(since ? { from: since } : {}), ...(to ? { to } : {}), ...(system ? { system } : {}) });

const preview = async (options: Options, signal: AbortSignal): Promise<void> => {
  const { audience, json, since } = options;
  const changes = await read(options, signal);
  if (changes.length === 0) throw new AppError('NOT_FOUND', `There are no commits${since ? ` after ${since}` : ''}.`);
  const changelog = composeChangelog(changes, { audience, leakList: [] });
  if (json) return console.log(JSON.stringify(changelog));
  const urls = new Map(changes.map(({ id, url }) => [id, url]));
  const linkOf = (ref: string, { changes: ids }: { changes: string[] }): string | null =>
    /^[0-9a-f]{7,40}$/.test(ref) ? (urls.get(ids.find((id) => id.startsWith(ref)) ?? '') ?? null) : null;
  process.stdout.write(toMarkdown(changelog, { audience, linkOf }));
  const told = changes.length - changelog.omitted.length;
  console.error(
    `${changes.length} commits: ${told} in ${changelog.entries.length} entries, ${changelog.omitted.length} left out. Proposed: ${changelog.semver.bump} (${changelog.semver.reason}).`,
  );
};

const push = async (options: Options, signal: AbortSignal): Promise<void> => {
  const { url: envUrl, token } = clientSettings();
  if (!token) throw new AppError('CONFIG', 'AIOPS_TOKEN is not set. Make a token with the scope CHANGES_WRITE and put it there.');
  const url = options.url ?? envUrl;
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new AppError('BAD_INPUT', `"${url}" is not the address of a server; write it like https://aiops.example.com.`);
  const changes = asLanded(await read(options, signal));
  const system = changes[0]?.system;
  if (!system) return console.log(`There are no commits${options.since ? ` after ${options.since}` : ''}; nothing was sent.`);
  const bar = createProgressBar(process.stderr);
  const releases = await readTags(options.folder, system);
  // Oldest first: what is cut off in the middle is continued from there.
  const all = [...changes.toReversed(), ...releases];
  try {
    const { created, known } = await pushChanges(all, { url, token, signal, onProgress: (share) => bar.show('Sending', share) });
    bar.stop();
    console.log(`${changes.length} commits and ${releases.length} tags of ${system}: ${created} new, ${known} known before.`);
  } finally {
    bar.stop();
  }
};

const parseOptions = (): Options | null => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      repo: { type: 'string', default: '.' },
      since: { type: 'string' },
      to: { type: 'string' },
      system: { type: 'string' },
      audience: { type: 'string', default: 'engineers' },
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, ...more] = positionals;
  if (values.help || command === undefined) return null;
  if ((command !== 'preview' && command !== 'push') || more.length > 0)
    throw new AppError('BAD_INPUT', `"${[command, ...more].join(' ')}" is not a command here.\n${usage}`);
  if (!audiences.includes(values.audience)) throw new AppError('BAD_INPUT', `The audience is one of ${audiences.join(', ')}.`);
  const { since, to, system, json, url } = values;
  return { command, folder: resolve(callersFolder(), values.repo), since, to, system, audience: values.audience as Audience, json, url };
};

main().catch((error: unknown) => {
  const expected = isAppError(error) || String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS');
  console.error(expected ? (error as Error).message : String((error as Error).stack ?? error));
  process.exitCode = 1;
});
