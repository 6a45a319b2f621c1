import { askGit, type Here } from './git.ts';

/** The commits of the main line up to a commit (the first parents), oldest first, with the times they say themselves, in milliseconds. */
export const readMainLine = async (here: Here, to: string): Promise<{ sha: string; time: number }[]> => {
  const { text } = await askGit(here, ['log', '--first-parent', '--no-show-signature', '--format=%H %ct', '--end-of-options', to, '--']);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ sha: line.slice(0, line.indexOf(' ')), time: Number(line.slice(line.indexOf(' ') + 1)) * 1000 }))
    .reverse();
};
