import type { Ticket } from '#db/entities/ticket.ts';
import type { ReplayResult, ReplayShares } from '#db/entities/triage-replay.ts';

/** `wouldBeId` is null where it abstained. */
export type Replayed = { ticket: Pick<Ticket, 'id' | 'categoryId' | 'prediction'>; wouldBeId: string | null };

/** How a replay compares with what people decided, and with what was foretold then. */
export const toResult = (replayed: readonly Replayed[]): Pick<ReplayResult, 'now' | 'before' | 'differences'> => {
  const rows = replayed.map(({ ticket, wouldBeId }) => ({
    ticketId: ticket.id,
    actualId: ticket.categoryId as string,
    wouldBeId,
    wasId: wasOf(ticket),
  }));
  const foretold = rows.flatMap((row) => (row.wasId === undefined ? [] : [{ ...row, wasId: row.wasId }]));
  return {
    now: toShares(rows.map(({ wouldBeId, actualId }) => [wouldBeId, actualId])),
    before: toShares(foretold.map(({ wasId, actualId }) => [wasId, actualId])),
    differences: foretold.filter(({ wasId, wouldBeId }) => wasId !== wouldBeId),
  };
};

// Foretold when a person had decided already, it knew the answer.
const wasOf = ({ prediction }: Replayed['ticket']): string | null | undefined =>
  prediction && !prediction.late ? prediction.categoryId : undefined;

const toShares = (pairs: readonly (readonly [said: string | null, actual: string])[]): ReplayShares => {
  const share = (is: (said: string | null, actual: string) => boolean): number =>
    pairs.length === 0 ? 0 : pairs.filter(([said, actual]) => is(said, actual)).length / pairs.length;
  return {
    tickets: pairs.length,
    right: share((said, actual) => said === actual),
    wrong: share((said, actual) => said !== null && said !== actual),
    abstained: share((said) => said === null),
  };
};
