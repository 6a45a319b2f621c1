/** A dependency raised to another version; null for names and versions the title does not tell. */
export type Bump = { name: string | null; from: string | null; to: string | null; security: boolean };

const fromTo =
  /^(?:bump|update|upgrade|updates?|raise)s?\s+(?:the\s+)?(?:dependency\s+)?[`'"]?([@\w./:-]+)[`'"]?\s+(?:requirement\s+)?from\s+(\S+)\s+to\s+(\S+)/i;
const toVersion =
  /^(?:bump|update|upgrade|raise)s?\s+(?:dependency\s+|the\s+)?[`'"]?([@\w./:-]+)[`'"]?\s+(?:action\s+|docker\s+(?:tag|digest)\s+|digest\s+|package\s+|crate\s+)?(?:to|=>|->)\s+(v?\d[\w.+-]*|[0-9a-f]{7,40})\b/i;
const digests = /\b(?:docker\s+)?(?:tag|digest|digests)\s+to\s+\S+$/i;
const group =
  /^(?:bump|update|upgrade|apply|refresh|pin|lock)\w*\b.*\b(?:dependenc(?:y|ies)|deps|requirements?|lock ?files?|group (?:across|with)|packages? group|(?:all|non-major|patch|minor|major) (?:\S+ )?(?:versions|updates|packages|bumps)|crates|submodules?|vendor(?:ed)?|package[-.]lock|yarn\.lock|cargo\.lock|go\.(?:mod|sum))\b/i;
const words =
  /^(?:lock ?file maintenance|(?:dependenc(?:y|ies)|deps?)\b[\s:,]*(?:bump|updates?|upgrades?)|(?!versions?\b)[\w@./-]+ (?:bump|deps update)$|bump (?:up )?(?:\S+ )?deps\b|(?:dev )?deps\b|(?:update|bump) yanked)/i;

const runtime =
  /\b(?:msrv|minimum|minimal|supported|language level|(?:go|rust|node(?:\.?js)?|python|ruby|java|php|typescript|\.net) (?:version|directive|edition))\b|^\w+ (?:the )?(?:go|rust|node(?:\.?js)?|python|ruby|java|php)\b/i;

/** What people must have to run or build it is no dependency of ours: raising it is news. */
export const isRuntime = (text: string): boolean => runtime.test(text);

/** Knows Dependabot's, Renovate's and people's ways of saying it. `text` is a title without its prefix. */
export const parseBump = (text: string): Bump | null => {
  const raised = findRaised(text);
  return raised === null || isRuntime(text)
    ? null
    : { ...raised, security: /\[security\]|\bCVE-\d{4}-\d+|\bsecurity\b|\bvulnerab/i.test(text) };
};

const findRaised = (text: string): Omit<Bump, 'security'> | null => {
  const full = fromTo.exec(text);
  if (full) return { name: full[1] ?? null, from: full[2] ?? null, to: full[3] ?? null };
  const raised = toVersion.exec(text);
  if (raised) return { name: raised[1] ?? null, from: null, to: raised[2] ?? null };
  return digests.test(text) || group.test(text) || words.test(text) ? { name: null, from: null, to: null } : null;
};

const botNotes = /^(?:Bumps |Updates? )?\[|dependabot|renovate|<details>/im;
const effect = /\b(?:fix(?:es|ed)?|crash\w*|regression|issue|speed|security|support|vulnerab\w+|CVE-\d+)\b/i;

const advisory = /\bCVE-\d{4}-\d+|\bGHSA(?:-\w{4}){3}/i;

/** Somebody says what the new version does for readers; bots copy the dependency's own notes. */
export const isTold = ({ title, body, closes }: { title: string; body: string; closes: readonly string[] }): boolean =>
  advisory.test(title) || (!botNotes.test(body) && !/\[security\]/i.test(title) && (closes.length > 0 || effect.test(body)));
