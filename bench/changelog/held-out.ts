import { readFile } from 'node:fs/promises';
import type { Learned } from '#src/changelog/changes/compose.ts';
import { groupChanges } from '#src/changelog/changes/group/group-changes.ts';
import { learnedSections } from '#src/changelog/changes/sections/classify.ts';
import { seeConventions } from '#src/changelog/changes/select/conventions.ts';
import { describeGroup } from '#src/changelog/changes/select/features.ts';
import { toEntryExamples } from './entry-examples.ts';
import { type Example, fitSections, fitWeights, type SectionExample } from './fit.ts';
import { priors, sectionPriors } from './priors.ts';
import type { Release } from './repositories.ts';
import { isMatch } from './score.ts';

// Strong on purpose: a weak penalty fits the seven repositories better and the next one worse.
const penalty = 0.06;
const sectionPenalty = 0.06;
const file = new URL('./generated/held-out-weights.json', import.meta.url);

export type Examples = { notable: Example[]; sections: SectionExample[] };

/** What the models see: of every group, whether the maintainers wrote an entry that it matches; of every entry, its section. */
export const toExamples = (releases: readonly Release[]): Examples => {
  const examples: Examples = { notable: [], sections: [] };
  for (const release of releases) {
    examples.sections.push(...toEntryExamples(release));
    const { groups } = groupChanges(release.changes);
    const conventions = seeConventions(groups);
    for (const group of groups) {
      const part = release.repository;
      const shas = group.items.map(({ change }) => change.sha ?? '');
      const entries = release.entries.filter((entry) => isMatch({ shas, refs: [] }, entry, release));
      examples.notable.push({ part, features: describeGroup(group, conventions), label: entries.length > 0 });
    }
  }
  return examples;
};

export const fitOn = ({ notable, sections }: Examples): Learned => ({
  notable: fitWeights(notable, penalty, priors),
  sections: fitSections(sections, learnedSections, sectionPenalty, sectionPriors),
});

export const withoutPart = ({ notable, sections }: Examples, part: string): Examples => ({
  notable: notable.filter((example) => example.part !== part),
  sections: sections.filter((example) => example.part !== part),
});

/** Weights by the repository they were made without; a repository that is not in here taught the shipped weights nothing either. */
export const readHeldOutWeights = async (): Promise<Record<string, Learned>> => JSON.parse(await readFile(file, 'utf8'));

export const heldOutFile = file;
