import type { Said } from '#src/core/ports.ts';
import { MAX_BODY, MEANT } from './ticket-title.ts';

export type TicketSources = {
  /** What a person typed in a form, a command or a call. */
  typed: string | null;
  /** The thread of the message it is made of, and when that message was sent. */
  thread: { said: Said; meantTs: string } | null;
  /** What was said since under the answer, where that is another thread. */
  since: Said['messages'];
};

/** All that counts for a ticket, as one text. Where a reply was meant, it is marked. */
export const ticketText = ({ typed, thread, since }: TicketSources): string => {
  const said = (thread?.said.messages ?? []).map(({ ts, text }, place) => (place > 0 && ts === thread?.meantTs ? `${MEANT}${text}` : text));
  return [typed ?? '', ...said, ...since.map(({ text }) => text)]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n')
    .replaceAll('\u0000', '')
    .slice(0, MAX_BODY);
};
