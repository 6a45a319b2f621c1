import { p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** The name of the filter that keeps workspaces apart (law 11). */
export const WORKSPACE_FILTER = 'workspace';

/** Every row but a workspace's own belongs to one; deleting the workspace deletes the row. */
export const workspaceId = () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').deleteRule('cascade').updateRule('no action');

/** The same for a part of a row that has a workspace: it goes with its whole, and checking it once more would cost every log a look-up. */
export const workspaceIdOfWhole = () => p.text().fieldName('workspace_id');
