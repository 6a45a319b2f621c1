import { type CallSubject, onRecord as recorded } from '#db/on-record.ts';
import type { Orm } from '#db/orm.ts';
import type { Clock, Engine } from '#src/core/ports.ts';

/** The same engine, paid by the workspace of what it is asked about; what it was sent is on record (law 4). */
export const onRecord = ({ engine, ...deps }: { orm: Orm; engine: Engine; clock: Clock }, subject: CallSubject): Engine => {
  const { embed } = engine;
  const { workspaceId } = subject;
  return {
    ...engine,
    run: (task, input, options) => recorded(deps, subject, () => engine.run(task, input, { ...options, workspaceId })),
    ...(embed ? { embed: (texts, options) => recorded(deps, subject, () => embed(texts, { ...options, workspaceId })) } : {}),
  };
};
