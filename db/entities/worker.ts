import { defineEntity, p } from '@mikro-orm/core';

/** A worker that takes jobs. It says again and again that it lives; when it stops saying so, others take its jobs over. */
const WorkerSchema = defineEntity({
  name: 'Worker',
  tableName: 'worker',
  properties: {
    /** What the queue's locks carry. */
    id: p.text().primary(),
    /** Its process, as the names of that process's connections end. */
    process: p.text(),
    host: p.text(),
    startedAt: p.datetime(),
    /** When it last said that it lives, by the database's clock. */
    beatAt: p.datetime(),
    /** When others took it for dead. That stands: if it wakes up after all, it holds nothing any more. */
    lostAt: p.datetime().nullable(),
  },
});
export class Worker extends WorkerSchema.class {}
WorkerSchema.setClass(Worker);

export { WorkerSchema };
