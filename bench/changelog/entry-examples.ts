import { parseChange } from '#src/changelog/changes/parse/parse-change.ts';
import { classifyByRules } from '#src/changelog/changes/sections/classify.ts';
import { describeSection } from '#src/changelog/changes/sections/describe-section.ts';
import type { Change } from '#src/changelog/changes/types.ts';
import type { SectionExample } from './fit.ts';
import type { HumanEntry, Release } from './repositories.ts';

/** Entries as maintainers wrote them are titles too, with their section: they teach words that the commits of their project do not use. */
export const toEntryExamples = ({ repository, entries }: Release): SectionExample[] =>
  entries.flatMap((entry) => {
    const change = toChange(entry);
    if (entry.section === null || change.title === '') return [];
    const group = { items: [{ change, parsed: parseChange(change) }] as const };
    const { section: ruled, sure } = classifyByRules(group);
    return sure ? [] : [{ part: repository, features: [...describeSection(group), `rule:${ruled}`], section: entry.section }];
  });

const toChange = ({ text }: HumanEntry): Change => ({
  id: text,
  source: 'git',
  system: '',
  kind: 'commit',
  title: firstLine(text),
  body: '',
  refs: [],
  labels: [],
  paths: [],
  filesChanged: null,
  breaking: false,
  time: 0,
  url: null,
  sha: null,
  merged: [],
});

/** Without numbers, addresses and the prefix of a conventional commit, which would tell the section. */
const firstLine = (text: string): string =>
  (text.split('\n', 1)[0] ?? '')
    .replaceAll(/https?:\/\/\S+|\(?\[?#\d+\]?(?:\[\]|\([^)]*\))?:?\)?/g, '')
    .replace(/^\w+(?:\([^)]*\))?!?:\s/, '')
    .trim();
