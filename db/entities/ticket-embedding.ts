import { defineEntity, p } from '@mikro-orm/core';
import { workspaceIdOfWhole } from './owned.ts';
import { Ticket } from './ticket.ts';

/** What a ticket means, as a model's vector. */
const TicketEmbeddingSchema = defineEntity({
  name: 'TicketEmbedding',
  tableName: 'ticket_embedding',
  indexes: [
    {
      name: 'ticket_embedding_window',
      expression: `create index "ticket_embedding_window" on "ticket_embedding" ("workspace_id", "model", "ticket_id") include ("signature")`,
    },
  ],
  properties: {
    ticketId: () => p.manyToOne(Ticket).mapToPk().fieldName('ticket_id').primary().deleteRule('cascade').updateRule('no action'),
    workspaceId: workspaceIdOfWhole(),
    /** Vectors of different models say nothing about each other. */
    model: p.text(),
    /** SHA-256 of the text it was made of: the same text is not paid for twice. */
    textHash: p.text(),
    /** A signed byte for each number, on a scale of its own: directions are all that is compared. */
    vector: p.blob(),
    /** On which side of 256 fixed planes it lies: vectors with few differences are close (Charikar, STOC 2002). */
    signature: p.string().columnType('bit(256)'),
    createdAt: p.datetime(),
  },
});
export class TicketEmbedding extends TicketEmbeddingSchema.class {}
TicketEmbeddingSchema.setClass(TicketEmbedding);

export { TicketEmbeddingSchema };
