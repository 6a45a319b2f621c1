const kinds: Record<string, string> = {
  block_actions: 'action',
  message_action: 'shortcut',
  shortcut: 'shortcut',
  view_submission: 'view',
  view_closed: 'view',
  block_suggestion: 'options',
};

/** What kind of thing Slack sent, in Slack's and the manifest's words: 'event message', 'command /summarize', 'action'. */
export const entryName = (body: object): string => {
  const { type, command, event } = body as { type?: unknown; command?: unknown; event?: { type?: unknown } };
  if (typeof command === 'string') return `command ${command}`;
  if (type === 'event_callback') return `event ${String(event?.type)}`;
  return kinds[String(type)] ?? 'request';
};
