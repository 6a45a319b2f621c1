import { askGit, type Here } from './git.ts';
import { readTags } from './read-tags.ts';
import { tagsOf } from './tags-of.ts';

/**
 * The newest version tag before a commit (HEAD where none is named); of a part of the repository its own, where it has some. Not one that stands on
 * that commit: a build of v1.4.0 wants what came after v1.3.0, and not after v1.4.0-rc.1. Null where there is none.
 */
export const findLastTag = async (
  here: Here,
  { to = 'HEAD', folders = [] }: { to?: string; folders?: readonly string[] },
): Promise<string | null> => {
  const { text } = await askGit(here, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${to}^{commit}`]);
  const end = text.trim();
  const tags = tagsOf(await readTags(here, '', to), folders);
  const isFinal = tags.some(({ sha, title }) => sha === end && version.test(title) && !early.test(title));
  const before = tags.filter(({ sha, title }) => sha !== end && !(isFinal && early.test(title)));
  const versions = before.filter(({ title }) => version.test(title));
  const [newest] = (versions.length > 0 ? versions : before).toSorted(
    (a, b) => b.time - a.time || b.title.localeCompare(a.title, 'en', { numeric: true }),
  );
  return newest?.title ?? null;
};

const version = /\d+\.\d|(?:^|[^a-z\d])v\d/i;
const early = /\d-[a-z]+[\w.-]*$/i;
