/** The tags of a part of a repository, by the name of its folder ('api@1.2.0', 'packages/api/v1.2.0'); all where none has such a name. */
export const tagsOf = <Tag extends { title: string }>(tags: readonly Tag[], folders: readonly string[]): readonly Tag[] => {
  const names = folders
    .map(
      (folder) =>
        folder
          .replace(/[/*]+$/, '')
          .split('/')
          .at(-1) ?? '',
    )
    .filter((name) => /^[\w.-]+$/.test(name));
  if (names.length !== 1) return tags;
  const [name] = names as [string];
  const own = new RegExp(String.raw`(?:^|[/@])${name.replaceAll('.', '\\.')}[/@_-]+v?\d`, 'i');
  const named = tags.filter(({ title }) => own.test(title));
  return named.length > 0 ? named : tags;
};
