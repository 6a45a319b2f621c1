import { writeFile } from 'node:fs/promises';
import { fitOn, heldOutFile, toExamples, withoutPart } from './held-out.ts';
import { readRepositories } from './repositories.ts';

/**
 * Makes src/changelog/changes/{weights,section-weights}.ts (from all repositories of the folder) and generated/held-out-weights.json (for each
 * repository, from all others) again: `node bench/changelog/fit-weights.ts FOLDER`.
 */
const folder = process.argv[2];
if (folder === undefined) throw new TypeError('Name the folder with the repositories: node bench/changelog/fit-weights.ts FOLDER');
const releases = await readRepositories(folder);
const examples = toExamples(releases);
const repositories = [...new Set(releases.map(({ repository }) => repository))];
const without = Object.fromEntries(repositories.map((name) => [name, fitOn(withoutPart(examples, name))]));
await writeFile(heldOutFile, `${JSON.stringify(without)}\n`);

const toSource = (weights: Readonly<Record<string, number>>, indent: string): string =>
  Object.entries(weights)
    .map(([name, weight]) => `${indent}${/^[a-z]+$/.test(name) ? name : `'${name}'`}: ${weight},\n`)
    .join('');
const source = new URL('../../src/changelog/changes/', import.meta.url);
const { notable, sections } = fitOn(examples);
await writeFile(
  new URL('select/weights.ts', source),
  `/**
 * Log-odds that readers want to know of a change, by what \`describeGroup\` sees in it. Logistic regression on ${repositories.length} public repositories with
 * changelogs kept by hand, each of the same weight; made by bench/changelog/fit-weights.ts. What the benchmark reports of a repository
 * comes from weights made without it.
 */
export const weights: Readonly<Record<string, number>> = {
${toSource(notable, '  ')}};
`,
);
await writeFile(
  new URL('sections/section-weights.ts', source),
  `/**
 * Log-odds of a section where the rules are not sure, by what \`describeSection\` sees. Learned from the entries of these changelogs alone, by
 * bench/changelog/fit-weights.ts.
 */
export const sectionWeights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
${Object.entries(sections)
  .map(([section, weights]) => `  ${section}: {\n${toSource(weights, '    ')}  },\n`)
  .join('')}};
`,
);
process.stdout.write(`${examples.notable.length} groups of ${repositories.length} repositories, ${Object.keys(notable).length} weights\n`);
