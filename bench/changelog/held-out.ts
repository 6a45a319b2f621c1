import { readFile } from 'node:fs/promises';
import { classifyByRules, learnedSections } from '#src/changelog/changes/classify.ts';
import type { Learned } from '#src/changelog/changes/compose.ts';
import { seeConventions } from '#src/changelog/changes/conventions.ts';
import { describeGroup, describeSection } from '#src/changelog/changes/features.ts';
import { groupChanges } from '#src/changelog/changes/group-changes.ts';
import { type Example, fitWeights } from './fit.ts';
import { priors } from './priors.ts';
import type { Release } from './repositories.ts';
import { isMatch } from './score.ts';

// Strong on purpose: a weak penalty fits the seven repositories better and the next one worse.
const penalty = 0.06;
const sectionPenalty = 0.03;
const file = new URL('./generated/held-out-weights.json', import.meta.url);

export type Examples = { notable: Example[]; sections: (Omit<Example, 'label'> & { section: string })[] };

/** What the models see of every group, with whether the maintainers wrote an entry that it matches, and under which section. */
export const toExamples = (releases: readonly Release[]): Examples => {
  const examples: Examples = { notable: [], sections: [] };
  for (const release of releases) {
    const { groups } = groupChanges(release.changes);
    const conventions = seeConventions(groups);
    for (const group of groups) {
      const part = release.repository;
      const shas = group.items.map(({ change }) => change.sha ?? '');
      const entries = release.entries.filter((entry) => isMatch({ shas, refs: [] }, entry, release));
      examples.notable.push({ part, features: describeGroup(group, conventions), label: entries.length > 0 });
      const { section: ruled, sure } = classifyByRules(group);
      if (sure) continue;
      const features = [...describeSection(group), `rule:${ruled}`];
      for (const { section } of entries) if (section !== null) examples.sections.push({ part, features, section });
    }
  }
  return examples;
};

export const fitOn = ({ notable, sections }: Examples): Learned => ({
  notable: fitWeights(notable, penalty, priors),
  sections: Object.fromEntries(
    learnedSections.map((section) => [
      section,
      fitWeights(
        sections.map((example) => ({ part: example.part, features: example.features, label: example.section === section })),
        sectionPenalty,
        { [`rule:${section}`]: 1 },
      ),
    ]),
  ),
});

export const withoutPart = ({ notable, sections }: Examples, part: string): Examples => ({
  notable: notable.filter((example) => example.part !== part),
  sections: sections.filter((example) => example.part !== part),
});

/** Weights by the repository they were made without; a repository that is not in here taught the shipped weights nothing either. */
export const readHeldOutWeights = async (): Promise<Record<string, Learned>> => JSON.parse(await readFile(file, 'utf8'));

export const heldOutFile = file;
