import type { ChangeType } from './change-types.ts';

/** What a title says beside the words of a release. */
type Title = { subject: string; type: ChangeType | null; scope: string | null /** Repository ('owner/name'). */; system: string };

/**
 * Whether a title only says that a version came out, or that one is under way: "Release 1.4.0", "Bump version to 2.0.0-dev", "prepare next
 * release". What says of itself that it is a feature or a fix never is, nor is what goes on behind the version ("Version 2.0 of the orders
 * endpoint"), nor another thing's version ("Publish events over MQTT 3.1.1").
 */
export const isReleaseTitle = (title: Title): boolean => {
  const { subject, type, scope } = title;
  if (type === 'release') return true;
  if (type !== null && !housekeeping.has(type)) return false;
  if (type !== null && scope !== null && /^(?:release|version)s?$/i.test(scope)) return true;
  if (!maybe.test(subject)) return false;
  const text = subject.replace(/[.!\s]+$/, '');
  return plain.some((pattern) => pattern.test(text)) || named.some((pattern) => isOwn(pattern.exec(text)?.groups, title));
};

const housekeeping = new Set<ChangeType>(['chore', 'build', 'ci', 'docs', 'deps', 'style']);
// What is quickly seen, before it is read closely.
const maybe = /\d+\.+\d|\bv\d|releas|version|development|\bdev\b|^publish/i;

const version = String.raw`v?\d+\.+\d+[\w.+-]*`;
const versions = String.raw`(?:(?:${version}|v\d+)(?:(?:\s*[,/&]\s*|\s+and\s+)${version})*)`;
const tail = String.raw`(?:\s*[([].*[)\]])?(?:\s+(?:released?|final|version|changelog|(?:to|on) (?:npm|pypi|crates\.io|rubygems|nuget|maven(?: central)?|production|staging)))?(?:\s*\P{ASCII}+)?$`;
const kinds =
  '(?:(?:a|an|the|our|all|next|new|first|final|major|minor|patch|bugfix|beta|alpha|rc|stable|dev|development|release|package|project|app|product|crate|module|plugin|library|gem|npm|public)\\s+)*';
const verbs =
  '(?:releas(?:e|ed|ing)|bump(?:ed|ing|s)?|tag(?:ged|ging)?|publish(?:ed|ing)?|prepar(?:e|ed|ing)(?: for)?|cut(?:ting)?|ship(?:ped)?)';

const plain = [
  // "Release 1.4.0", "Bump version to 2.0", "Prepare for the next minor release 3.1.0", "Bump changelog development version to 0.13.0-dev"
  new RegExp(
    String.raw`^(?:${verbs}\s+)*(?:changelog\s+|change log\s+)?${kinds}(?:releases?\s+|versions?\s+)?(?:numbers?\s+|strings?\s+)?(?:(?:to|for|of|as|from ${version} (?:to|=>|->))\s+)?${kinds}(?:versions?\s+)?${versions}(?:\s+(?:releases?|development))?${tail}`,
    'iu',
  ),
  new RegExp(
    String.raw`^(?:bump|updat|set|chang|increas|increment|rais)(?:e|es|ed|ing|ped|ping|s)?\s+${kinds}(?:and\s+)?versions?(?:\s+(?:numbers?|strings?))?(?:\s+(?:for|after|before)\s+(?:the\s+)?(?:next\s+)?release)?$`,
    'i',
  ),
  /^version bump\b(?! (?:of|in)\b)/i,
  new RegExp(
    String.raw`^(?:prepar(?:e|ed|ing)(?: for)?|start(?:ing)?|begin|cut|draft|make|do|tag|publish|new|next)\s+${kinds}(?:(?:of|for)\s+)?(?:${version}\s+)?(?:releases?|development(?:\s+(?:cycle|version|iteration))?|dev cycle|packages)(?:\s+(?:branch|commit|notes))?(?:\s+(?:of|for)\s+(?:the\s+)?${versions})?$`,
    'i',
  ),
  /^back to (?:development|dev)\b/i,
  new RegExp(
    String.raw`^(?:post[- ]release(?:\s+(?:version|bump|changes|cleanup|clean-up|tasks|updates?))*|release (?:candidate|notes|prep(?:aration)?)(?:\s+(?:for|of))?|(?:next |new )?release|publish|version packages)(?:\s+(?:${version}|\d+))?(?:\s*\(.*\))?$`,
    'i',
  ),
  /\b(?:update|bump|add)\w* (?:the )?changelog and (?:bump )?version\b/i,
  /^(?:fix|correct|updat|set)\w* (?:the )?release (?:dates?|months?|years?)(?: (?:of|for|in|to)\b.*)?$/i,
  new RegExp(String.raw`^(?:add|updat)\w* (?:version )?${version} (?:to|in) (?:the )?changelog$`, 'i'),
];

const name = String.raw`(?<name>[@\w./-]+)`;
const named = [
  // "Alacritty version 0.13.1", "api@2.0.0", "Release shop 1.4"
  new RegExp(
    String.raw`^(?:${verbs}\s+)?${name}(?:\s+|\s*@)(?:(?<sure>releases?|versions?)\s+)?(?:to\s+)?(?<version>${version})${tail}`,
    'iu',
  ),
  new RegExp(String.raw`^(?:bump|updat|set|chang)\w*\s+(?:the\s+)?${name}\s+versions?$`, 'i'),
];

/** A version is that of a release where it is this repository's, or of a package of it. */
const isOwn = (groups: Record<string, string | undefined> | undefined, { system }: Title): boolean => {
  const what = groups?.['name'];
  if (what === undefined) return false;
  const own = system.split('/').at(-1)?.toLowerCase();
  const isPackage = /^@|\//.test(what) || /^v|^\d+\.\d+\.\d+/.test(groups?.['version'] ?? '');
  return what.toLowerCase() === own || (isPackage && groups?.['version'] !== undefined) || groups?.['sure'] !== undefined;
};
