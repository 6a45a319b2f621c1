import { loneLink, type MessageLink, parseMessageLink } from './parse-message-link.ts';

export type TriageRequest =
  | { kind: 'nothing' }
  | { kind: 'ticket'; name: string }
  | { kind: 'same'; name: string; into: string }
  | { kind: 'help' }
  /** Reads like a command, and would make a ticket that nobody wants. */
  | { kind: 'unclear' }
  | ({ kind: 'message' } & MessageLink)
  | { kind: 'text'; text: string };

/** What somebody wants a ticket for, after `/triage` or "ticket". A link that leads elsewhere is a text like any other. Never throws. */
export const parseTriage = (given: string): TriageRequest => {
  const text = given.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^(help|\?|--help|-h)$/i.test(text)) return { kind: 'help' };
  const [, named] = NAME.exec(text) ?? [];
  if (named) return { kind: 'ticket', name: `T-${named}` };
  const [, same, into] = SAME.exec(text) ?? [];
  if (same && into) return { kind: 'same', name: `T-${same}`, into: `T-${into}` };
  if (COMMAND.test(text)) return { kind: 'unclear' };
  const message = parseMessageLink(loneLink(text) ?? '');
  return message ? { kind: 'message', ...message } : { kind: 'text', text };
};

const NAME = /^(?:(?:status|show|get|how is)\s+)?T-?(\d{1,9})\s*\??$/i;
const SAME =
  /^(?:merge\s+)?T-?(\d{1,9})\s+(?:is\s+)?(?:the\s+)?(?:same(?:\s+as)?|into|with|and|=|dup(?:licate|e)?s?(?:\s+of)?)\s+T-?(\d{1,9})\.?$/i;
// The name of a ticket with something behind it, or a word that other tools know.
const COMMAND =
  /^(?:T-\d{1,9}\b.*|T\d{1,9}\s+\S+|(?:status|list|show|open|close|mine|my tickets|tickets|report|settings|stats|queue|search|find|get|merge|version|info|usage|commands?)(?:\s+T-?\d{1,9}.*)?)$/is;

export const UNCLEAR =
  'I made no ticket of that. /triage T-142 says how that ticket stands, /triage T-142 same T-140 merges it into the other; what is new about one belongs in its thread. For a new ticket say in a few words what is needed, and begin with something else. /triage help shows all.';

export const TRIAGE_USAGE = [
  'Tell me what somebody needs and I make a ticket of it, say what kind it is, how urgent and whose, and why:',
  '• react to a message with :ticket: (or the emoji your admins chose); take the reaction back while nobody has touched the ticket, and it is withdrawn',
  '• "Create ticket" in the menu of any message: a window to look it over first',
  '• /triage followed by the text, or by a link to a message ("Copy link" on the message)',
  '• /triage alone: the same window, empty; /triage T-142: how that ticket stands; /triage T-142 same T-140: merges it into the other',
  '• a direct message that begins with the word ticket, also one that forwards a message or brings a file; @aiops ticket … in a channel',
  '• @aiops make a ticket of this, in a thread',
].join('\n');
