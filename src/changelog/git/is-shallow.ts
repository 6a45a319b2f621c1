import { askGit, type Here } from './git.ts';

/** Whether only the newest commits of a history are here, as a build's checkout fetches them. */
export const isShallow = async (here: Here): Promise<boolean> =>
  (await askGit(here, ['rev-parse', '--is-shallow-repository'])).text.trim() === 'true';
