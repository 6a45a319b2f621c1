/** Where a change was told of first. */
export type ChangeSource = 'git' | 'github' | 'gitlab' | 'slack' | 'api' | 'ticket';

/** What happened. `commit` and `merge` are judged by their words; the others say themselves what they are. */
export type ChangeKind =
  | 'commit'
  | 'merge'
  | 'release'
  | 'deploy'
  | 'flag'
  | 'config'
  | 'infrastructure'
  | 'database'
  | 'policy'
  | 'people'
  | 'product'
  | 'ticket'
  | 'note';

/** One thing that changed, as it came in. All text is data, never instructions. */
export type Change = {
  id: string;
  source: ChangeSource;
  /** Repository ('owner/name') or system. */
  system: string;
  kind: ChangeKind;
  title: string;
  body: string;
  /** As written: '#123', 'owner/name#5', 'ABC-7', 'T-42', a sha of 7 to 40 hexadecimal digits. */
  refs: readonly string[];
  labels: readonly string[];
  /** Files it touched, when known. */
  paths: readonly string[];
  /** Number of files it touched; null when not known. */
  filesChanged: number | null;
  /** Somebody said so (a label, an event's field). What its words say is found by `parseChange`. */
  breaking: boolean;
  /** Milliseconds since 1970, UTC. */
  time: number;
  url: string | null;
  /** Full sha, for commits and merges. */
  sha: string | null;
  /** Shas of the commits a merge brought in. */
  merged: readonly string[];
};

export type Audience = 'engineers' | 'customers' | 'company';

/** Keep a Changelog's six for engineers and customers. */
export type ReleaseSection = 'Added' | 'Changed' | 'Deprecated' | 'Removed' | 'Fixed' | 'Security';
export type CompanySection = 'Product' | 'Platform' | 'People & Policy' | 'Operations';
export type SectionName = ReleaseSection | CompanySection;

/** One line of a changelog. `text` is one sentence for the reader, without references: those are `refs`, kept by code. */
export type Entry = {
  /** Stable for the same changes, so that a person's edit is found again when the changelog is composed anew. */
  key: string;
  section: SectionName;
  text: string;
  breaking: boolean;
  /** Ids of the changes it tells of, the leading one first. */
  changes: string[];
  refs: string[];
  /** Tickets it resolves, as 'T-42'. */
  tickets: string[];
};

export type OmittedReason =
  | 'reverted'
  | 'revert'
  | 'duplicate'
  | 'merge'
  | 'internal'
  | 'not-for-readers'
  | 'tests'
  | 'ci'
  | 'docs'
  | 'dependency'
  | 'release'
  | 'unreleased-fix'
  | 'private'
  | 'less-notable'
  | 'label'
  | 'by-a-person'
  | 'trivial';

export type Omitted = { change: string; reason: OmittedReason /** The entry or change it went with, if any. */; of: string | null };

/** The plan code makes: every change of the input is in exactly one entry or in `omitted` (law 7). Wording is the engine's or the built-in's. */
export type Changelog = {
  entries: Entry[];
  omitted: Omitted[];
  semver: {
    bump: 'major' | 'minor' | 'patch' | 'none';
    reason: string;
    /** The name of the next release, where it is known what the last one was. */
    version?: string | null | undefined;
  };
};

export type ComposeOptions = {
  audience: Audience;
  /** Words and path globs (`internal/**`) that must not show in any text. */
  leakList: readonly string[];
  /** Ids of changes a person decided on: they are told, whatever their words say. Only the leak list is above that. */
  certain?: readonly string[];
  /** Ids of changes a person took out, whatever else is said of them. */
  leftOut?: readonly string[];
  /** The section a person put a change under, by its id. */
  placed?: Readonly<Record<string, SectionName>>;
};
