import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmulator } from 'emulate';

type Row = Record<string, unknown>;
type Table = {
  all(): Row[];
  insert(row: Row): Row;
  update(id: unknown, row: Row): Row;
  findOneBy(field: string, value: unknown): Row | undefined;
};

export type EmulatedSlack = {
  url: string;
  close(): Promise<void>;
  store: Record<'channels' | 'messages' | 'ephemeralMessages' | 'files' | 'users' | 'views', Table>;
};

type SlackModule = { slackPlugin: { register: Register }; getSlackStore(store: unknown): EmulatedSlack['store'] };
type Register = (this: unknown, app: unknown, store: unknown, webhooks: unknown, baseUrl: string, tokenMap: unknown) => void;

/**
 * `emulate`'s Slack in this process, together with its store. The store is not part of its public interface, so it is caught
 * while the emulator registers itself.
 */
export const startSlackEmulator = async (seed: Record<string, unknown>): Promise<EmulatedSlack> => {
  const slackModule = await importSlackModule();
  const register = slackModule.slackPlugin.register;
  let caught: unknown;
  slackModule.slackPlugin.register = function (app, store, webhooks, baseUrl, tokenMap) {
    caught = store;
    return register.call(this, app, store, webhooks, baseUrl, tokenMap);
  };
  try {
    const emulator = await listenSomewhere((port) => createEmulator({ service: 'slack', port, seed: { slack: seed } }));
    return { url: emulator.url, close: () => emulator.close(), store: slackModule.getSlackStore(caught) };
  } finally {
    slackModule.slackPlugin.register = register;
  }
};

const importSlackModule = async (): Promise<SlackModule> => {
  const folder = dirname(fileURLToPath(import.meta.resolve('emulate')));
  const found = /async load\(\) \{\s*const mod = await import\("\.\/([^"]+)"\);\s*return \{ plugin: mod\.slackPlugin/.exec(
    readFileSync(join(folder, 'api.js'), 'utf8'),
  );
  if (!found?.[1]) throw new Error('This version of emulate keeps its Slack elsewhere: see tests/support/slack-emulator.ts');
  return (await import(pathToFileURL(join(folder, found[1])).href)) as SlackModule;
};

/** The emulator wants its port beforehand, and another test file may take it in between. */
const listenSomewhere = async <Server>(listen: (port: number) => Promise<Server>, tries = 3): Promise<Server> => {
  try {
    return await listen(await freePort());
  } catch (error) {
    if (tries <= 1) throw error;
    return listenSomewhere(listen, tries - 1);
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
