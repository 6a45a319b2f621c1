import { z } from 'zod';
import { Changelog } from '#db/entities/changelog.ts';
import { forWorkspace } from '#db/orm.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import type { ComposeDeps } from './composing/compose-changelog.ts';
import { createFailureHooks } from './composing/store-changelog.ts';
import { writeChangelog } from './composing/write-changelog.ts';

/** Composes a changelog somebody asked for: first what code says, then the engine's words in the same place. */
export const createComposeChangelog = (deps: ComposeDeps) =>
  defineJob({
    name: 'compose-changelog',
    payload: z.object({ changelogId: z.string(), workspaceId: z.string() }),
    ...createFailureHooks(deps),
    async run({ changelogId, workspaceId }, { signal, beat }) {
      const changelog = await forWorkspace(deps.orm, workspaceId).findOne(Changelog, { id: changelogId });
      if (!changelog) return;
      const isNew = changelog.status !== 'SUCCEEDED';
      await writeChangelog(deps, changelog, { signal, engineMayWait: true });
      if (isNew) beat('result', changelogId, deps.engine.name);
    },
  });
