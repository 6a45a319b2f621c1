import { startSlackEmulator } from './slack-emulator.ts';
import { type Fault, type FaultOptions, startSlackProxy } from './slack-proxy.ts';
import { createSlackSender, type SlackSender } from './slack-sender.ts';

export type { Fault } from './slack-proxy.ts';

export type { SlackSender } from './slack-sender.ts';

type Json = Record<string, unknown>;

export type SlackStandIn = {
  /** Give these to the bot: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET. */
  apiUrl: string;
  botToken: string;
  signingSecret: string;
  teamId: string;
  botUserId: string;
  /** Two people, Ana an admin of the workspace, and #general with both of them and the bot in it. */
  ana: string;
  ben: string;
  general: string;
  /** A channel; the bot is in it when `members` names it (default: Ana, Ben and the bot). */
  createChannel(channel: { name: string; isPrivate?: boolean; members?: string[] }): string;
  /** The direct messages between a person and the bot. */
  createDirectMessages(user?: string): string;
  /** A person posts; the message is as Slack's API returns it. Nothing is delivered to the bot: send it with `sendTo`. */
  post(message: { channel?: string; text: string; threadTs?: string; attachments?: Json[] }): Promise<Json & { ts: string }>;
  /** A person uploads a file, into a channel (and thread) if named. */
  upload(file: {
    name: string;
    bytes: Uint8Array | string;
    channel?: string;
    threadTs?: string;
    text?: string;
  }): Promise<Json & { id: string }>;
  /** Changes what Slack says about a file, e.g. { mimetype: 'image/png' }. */
  changeFile(id: string, fields: Json): void;
  remove(channel: string, ts: string): void;
  /** A person edits a message; nothing is delivered to the bot. */
  edit(channel: string, ts: string, text: string): void;
  /** Ana puts an emoji on a message, or takes hers back; nothing is delivered to the bot. */
  react(message: { channel?: string; ts: string; name: string; back?: boolean }): Promise<void>;
  /** Changes what Slack says about a person, e.g. { is_bot: true }. */
  changeUser(user: string, fields: Json): void;
  /** What people see: every message of a channel, threads included, oldest first. */
  messages(channel?: string): (Json & { ts: string; text: string; thread_ts?: string; blocks?: Json[] })[];
  /** Ephemeral messages, oldest first. */
  ephemerals(): { channel: string; user: string; text: string; threadTs?: string }[];
  /** What was sent to response_urls, oldest first. */
  responses(): Json[];
  /** Modals that were opened, oldest first, as they look now. */
  views(): Json[];
  /** What broke Slack's limits (and was refused, as Slack does). Empty is good. */
  violations: string[];
  /** The next `times` calls (default: all from now on) of a method, 'files' (downloads) or 'response_url' go wrong, or only those about a channel. */
  fail(method: string, fault: Fault, options?: FaultOptions): void;
  /** Lets everything succeed again. */
  heal(): void;
  /** Arguments of the calls of a method so far, failed ones included. */
  calls(method: string): Json[];
  /** Methods called with the bot's token. */
  methods(): string[];
  newResponseUrl(): string;
  /** Sends what Slack sends, signed, to a bot's /slack/events. */
  sendTo(botUrl: string): SlackSender;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * A Slack workspace on loopback: `emulate` behind a proxy of ours that adds what it leaves out (limits of blocks, oldest and
 * latest, pages, replies to dead parents, response_urls) and injects faults. With `scopes`, the bot's token has only those.
 */
export const startSlack = async ({ scopes }: { scopes?: string[] } = {}): Promise<SlackStandIn> => {
  const emulator = await startSlackEmulator(seed(scopes));
  const { store } = emulator;
  const id = (name: string) => String(store.users.findOneBy('name', name)?.['user_id']);
  const [ana, ben] = [id('ana'), id('ben')];
  const proxy = await startSlackProxy(emulator);
  const callAs = async (token: string, method: string, args: Json): Promise<Json> => {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const answer = (await response.json()) as Json;
    if (!answer['ok']) throw new Error(`Stand-in: ${method} said ${String(answer['error'])}`);
    return answer;
  };
  let channels = 0;
  const insertChannel = (fields: Json & { members: string[] }): string => {
    const channel_id = `${fields['is_im'] ? 'D' : 'C'}0TEST${String(++channels).padStart(4, '0')}`;
    store.channels.insert({
      channel_id,
      team_id: TEAM,
      is_archived: false,
      topic: { value: '' },
      purpose: { value: '' },
      creator: ana,
      num_members: fields.members.length,
      is_private: false,
      is_im: false,
      is_mpim: false,
      ...fields,
    });
    return channel_id;
  };
  const general = insertChannel({ name: 'ops', is_channel: true, members: [ana, ben, BOT_USER] });
  const proxied = (value: Json): Json => JSON.parse(JSON.stringify(value).replaceAll(emulator.url, proxy.url)) as Json;
  let responseUrls = 0;
  const newResponseUrl = () => `${proxy.url}/response/${++responseUrls}`;

  const standIn: SlackStandIn = {
    apiUrl: `${proxy.url}/api/`,
    botToken: BOT_TOKEN,
    signingSecret: SECRET,
    teamId: TEAM,
    botUserId: BOT_USER,
    ana,
    ben,
    general,
    createChannel: ({ name, isPrivate = false, members = [ana, ben, BOT_USER] }) =>
      insertChannel({ name, is_channel: !isPrivate, is_private: isPrivate, members }),
    createDirectMessages: (user = ana) => insertChannel({ name: 'direct', is_im: true, is_private: true, user, members: [user, BOT_USER] }),
    async post({ channel = general, text, threadTs, attachments }) {
      const answer = await callAs(ANA_TOKEN, 'chat.postMessage', {
        channel,
        text,
        ...(threadTs ? { thread_ts: threadTs } : {}),
        ...(attachments ? { attachments } : {}),
      });
      return answer['message'] as Json & { ts: string };
    },
    async upload({ name, bytes, channel, threadTs, text }) {
      const content = Buffer.from(bytes);
      const { upload_url, file_id } = await callAs(ANA_TOKEN, 'files.getUploadURLExternal', { filename: name, length: content.length });
      await fetch(String(upload_url), { method: 'POST', body: content });
      const target = {
        ...(channel ? { channel_id: channel } : {}),
        ...(threadTs ? { thread_ts: threadTs } : {}),
        ...(text ? { initial_comment: text } : {}),
      };
      const { files } = await callAs(ANA_TOKEN, 'files.completeUploadExternal', { files: [{ id: file_id, title: name }], ...target });
      return proxied((files as Json[])[0] ?? {}) as Json & { id: string };
    },
    changeFile(fileId, fields) {
      const file = store.files.findOneBy('file_id', fileId);
      if (file) store.files.update(file['id'], fields);
    },
    remove(channel, ts) {
      const message = store.messages.all().find((each) => each['channel_id'] === channel && each['ts'] === ts);
      if (message) store.messages.update(message['id'], { channel_id: 'deleted' });
    },
    edit(channel, ts, text) {
      const message = store.messages.all().find((each) => each['channel_id'] === channel && each['ts'] === ts);
      if (message) store.messages.update(message['id'], { text });
    },
    async react({ channel = general, ts, name, back = false }) {
      await callAs(ANA_TOKEN, back ? 'reactions.remove' : 'reactions.add', { channel, timestamp: ts, name });
    },
    changeUser(user, fields) {
      const found = store.users.findOneBy('user_id', user);
      if (found) store.users.update(found['id'], fields);
    },
    messages: (channel = general) =>
      store.messages
        .all()
        .filter((message) => message['channel_id'] === channel)
        .sort((a, b) => (String(a['ts']) < String(b['ts']) ? -1 : 1)) as ReturnType<SlackStandIn['messages']>,
    ephemerals: () =>
      store.ephemeralMessages.all().map((each) => ({
        channel: String(each['channel_id']),
        user: String(each['target_user']),
        text: String(each['text']),
        ...(each['thread_ts'] ? { threadTs: String(each['thread_ts']) } : {}),
      })),
    responses: () => proxy.responses,
    views: () => store.views.all(),
    violations: proxy.violations,
    fail: proxy.fail,
    heal: proxy.heal,
    calls: (method) => proxy.calls.filter((call) => call.method === method).map((call) => call.args),
    methods: () => [...new Set(proxy.calls.map((call) => call.method))],
    newResponseUrl,
    sendTo: (url) =>
      createSlackSender({
        url,
        secret: SECRET,
        teamId: TEAM,
        channel: general,
        user: ana,
        newResponseUrl,
        newTrigger: async (user, viewId) =>
          String(
            (await callAs(BOT_TOKEN, 'views.generateTriggerId', { user_id: user, ...(viewId ? { view_id: viewId } : {}) }))['trigger_id'],
          ),
      }),
    async stop() {
      await proxy.stop();
      await emulator.close();
    },
    [Symbol.asyncDispose]: () => standIn.stop(),
  };
  return standIn;
};

const TEAM = 'T000000001';
const BOT_USER = 'U0BOT';
const BOT_TOKEN = 'xoxb-test-bot';
const ANA_TOKEN = 'xoxp-test-ana';
const SECRET = 'test-signing-secret';

const seed = (scopes?: string[]) => ({
  signing_secret: SECRET,
  strict_scopes: scopes !== undefined,
  users: [{ name: 'ana', is_admin: true }, { name: 'ben' }],
  oauth_apps: [
    {
      client_id: '1.2',
      client_secret: 'cs',
      app_id: 'A0BOT',
      name: 'aiops',
      redirect_uris: ['http://localhost/x'],
      scopes: scopes ?? [],
      bot_id: 'B0BOT',
      bot_user_id: BOT_USER,
      bot_name: 'aiops',
    },
  ],
  tokens: [
    {
      token: BOT_TOKEN,
      type: 'bot',
      user_id: BOT_USER,
      bot_id: 'B0BOT',
      bot_user_id: BOT_USER,
      app_id: 'A0BOT',
      ...(scopes ? { scopes } : {}),
    },
    { token: ANA_TOKEN, user: 'ana' },
  ],
});
