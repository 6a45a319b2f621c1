import { type ChangeType, toChangeType } from './change-types.ts';

/** A dependency raised to another version; null for names and versions the title does not tell. */
export type Bump = { name: string | null; from: string | null; to: string | null; security: boolean };

const NAME = String.raw`[\`'"]?([@\w./:[\]-]+)[\`'"]?`;
const kind = String.raw`(?:action\s+|docker\s+(?:tag|digest)\s+|digest\s+|package\s+|crate\s+|requirement\s+)?`;
// What goes on is of something else: "from 1.5 to 3.2 GB/s".
const END = String.raw`(?=\.?\s*$|\s*[([,;:]|\s+(?:[-–—]\s|(?:in|for|to|and|with|by|due|because|across|which|as|on|via|so)\b))`;
const fromTo = new RegExp(
  String.raw`^(?:bump|update|upgrade|raise)s?\s+(?:the\s+)?(?:dependency\s+)?${NAME}\s+${kind}(?:from\s+|(?=v?\d))(\S+)\s+(?:to|=>|->)\s+([^\s()]*[^\s,;:().])${END}`,
  'i',
);
const toVersion = new RegExp(
  String.raw`^(?:bump|update|upgrade|raise)s?\s+(?:dependency\s+|the\s+)?${NAME}\s+${kind}(?:to|=>|->)\s+(v?\d[\w.+-]*|[0-9a-f]{7,40})${END}`,
  'i',
);
const digests = /\b(?:docker\s+)?(?:tag|digest|digests)\s+to\s+\S+$/i;
const group =
  /^(?:bump|update|upgrade|apply|refresh|pin|lock)\w*\b.*\b(?:dependenc(?:y|ies)|deps|requirements?|lock ?files?|group (?:across|with)|packages? group|(?:all|non-major|patch|minor|major) (?:\S+ )?(?:versions|updates|packages|bumps)|crates|submodules?|vendor(?:ed)?|package[-.]lock|yarn\.lock|cargo\.lock|go\.(?:mod|sum))\b(?! (?:pages?|views?|lists?|tables?|screens?|graphs?|tabs?|panels?|dialogs?|diagrams?|checks?|checker|commands?|apis?|reports?|to (?:show|list|let|allow|use|be|support|include|display|accept))\b)/i;
const words =
  /^(?:lock ?file maintenance|(?:dependenc(?:y|ies)|deps?)\b[\s:,]*(?:bump|updates?|upgrades?)|(?!versions?\b)[\w@./-]+ (?:bump|deps update)$|bump (?:up )?(?:\S+ )?deps\b|(?:dev )?deps\b|(?:update|bump) yanked)/i;

const runtime =
  /\b(?:msrv|minimum|minimal|supported|language level|(?:go|rust|node(?:\.?js)?|python|ruby|java|php|typescript|\.net) (?:version|directive|edition))\b|^\w+ (?:the )?(?:go|rust|node(?:\.?js)?|python|ruby|java|php)\b(?![-/@.])/i;

/** What people must have to run or build it is no dependency of ours: raising it is news. */
export const isRuntime = (text: string): boolean => runtime.test(text);

/** A title without its prefix, what the prefix says, and the text below. */
type Said = { subject: string; type: ChangeType | null; scope: string | null; body: string };

/**
 * Knows Dependabot's, Renovate's and people's ways of saying it. What says of itself that it is a feature or faster is none, unless it says so
 * by its place ("feat(deps)"), and a plain number is a version only where a package's name, the prefix or a bot's notes say so: "raise timeout
 * to 30" is a change.
 */
export const parseBump = (said: Said): Bump | null => {
  const { subject, type, scope, body } = said;
  const placed = type === 'deps' || (scope !== null && toChangeType(scope) === 'deps');
  if (type !== null && !placed && !raising.has(type)) return null;
  const raised = findRaised(subject, placed || botNotes.test(body) || (type !== null && type !== 'fix'));
  if (raised === null || isRuntime(subject)) return null;
  return { ...raised, security: isForSecurity(raised.name === null ? subject : subject.replace(raised.name, '')) };
};

export const isForSecurity = (text: string): boolean => /\[security\]|\bCVE-\d{4}-\d+|\bGHSA-\w{4}-|\bsecurity\b|\bvulnerab/i.test(text);

const raising = new Set<ChangeType>(['fix', 'chore', 'build', 'ci', 'docs', 'test', 'style', 'refactor', 'security', 'change']);

const findRaised = (text: string, placed: boolean): Omit<Bump, 'security'> | null => {
  const full = fromTo.exec(text);
  const [, name, to] = full ? [...full.slice(0, 2), full[3]] : (toVersion.exec(text) ?? []);
  if (name !== undefined && to !== undefined) {
    // Packages have no article, unless they are many words.
    const isRaise = placed || isPackage(name) || (isVersion(to) && !/^\w+ the /i.test(text));
    return isRaise && !/^versions?$/i.test(name) ? { name, from: full?.[2] ?? null, to } : null;
  }
  return digests.test(text) || group.test(text) || words.test(text) ? { name: null, from: null, to: null } : null;
};

const isPackage = (name: string): boolean => /[@/[\]:]|\w\.\w|\w-\w/.test(name);
const isVersion = (text: string): boolean => /^[~^>=<]*v?\d+(?:\.\d+)+|^v\d|^\d+\.x|^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}$/i.test(text);

/** A step of GitHub's builds: whatever it brings, no reader has it. */
export const isOfBuild = ({ name }: Bump): boolean =>
  name !== null && /^actions\/|(?:^|[/-])(?:[\w-]+-)?action$|^github\/codeql/i.test(name);

/** Bots copy the dependency's own notes. */
export const isOfBot = (body: string): boolean => botNotes.test(body);

const botNotes = /^(?:Bumps |Updates? )?\[|dependabot|renovate|<details>/im;
const effect = /\b(?:fix(?:es|ed)?|crash\w*|regression|issue|speed|security|support|vulnerab\w+|CVE-\d+)\b/i;

const advisory = /\bCVE-\d{4}-\d+|\bGHSA(?:-\w{4}){3}/i;

/** Somebody says what the new version does for readers; bots copy the dependency's own notes. */
export const isTold = ({ title, body, closes }: { title: string; body: string; closes: readonly string[] }): boolean =>
  advisory.test(title) || (!botNotes.test(body) && !/\[security\]/i.test(title) && (closes.length > 0 || effect.test(body)));
