import { Changelog } from '#db/entities/changelog.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { loadComposed } from './composing/compose-changelog.ts';
import { nameOf } from './render/index.ts';
import { changelogReport } from './report.ts';

/** What the thread shows in which a changelog was asked for. */
export const createChangelogRenderer =
  ({ orm }: { orm: Orm }): Renderer =>
  async (workspaceId, id) => {
    const db = forWorkspace(orm, workspaceId);
    const changelog = await db.findOne(Changelog, { id });
    if (!changelog) return null;
    const planned = changelog.changeCount !== null && changelog.changeCount !== undefined;
    return {
      root: {
        ...(changelog.actingFor ? { by: changelog.actingFor.split(':')[2] as string } : {}),
        headline: `asked what changed in ${nameOf(changelog)}`,
        tone: 'info',
        sections: [],
        charts: [],
        facts: [],
        actions: [],
      },
      reply: changelogReport(changelog, planned ? await loadComposed(db, id) : null),
      // A person may word an entry anew at any time.
      final: false,
    };
  };
