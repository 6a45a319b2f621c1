import { loneLink, type MessageLink, parseMessageLink } from './parse-message-link.ts';

export type TriageRequest =
  | { kind: 'nothing' }
  | { kind: 'ticket'; name: string }
  | { kind: 'help' }
  | ({ kind: 'message' } & MessageLink)
  | { kind: 'text'; text: string };

/** What somebody wants a ticket for, after `/triage` or "ticket". A link that leads elsewhere is a text like any other. Never throws. */
export const parseTriage = (given: string): TriageRequest => {
  const text = given.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^(help|\?|--help|-h)$/i.test(text)) return { kind: 'help' };
  if (/^T-\d{1,9}$/i.test(text)) return { kind: 'ticket', name: text.toUpperCase() };
  const message = parseMessageLink(loneLink(text) ?? '');
  return message ? { kind: 'message', ...message } : { kind: 'text', text };
};

export const TRIAGE_USAGE = [
  'Tell me what somebody needs and I make a ticket of it, say what kind it is, how urgent and whose, and why:',
  '• react to a message with :ticket: (or the emoji your admins chose); take the reaction back while nobody has touched the ticket, and it is withdrawn',
  '• "Create ticket" in the menu of any message: a window to look it over first',
  '• /triage followed by the text, or by a link to a message ("Copy link" on the message)',
  '• /triage alone: the same window, empty; /triage T-142: how that ticket stands',
  '• a direct message that begins with the word ticket, also one that forwards a message or brings a file; @aiops ticket … in a channel',
  '• @aiops make a ticket of this, in a thread',
].join('\n');
