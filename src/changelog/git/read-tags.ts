import type { Change } from '#src/changelog/changes/types.ts';
import { askGit, type Here } from './git.ts';

const FORMAT = ['%(refname:strip=2)', '%(objectname)', '%(*objectname)', '%(committerdate:unix)', '%(*committerdate:unix)'].join('%00');

/** The releases of a repository as far as a commit (HEAD where none is named) knows them: its tags, each at the time of its commit. */
export const readTags = async (here: Here, system: string, to = 'HEAD'): Promise<Change[]> => {
  const { text } = await askGit(here, ['for-each-ref', `--merged=${to}`, `--format=${FORMAT}`, 'refs/tags']);
  return text.split('\n').flatMap((line) => {
    const [tag = '', object = '', commit = '', ownTime = '', commitTime = ''] = line.split('\0');
    const seconds = Number(commitTime || ownTime);
    // A tag may stand on a file or a folder, which was released at no time.
    return tag === '' || !seconds ? [] : [toRelease(tag, commit || object, seconds, system)];
  });
};

const toRelease = (tag: string, sha: string, seconds: number, system: string): Change => ({
  id: `tag:${system}@${tag}`,
  source: 'git',
  system,
  kind: 'release',
  title: tag,
  body: '',
  refs: [],
  labels: [],
  paths: [],
  filesChanged: null,
  breaking: false,
  time: seconds * 1000,
  url: null,
  sha,
  merged: [],
});
