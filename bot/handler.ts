import type { BlockAction, ButtonAction, MessageShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Log } from '#src/core/ports.ts';
import type { ActingFor, Api } from './api.ts';
import type { SlackCall } from './slack-call.ts';

/** What every handler is given. */
export type Call = {
  api: Api;
  slack: SlackCall;
  log: Log;
  /** Who did it, for the API. */
  acting: ActingFor;
};

/*
 * A handler does its work and returns; acknowledging is the frame's (register.ts). Slack hears "ok" only after `run` resolved,
 * so a handler that waits for its mutation cannot acknowledge what is not stored. What it throws is told to the person.
 * A sentence it returns is shown to that person alone.
 */
export type CommandHandler = { name: `/${string}`; run(command: SlashCommand, call: Call): Promise<string | undefined> };

export type ShortcutHandler = { callbackId: string; run(shortcut: MessageShortcut, call: Call): Promise<string | undefined> };

export type EventHandler = { name: string; run(event: unknown, call: Call): Promise<string | undefined> };

/** `errorBlock` is the input block under which a refusal is shown, unless the error names a field (a block id) itself. */
export type ViewHandler = { callbackId: string; errorBlock: string; run(submission: ViewSubmitAction, call: Call): Promise<void> };

export type ActionHandler = { id: string; run(click: BlockAction<ButtonAction>, call: Call): Promise<string | undefined> };
