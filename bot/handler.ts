import type {
  BlockAction,
  ButtonAction,
  MessageShortcut,
  SlashCommand,
  StaticSelectAction,
  UsersSelectAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Log } from '#src/core/ports.ts';
import type { ActingFor, Api } from './api.ts';
import type { EventChannels } from './changelog-settings.ts';
import type { People } from './people.ts';
import type { SlackCall } from './slack-call.ts';
import type { ThreadWatch } from './thread-watch.ts';
import type { TriageSettings } from './triage-settings.ts';

/** What every handler is given. */
export type Call = {
  api: Api;
  slack: SlackCall;
  log: Log;
  /** Who did it, for the API. */
  acting: ActingFor;
  /** The workspace we are installed in. */
  homeTeamId: string;
  /** Who we are there, once Slack has said so. */
  botUserId: string | undefined;
  people: People;
  settings: TriageSettings;
  threads: ThreadWatch;
  eventChannels: EventChannels;
  /** For what may follow the acknowledgement, like completing a window. Starts at once; a failure is logged. */
  meanwhile(work: () => Promise<unknown>): void;
};

/*
 * A handler does its work and returns; acknowledging is the frame's (register.ts). Slack hears "ok" only after `run` resolved,
 * so a handler that waits for its mutation cannot acknowledge what is not stored. What it throws is told to the person.
 * A sentence it returns is shown to that person alone, in answer to an event with buttons where there is something to choose. One with
 * `instead` takes the place of the message that was tapped.
 */
export type Told =
  | string
  | { text: string; buttons: { id: string; label: string; value: string; primary?: boolean }[] }
  | { text: string; instead: true };

export type CommandHandler = { name: `/${string}`; run(command: SlashCommand, call: Call): Promise<string | undefined> };

export type ShortcutHandler = { callbackId: string; run(shortcut: MessageShortcut, call: Call): Promise<string | undefined> };

/** `source` says whose doing an event is and where they are told things; null for what is nobody asking. */
export type EventHandler = {
  name: string;
  /** As the manifest subscribes to it, where that is by other names. */
  subscriptions?: readonly string[];
  source(event: unknown): EventSource | null;
  run(event: unknown, call: Call): Promise<Told | undefined>;
};
export type EventSource = {
  user: string;
  channel: string;
  threadTs?: string | undefined;
  /** Of what a bot says; ours is nobody's request. */
  botId?: string | undefined;
};

/** `errorBlock` is the input block under which a refusal is shown, unless the error names a field (a block id) itself. */
export type ViewHandler = { callbackId: string; errorBlock: string; run(submission: ViewSubmitAction, call: Call): Promise<void> };

/** A button, or a menu: `chosenValue` reads either. */
export type ActionClick = BlockAction<ButtonAction | StaticSelectAction | UsersSelectAction>;
export type ActionHandler = { id: string; run(click: ActionClick, call: Call): Promise<Told | undefined> };
