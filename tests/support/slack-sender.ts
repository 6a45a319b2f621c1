import { createHmac, randomUUID } from 'node:crypto';

/** What the bot answered: Slack reads the status, and for commands and modals the body. */
type SlackAnswer = { status: number; body: string; json: Record<string, unknown> | null; ms: number };

type Json = Record<string, unknown>;
type Signing = { secondsOff?: number; secret?: string; headers?: Record<string, string> };

export type SlackSender = {
  /** A slash command; `triggerId` is fresh unless given. */
  slash(
    command: { text?: string; command?: string; channel?: string; user?: string; triggerId?: string; responseUrl?: string },
    signing?: Signing,
  ): Promise<SlackAnswer>;
  /** A message shortcut on a message as Slack's API returns it. */
  shortcut(
    shortcut: { message: Json; callbackId?: string; channel?: string; user?: string; responseUrl?: string },
    signing?: Signing,
  ): Promise<SlackAnswer>;
  /** A click on a button, or with `menu` the choice of an entry with that value; in a message, or in a window of that id. */
  click(
    click: {
      actionId: string;
      value: string;
      menu?: boolean;
      /** Who was chosen, where people are chosen; `value` is then the name of the block. */
      person?: string;
      message?: Json;
      viewId?: string;
      channel?: string;
      user?: string;
      triggerId?: string;
      responseUrl?: string;
    },
    signing?: Signing,
  ): Promise<SlackAnswer>;
  /** A modal's submission, with its inputs by block id. */
  submitView(
    view: {
      callbackId: string;
      values: Record<string, Json>;
      privateMetadata?: string;
      viewId?: string;
      /** The window it lies on, if it does. */
      rootViewId?: string;
      user?: string;
      blocks?: Json[];
    },
    signing?: Signing,
  ): Promise<SlackAnswer>;
  /** An Events API delivery. Deliver the same `eventId` with `retryNum` for a redelivery. */
  event(
    event: Json,
    delivery?: { eventId?: string; retryNum?: number; retryReason?: string; teamId?: string },
    signing?: Signing,
  ): Promise<SlackAnswer>;
  /** Any body, signed. */
  raw(body: string, contentType: string, signing?: Signing): Promise<SlackAnswer>;
};

export type SenderDefaults = {
  url: string;
  secret: string;
  teamId: string;
  channel: string;
  user: string;
  newTrigger(user: string, viewId?: string): Promise<string>;
  newResponseUrl(): string;
};

/** Sends what Slack sends, signed as Slack signs, to a bot in HTTP mode. */
export const createSlackSender = ({ url, secret, teamId, channel, user, newTrigger, newResponseUrl }: SenderDefaults): SlackSender => {
  const raw: SlackSender['raw'] = async (body, contentType, signing = {}) => {
    const at = String(Math.floor(Date.now() / 1000) + (signing.secondsOff ?? 0));
    const signature = `v0=${createHmac('sha256', signing.secret ?? secret)
      .update(`v0:${at}:${body}`)
      .digest('hex')}`;
    const started = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType, 'x-slack-request-timestamp': at, 'x-slack-signature': signature, ...signing.headers },
      body,
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text,
      json: text.startsWith('{') ? (JSON.parse(text) as Json) : null,
      ms: performance.now() - started,
    };
  };
  const form = (fields: Record<string, string>, signing?: Signing) =>
    raw(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', signing);
  const interaction = (payload: Json, signing?: Signing) =>
    form({ payload: JSON.stringify({ api_app_id: 'A0BOT', token: 'x', team: { id: teamId, domain: 'emulate' }, ...payload }) }, signing);
  const person = (id = user) => ({ id, username: 'someone', team_id: teamId });

  return {
    raw,
    slash: async (
      { text = '', command = '/summarize', channel: at = channel, user: by = user, triggerId, responseUrl = newResponseUrl() },
      signing,
    ) =>
      form(
        {
          command,
          text,
          user_id: by,
          user_name: 'someone',
          channel_id: at,
          channel_name: 'general',
          team_id: teamId,
          team_domain: 'emulate',
          api_app_id: 'A0BOT',
          trigger_id: triggerId ?? (await newTrigger(by)),
          response_url: responseUrl,
        },
        signing,
      ),
    shortcut: async (
      { message, callbackId = 'summarize_as_log', channel: at = channel, user: by = user, responseUrl = newResponseUrl() },
      signing,
    ) =>
      interaction(
        {
          type: 'message_action',
          callback_id: callbackId,
          trigger_id: await newTrigger(by),
          user: person(by),
          channel: { id: at, name: 'general' },
          message_ts: message['ts'],
          message,
          response_url: responseUrl,
        },
        signing,
      ),
    click: async (
      {
        actionId,
        value,
        menu = false,
        person: chosen,
        message = { ts: '1.1' },
        viewId,
        channel: at = channel,
        user: by = user,
        triggerId,
        responseUrl = newResponseUrl(),
      },
      signing,
    ) =>
      interaction(
        {
          type: 'block_actions',
          trigger_id: triggerId ?? (await newTrigger(by, viewId)),
          user: person(by),
          ...(viewId
            ? { view: { id: viewId, root_view_id: viewId, type: 'modal' }, container: { type: 'view', view_id: viewId } }
            : {
                channel: { id: at, name: 'general' },
                message,
                container: { type: 'message', message_ts: message['ts'], channel_id: at },
                response_url: responseUrl,
              }),
          actions: [
            chosen
              ? { type: 'users_select', action_id: actionId, block_id: value, selected_user: chosen, action_ts: '1.1' }
              : menu
                ? { type: 'static_select', action_id: actionId, block_id: 'b', selected_option: { value }, action_ts: '1.1' }
                : { type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.1' },
          ],
        },
        signing,
      ),
    submitView: async (
      { callbackId, values, privateMetadata = '', viewId = `V${randomUUID()}`, rootViewId = viewId, user: by = user, blocks },
      signing,
    ) =>
      interaction(
        {
          type: 'view_submission',
          user: person(by),
          view: {
            id: viewId,
            root_view_id: rootViewId,
            type: 'modal',
            callback_id: callbackId,
            private_metadata: privateMetadata,
            hash: 'h',
            blocks: blocks ?? Object.keys(values).map((id) => ({ type: 'input', block_id: id })),
            state: { values },
          },
        },
        signing,
      ),
    event: (event, { eventId = `Ev${randomUUID()}`, retryNum, retryReason = 'http_timeout', teamId: from = teamId } = {}, signing = {}) =>
      raw(
        JSON.stringify({
          type: 'event_callback',
          team_id: from,
          api_app_id: 'A0BOT',
          event_id: eventId,
          event_time: Math.floor(Date.now() / 1000),
          event,
        }),
        'application/json',
        {
          ...signing,
          headers: {
            ...signing.headers,
            ...(retryNum ? { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': retryReason } : {}),
          },
        },
      ),
  };
};
