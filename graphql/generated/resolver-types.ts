import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserView, ApiTokenView, AuditEventView } from '../../src/auth/service.ts';
import type { LogView, LogSummaryView } from '../../src/logs/log-view.ts';
import type { NormalView } from '../logs/normal-resolvers.ts';
import type { LogQuestion as LogQuestionRow } from '../../db/entities/log-question.ts';
import type { Digest, Pattern as DigestPattern } from '../../src/logs/digest/types.ts';
import type { TicketView, PredictionView, CategoryGuessView, LookAlikeView, CategoryView, TriageSettingsView, TriageAdviceView, CategoryOverlapView, TicketClusterView, CategoryShiftView, TriageReplayView, TriageDifferenceView, TriageReportView, TriageNightView, ConfusionCellView, CategoryReportView, TicketEventView } from '../../src/tickets/ticket-view.ts';
import type { ChangeView, ChangelogView, ChangelogEntryView, OmittedChangeView, ChangelogSettingsView } from '../../src/changelog/changelog-view.ts';
import type { ChangelogSubscriptionView, ChangelogPostView } from '../../src/changelog/changelog-post-view.ts';
import type { IncidentView, IncidentAlertView } from '../../src/incidents/incident-view.ts';
import type { WebhookInView, WebhookOutView } from '../../src/webhooks/service.ts';
import type { Receipt as EngineReceipt } from '../../src/core/ports.ts';
import type { GraphContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in time, RFC 3339, UTC. */
  DateTime: { input: Date; output: Date | string; }
  /** A file in a multipart request (GraphQL multipart request specification). */
  File: { input: File; output: File; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type AddChangeInput = {
  body?: InputMaybe<Scalars['String']['input']>;
  breaking?: InputMaybe<Scalars['Boolean']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** A RELEASE told in a sentence is a note: a release by its name (v1.4.0) is where a changelog can begin, and no news. */
  kind?: ChangeKind;
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Where in Slack it was said (the bot). */
  slack?: InputMaybe<ChangeOriginInput>;
  /** company when left out. */
  system?: InputMaybe<Scalars['String']['input']>;
  /** Now when left out. */
  time?: InputMaybe<Scalars['DateTime']['input']>;
  /** One line. */
  title: Scalars['String']['input'];
  url?: InputMaybe<Scalars['String']['input']>;
};

export type AddChangePayload = {
  __typename?: 'AddChangePayload';
  change?: Maybe<Change>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type AlertLabel = {
  __typename?: 'AlertLabel';
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type AnswerWithin = {
  __typename?: 'AnswerWithin';
  /** Else these are minutes of business hours. */
  aroundTheClock: Scalars['Boolean']['output'];
  minutes: Scalars['Int']['output'];
  priority: TicketPriority;
};

export type AnswerWithinInput = {
  aroundTheClock?: Scalars['Boolean']['input'];
  /** 1 to 43,200 (30 days). */
  minutes: Scalars['Int']['input'];
  priority: TicketPriority;
};

export type ApiToken = {
  __typename?: 'ApiToken';
  createdAt: Scalars['DateTime']['output'];
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  kind: TokenKind;
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
  /** The token's first characters, to tell it from others. */
  preview: Scalars['String']['output'];
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  scopes: Array<TokenScope>;
};

export type ApproveChangelogPostPayload = {
  __typename?: 'ApproveChangelogPostPayload';
  post?: Maybe<ChangelogPost>;
  userErrors: Array<UserError>;
  /** The period of an older draft it waits for, in words. */
  waitsFor?: Maybe<Scalars['String']['output']>;
};

export type AskChangelogInput = {
  audience?: InputMaybe<ChangelogAudience>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  paths?: InputMaybe<Array<Scalars['String']['input']>>;
  place: ChangelogPlaceInput;
  /** What that one would tell next; the rest is then left out. */
  subscriptionId?: InputMaybe<Scalars['ID']['input']>;
  systems?: InputMaybe<Array<Scalars['String']['input']>>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type AskChangelogPayload = {
  __typename?: 'AskChangelogPayload';
  post?: Maybe<ChangelogPost>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

/** Exactly one of logId and thread. */
export type AskLogInput = {
  /** The same key gives the first result, with replayed: true. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  logId?: InputMaybe<Scalars['ID']['input']>;
  question: Scalars['String']['input'];
  replyTo?: InputMaybe<ReplyToInput>;
  /** The log a Slack thread is about. */
  thread?: InputMaybe<SlackThreadInput>;
};

export type AskLogPayload = {
  __typename?: 'AskLogPayload';
  question?: Maybe<LogQuestion>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type AssignTicketInput = {
  /** A user's id, or `slack:<team>:<user>`. */
  assignee: Scalars['String']['input'];
  id: Scalars['ID']['input'];
};

export type AuditEvent = {
  __typename?: 'AuditEvent';
  /** Who the actor acted for, e.g. a Slack user. */
  actingFor?: Maybe<Scalars['String']['output']>;
  action: Scalars['String']['output'];
  /** User or token id. */
  actor: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  requestId?: Maybe<Scalars['String']['output']>;
  subjectId?: Maybe<Scalars['String']['output']>;
};

export type BetterThreshold = {
  __typename?: 'BetterThreshold';
  /** Shares at that threshold. */
  right: Scalars['Float']['output'];
  threshold: Scalars['Float']['output'];
  wrong: Scalars['Float']['output'];
};

export type BusinessHours = {
  __typename?: 'BusinessHours';
  /** Days on which nobody works: `2026-12-28`, `2026-12-28..2027-01-02`, or each year `12-25` and `12-24..12-31`. */
  closedDays: Array<Scalars['String']['output']>;
  /** Monday is 1. */
  days: Array<Scalars['Int']['output']>;
  /** e.g. 09:00 */
  from: Scalars['String']['output'];
  timeZone: Scalars['String']['output'];
  /** e.g. 17:30, or 24:00; before `from` it is on the next morning, as of a night shift. */
  to: Scalars['String']['output'];
};

export type BusinessHoursInput = {
  /** As in BusinessHours; where they are left out, those known stay. What is due was reckoned when it came in, and stays. */
  closedDays?: InputMaybe<Array<Scalars['String']['input']>>;
  days: Array<Scalars['Int']['input']>;
  from: Scalars['String']['input'];
  timeZone: Scalars['String']['input'];
  to: Scalars['String']['input'];
};

export type CancelLogInput = {
  /** @deprecated Say logId. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Required, like everywhere else; nullable for as long as `id` is still taken. */
  logId?: InputMaybe<Scalars['ID']['input']>;
};

export type CancelLogPayload = {
  __typename?: 'CancelLogPayload';
  log?: Maybe<Log>;
  userErrors: Array<UserError>;
};

/** A change of the same system, or of one the log names, shortly before a problem; also told among the likely causes. */
export type CandidateChange = {
  __typename?: 'CandidateChange';
  at: Scalars['DateTime']['output'];
  changeId: Scalars['ID']['output'];
  /** True when the problem was never seen before; false when it began in the midst of this log. */
  firstSeen: Scalars['Boolean']['output'];
  pattern: Pattern;
  system: Scalars['String']['output'];
  title: Scalars['String']['output'];
  url?: Maybe<Scalars['String']['output']>;
  /**
   * The zone that was taken for a log that states none: among UTC and those the workspace works by the only one in which the log ends just before it
   * was handed in. Null where the log states its zone.
   */
  zoneAssumed?: Maybe<Scalars['String']['output']>;
};

export type Category = {
  __typename?: 'Category';
  channel?: Maybe<Scalars['String']['output']>;
  /** What belongs here. */
  description: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  mode: TriageMode;
  name: Scalars['String']['output'];
  /** Mentioned in the channel when a P1 or P2 comes to it, becomes one there or runs out of its time: the id of a person (U…) or of a user group (S…) in Slack. */
  onCall?: Maybe<Scalars['String']['output']>;
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
  targetPrecision: Scalars['Float']['output'];
  team: Scalars['String']['output'];
};

export type CategoryDrift = {
  __typename?: 'CategoryDrift';
  /** Population stability index; above 0.2 the mix has changed. */
  index: Scalars['Float']['output'];
  moved: Array<CategoryShift>;
};

export type CategoryGuess = {
  __typename?: 'CategoryGuess';
  category: Category;
  probability: Scalars['Float']['output'];
};

export type CategoryOverlap = {
  __typename?: 'CategoryOverlap';
  /** The two. */
  categories: Array<Category>;
  describedAlike: Scalars['Boolean']['output'];
  /** Tickets of one that were foretold as the other. */
  mistaken: Scalars['Int']['output'];
};

export type CategoryPayload = {
  __typename?: 'CategoryPayload';
  category?: Maybe<Category>;
  /** That it was brought back with its history, and what of it comes to nothing as long as it has no channel, in sentences. */
  note?: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
};

export type CategoryReport = {
  __typename?: 'CategoryReport';
  category: Category;
  precision?: Maybe<Scalars['Float']['output']>;
  recall?: Maybe<Scalars['Float']['output']>;
  tickets: Scalars['Int']['output'];
};

/** Shares of all tickets. */
export type CategoryShift = {
  __typename?: 'CategoryShift';
  before: Scalars['Float']['output'];
  category: Category;
  now: Scalars['Float']['output'];
};

/** Something that changed, as it came in. */
export type Change = {
  __typename?: 'Change';
  body: Scalars['String']['output'];
  /** Somebody said that it breaks what was there. What its words say is found when a changelog is composed. */
  breaking: Scalars['Boolean']['output'];
  /** Null when it is not known. */
  filesChanged?: Maybe<Scalars['Int']['output']>;
  id: Scalars['ID']['output'];
  kind: ChangeKind;
  labels: Array<Scalars['String']['output']>;
  /** Logs with a pattern that was seen for the first time shortly after this change: it may be the cause. */
  logs: Array<Log>;
  /** Files it touched, where they are known. */
  paths: Array<Scalars['String']['output']>;
  /** When we first heard of it. */
  receivedAt: Scalars['DateTime']['output'];
  /** As written: #123, owner/name#5, !7, ABC-7, T-42, a commit. */
  refs: Array<Scalars['String']['output']>;
  /** Full name of the commit, where there is one. */
  sha?: Maybe<Scalars['String']['output']>;
  source: ChangeSource;
  /** Repository (owner/name) or system. */
  system: Scalars['String']['output'];
  /** When it happened. */
  time: Scalars['DateTime']['output'];
  title: Scalars['String']['output'];
  url?: Maybe<Scalars['String']['output']>;
};

export type ChangeConnection = {
  __typename?: 'ChangeConnection';
  edges: Array<ChangeEdge>;
  pageInfo: PageInfo;
};

export type ChangeEdge = {
  __typename?: 'ChangeEdge';
  cursor: Scalars['String']['output'];
  node: Change;
};

export type ChangeFilter = {
  kind?: InputMaybe<Array<ChangeKind>>;
  label?: InputMaybe<Scalars['String']['input']>;
  /** As written, e.g. #12. */
  ref?: InputMaybe<Scalars['String']['input']>;
  /** When it happened; included. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  source?: InputMaybe<Array<ChangeSource>>;
  system?: InputMaybe<Scalars['String']['input']>;
  /** Not included. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ChangeInput = {
  body?: InputMaybe<Scalars['String']['input']>;
  breaking?: InputMaybe<Scalars['Boolean']['input']>;
  filesChanged?: InputMaybe<Scalars['Int']['input']>;
  /** What tells it from others of the same source, e.g. the id it has there. Without one, its sha, or the idempotencyKey. */
  key?: InputMaybe<Scalars['String']['input']>;
  kind: ChangeKind;
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Commits that a merge brought in. */
  merged?: InputMaybe<Array<Scalars['String']['input']>>;
  paths?: InputMaybe<Array<Scalars['String']['input']>>;
  refs?: InputMaybe<Array<Scalars['String']['input']>>;
  sha?: InputMaybe<Scalars['String']['input']>;
  source?: ChangeSource;
  /** Repository (owner/name) or system. */
  system: Scalars['String']['input'];
  /** When it happened. */
  time: Scalars['DateTime']['input'];
  title: Scalars['String']['input'];
  url?: InputMaybe<Scalars['String']['input']>;
};

/** What happened. COMMIT and MERGE are judged by their words; the others say themselves what they are. */
export type ChangeKind =
  | 'COMMIT'
  | 'CONFIG'
  | 'DATABASE'
  | 'DEPLOY'
  /** A feature flag. */
  | 'FLAG'
  | 'INFRASTRUCTURE'
  /** A merged pull or merge request, or a merge commit. */
  | 'MERGE'
  /** Something a person found worth telling. */
  | 'NOTE'
  /** Somebody joined, left, or does something else now. */
  | 'PEOPLE'
  | 'POLICY'
  | 'PRODUCT'
  | 'RELEASE'
  | 'TICKET';

/** By when they came in. */
export type ChangeOrder =
  | 'NEWEST_FIRST'
  | 'OLDEST_FIRST';

export type ChangeOriginInput = {
  channel: Scalars['String']['input'];
  teamId: Scalars['String']['input'];
  /** The message, if there is one: it is one change, however often it is added. */
  ts?: InputMaybe<Scalars['String']['input']>;
};

export type ChangePasswordInput = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};

export type ChangeRoleInput = {
  id: Scalars['ID']['input'];
  role: Role;
};

/** Where a change was told of. */
export type ChangeSource =
  | 'API'
  | 'GIT'
  | 'GITHUB'
  | 'GITLAB'
  | 'SLACK'
  /** A resolved ticket. */
  | 'TICKET';

/** What changed in a period, worded for its readers. Every change read is in exactly one entry or omitted with its reason. */
export type Changelog = {
  __typename?: 'Changelog';
  audience: ChangelogAudience;
  /** Changes read; null until it is planned. */
  changeCount?: Maybe<Scalars['Int']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** In the order they are shown. */
  entries: Array<ChangelogEntry>;
  /** With SUCCEEDED: why the words are the built-in ones. */
  failure?: Maybe<WorkFailure>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The form that was asked for; `rendered` gives that one or any other. */
  format: ChangelogFormat;
  /** Included. */
  from: Scalars['DateTime']['output'];
  /** Null until it is planned. */
  headline?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** What is in no entry, and why; `first`, 1 to 100, is required. */
  omitted: OmittedChangeConnection;
  omittedCounts: Array<OmittedCount>;
  receipt?: Maybe<Receipt>;
  /** Texts of the engine that said what the changes do not; the built-in words stand there. */
  rejectedTexts: Scalars['Int']['output'];
  /** The whole changelog as text, in the form that was asked for or in the one named here. `version` is its name in Markdown; Unreleased without. Null until it is planned. */
  rendered?: Maybe<Scalars['String']['output']>;
  scope: ChangelogScope;
  /** The version step the entries ask for; null until it is planned. */
  semver?: Maybe<SemverProposal>;
  /** Your CHANGELOG.md (up to 5 MB) with this changelog in its place: the section Unreleased, or that of `version`. What people wrote stays. Null until it is planned. */
  spliced?: Maybe<Scalars['String']['output']>;
  /** DIGESTED: planned and in the built-in words; an engine is writing better ones. */
  status: WorkStatus;
  /** Not included. */
  to: Scalars['DateTime']['output'];
};


/** What changed in a period, worded for its readers. Every change read is in exactly one entry or omitted with its reason. */
export type ChangelogOmittedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What changed in a period, worded for its readers. Every change read is in exactly one entry or omitted with its reason. */
export type ChangelogRenderedArgs = {
  format?: InputMaybe<ChangelogFormat>;
  version?: InputMaybe<Scalars['String']['input']>;
};


/** What changed in a period, worded for its readers. Every change read is in exactly one entry or omitted with its reason. */
export type ChangelogSplicedArgs = {
  into: Scalars['String']['input'];
  version?: InputMaybe<Scalars['String']['input']>;
};

export type ChangelogAudience =
  /** Everybody who works there; the sections are Product, Platform, People & Policy, Operations. */
  | 'COMPANY'
  | 'CUSTOMERS'
  | 'ENGINEERS';

export type ChangelogConnection = {
  __typename?: 'ChangelogConnection';
  edges: Array<ChangelogEdge>;
  pageInfo: PageInfo;
};

export type ChangelogEdge = {
  __typename?: 'ChangelogEdge';
  cursor: Scalars['String']['output'];
  node: Changelog;
};

/** One line of a changelog. */
export type ChangelogEntry = {
  __typename?: 'ChangelogEntry';
  breaking: Scalars['Boolean']['output'];
  changelogId: Scalars['ID']['output'];
  /** What it tells of, the leading one first. */
  changes: Array<Change>;
  /** The same for the same changes in every changelog. */
  key: Scalars['ID']['output'];
  /** The title of the change that leads, as it may be shown. */
  originalTitle: Scalars['String']['output'];
  /** All in its changes, put in by code. */
  refs: Array<Scalars['String']['output']>;
  section: ChangelogSection;
  /** One sentence, without references. */
  text: Scalars['String']['output'];
  /** As written: T-42. */
  ticketRefs: Array<Scalars['String']['output']>;
  /** Those of them that are tickets here, for who may read tickets. */
  tickets: Array<Ticket>;
  /** Whose words they are; a person's stand, also when the changelog is composed anew. */
  wordedBy: WordedBy;
};

export type ChangelogEntryTextInput = {
  key: Scalars['ID']['input'];
  /** It is told no more; includeChanges puts it back. */
  leaveOut?: InputMaybe<Scalars['Boolean']['input']>;
  section?: InputMaybe<ChangelogSection>;
  /** One sentence, up to 400 characters. What is the text already stays whose it is. */
  text?: InputMaybe<Scalars['String']['input']>;
};

export type ChangelogFilter = {
  audience?: InputMaybe<ChangelogAudience>;
  status?: InputMaybe<Array<WorkStatus>>;
  /** Its scope names this system. */
  system?: InputMaybe<Scalars['String']['input']>;
};

export type ChangelogFormat =
  | 'ATOM'
  /** A fragment of a page. */
  | 'HTML'
  | 'JSON'
  /** Keep a Changelog. */
  | 'MARKDOWN'
  | 'RSS'
  /** Slack's mrkdwn. */
  | 'SLACK';

export type ChangelogFrequency =
  | 'DAILY'
  | 'MONTHLY'
  | 'WEEKLY';

export type ChangelogOrder =
  | 'NEWEST_FIRST'
  | 'OLDEST_FIRST';

/** Where in Slack. */
export type ChangelogPlaceInput = {
  channel: Scalars['String']['input'];
  /** Whoever asks. */
  owner: Scalars['String']['input'];
  teamId: Scalars['String']['input'];
};

/** A changelog on its way into a channel. */
export type ChangelogPost = {
  __typename?: 'ChangelogPost';
  /** Null before it is composed. */
  changelog?: Maybe<Changelog>;
  /** Slack's id; of a preview, of the person who sees it. */
  channel: Scalars['String']['output'];
  /** How many periods it makes up for: 1, but after a long silence. */
  covers: Scalars['Int']['output'];
  createdAt: Scalars['DateTime']['output'];
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who approved or skipped it. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  failure?: Maybe<WorkFailure>;
  from: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  postedAt?: Maybe<Scalars['DateTime']['output']>;
  purpose: ChangelogPostPurpose;
  remindedAt?: Maybe<Scalars['DateTime']['output']>;
  state: ChangelogPostState;
  to: Scalars['DateTime']['output'];
};

export type ChangelogPostInput = {
  id: Scalars['ID']['input'];
};

export type ChangelogPostPayload = {
  __typename?: 'ChangelogPostPayload';
  post?: Maybe<ChangelogPost>;
  userErrors: Array<UserError>;
};

export type ChangelogPostPurpose =
  /** Asked for by somebody. */
  | 'NOW'
  /** What a subscription tells of a period. */
  | 'PERIOD'
  /** For the eyes of who asked. */
  | 'PREVIEW';

export type ChangelogPostState =
  | 'COMPOSING'
  /** Waits for its owner. */
  | 'DRAFT'
  /** Nothing changed, and silence was wished for. */
  | 'EMPTY'
  | 'FAILED'
  | 'POSTED'
  /** On its way, or behind an older one that is not decided. */
  | 'POSTING'
  | 'SKIPPED';

/** What a changelog is about. An empty list leaves nothing out. */
export type ChangelogScope = {
  __typename?: 'ChangelogScope';
  labels: Array<Scalars['String']['output']>;
  paths: Array<Scalars['String']['output']>;
  systems: Array<Scalars['String']['output']>;
};

export type ChangelogScopeInput = {
  /** A change has at least one of them. */
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Globs such as packages/api/**; a change touches at least one of them. */
  paths?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Repositories and systems; all when empty. */
  systems?: Array<Scalars['String']['input']>;
};

export type ChangelogSection =
  | 'ADDED'
  | 'CHANGED'
  | 'DEPRECATED'
  | 'FIXED'
  | 'OPERATIONS'
  | 'PEOPLE_AND_POLICY'
  | 'PLATFORM'
  | 'PRODUCT'
  | 'REMOVED'
  | 'SECURITY';

/** How the workspace wants its changelogs. */
export type ChangelogSettings = {
  __typename?: 'ChangelogSettings';
  /** Slack channels in which other bots' messages are read as changes: deploys, flags, configuration and so on. */
  eventChannels: Array<Scalars['String']['output']>;
  /** Words and path globs (internal/**) that must not show in any text. */
  leakList: Array<Scalars['String']['output']>;
};

/** A channel that wants a changelog by the clock. */
export type ChangelogSubscription = {
  __typename?: 'ChangelogSubscription';
  audience: ChangelogAudience;
  /** Slack's id of the channel. */
  channel: Scalars['String']['output'];
  /** Everything before was posted, was skipped, or was nothing. It never moves past a draft nobody decided on. */
  coveredUntil: Scalars['DateTime']['output'];
  createdAt: Scalars['DateTime']['output'];
  /** Its owner sees and approves each one before the channel does. */
  draftFirst: Scalars['Boolean']['output'];
  emptyPeriods: EmptyPeriods;
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  every: ChangelogFrequency;
  id: Scalars['ID']['output'];
  /** A change has at least one of them; any when empty. */
  labels: Array<Scalars['String']['output']>;
  /** Of monthly ones, 1 to 31; in shorter months the last day. */
  monthDay?: Maybe<Scalars['Int']['output']>;
  nextAt: Scalars['DateTime']['output'];
  /** What it is called by in its channel, from 1; it stays when others end. */
  number: Scalars['Int']['output'];
  /** Slack's id of the person who approves drafts and is told when something is wrong. */
  owner: Scalars['String']['output'];
  /** Since when Slack does not let us reach that person. Whoever resumes it in Slack then is its owner. */
  ownerLostAt?: Maybe<Scalars['DateTime']['output']>;
  /** Globs such as packages/api/**; a change touches at least one of them; any when empty. */
  paths: Array<Scalars['String']['output']>;
  pausedAt?: Maybe<Scalars['DateTime']['output']>;
  /** A sentence: who paused it, or what Slack said. */
  pausedReason?: Maybe<Scalars['String']['output']>;
  /** Newest first, up to 100. */
  posts: Array<ChangelogPost>;
  /** When it comes, in words: every Monday at 09:00 (Europe/Berlin). */
  schedule: Scalars['String']['output'];
  /** Repositories and systems; everything when empty. */
  systems: Array<Scalars['String']['output']>;
  /** By the clock of the time zone, e.g. 09:00. */
  time: Scalars['String']['output'];
  /** E.g. Europe/Berlin. A time that its clocks jump over comes as much later, one they show twice comes once. */
  timeZone: Scalars['String']['output'];
  /** Of weekly ones; 1 is Monday. */
  weekday?: Maybe<Scalars['Int']['output']>;
};


/** A channel that wants a changelog by the clock. */
export type ChangelogSubscriptionPostsArgs = {
  first?: Scalars['Int']['input'];
};

export type ChangelogSubscriptionInput = {
  id: Scalars['ID']['input'];
};

export type ChangelogSubscriptionPayload = {
  __typename?: 'ChangelogSubscriptionPayload';
  subscription?: Maybe<ChangelogSubscription>;
  userErrors: Array<UserError>;
};

/** One statement and the lines it stands on. */
export type Claim = {
  __typename?: 'Claim';
  confidence?: Maybe<Confidence>;
  evidence: Array<Evidence>;
  text: Scalars['String']['output'];
};

export type Confidence =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM';

export type ConfusionCell = {
  __typename?: 'ConfusionCell';
  actual: Category;
  count: Scalars['Int']['output'];
  predicted: Category;
};

export type CreateFirstAdminInput = {
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
  /** 12 characters or more. */
  password: Scalars['String']['input'];
  setupToken: Scalars['String']['input'];
};

export type CreateTicketInput = {
  /** Taking the reaction back withdraws it as long as nobody touched it. */
  byReaction?: Scalars['Boolean']['input'];
  /** Chosen by a person in a form; then nothing is predicted over it. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its thread in Slack (that of slack, or else of replyTo) is meant: while that is an open ticket, that one is given (sameThread). A reaction always means it. */
  oncePerThread?: Scalars['Boolean']['input'];
  priority?: InputMaybe<TicketPriority>;
  /** Channels in Slack that forwarded messages in the text come from: their restrictions hold for the ticket. */
  quotedChannels?: InputMaybe<Array<Scalars['String']['input']>>;
  replyTo?: InputMaybe<ReplyToInput>;
  /** Who asked, when it is not the caller, e.g. slack:T1:U1. */
  reporter?: InputMaybe<Scalars['String']['input']>;
  /** A message (MESSAGE) or thread (THREAD) in Slack; a job reads all of its thread with the bot's token. */
  slack?: InputMaybe<SlackOriginInput>;
  text?: InputMaybe<Scalars['String']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type CreateTicketPayload = {
  __typename?: 'CreateTicketPayload';
  /** What of the text was not kept; null when all of it was. */
  note?: Maybe<Scalars['String']['output']>;
  replayed: Scalars['Boolean']['output'];
  /** Asked of a thread (oncePerThread) that is an open ticket already: that one is given, and no other is made. */
  sameThread: Scalars['Boolean']['output'];
  ticket?: Maybe<Ticket>;
  userErrors: Array<UserError>;
};

export type CreateTokenInput = {
  /** Days until it expires; null for never. */
  expiresInDays?: InputMaybe<Scalars['Int']['input']>;
  kind?: TokenKind;
  name: Scalars['String']['input'];
  /** What it may do: one or more. */
  scopes?: InputMaybe<Array<TokenScope>>;
};

export type CreateTokenPayload = {
  __typename?: 'CreateTokenPayload';
  /** Shown once. */
  secret?: Maybe<Scalars['String']['output']>;
  token?: Maybe<ApiToken>;
  userErrors: Array<UserError>;
};

export type CreateUserInput = {
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
  password: Scalars['String']['input'];
  role: Role;
};

export type CreateWebhookInInput = {
  /** Of alerts, which need it: the id of the Slack channel their threads are opened in. */
  channel?: InputMaybe<Scalars['String']['input']>;
  /** Header with an id that stays the same when the sender tries again, e.g. X-GitHub-Delivery. Used where there is no key. */
  deliveryHeader?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<Array<WebhookConditionInput>>;
  kind?: WebhookKind;
  /** Of tickets, which need it: title or text, and key unless there is a deliveryHeader. */
  mapping?: InputMaybe<WebhookMappingInput>;
  name: Scalars['String']['input'];
  /** For senders that make the secret themselves, 16 characters or more; without it one is made here. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** How it is signed; GitHub and GitLab do it their own way, whatever is said here. */
  signatureHeader?: Scalars['String']['input'];
  signatureScheme?: SignatureScheme;
};

export type CreateWebhookInPayload = {
  __typename?: 'CreateWebhookInPayload';
  /** Shown once. */
  secret?: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
  webhook?: Maybe<WebhookIn>;
};

export type CreateWebhookOutInput = {
  /**
   * JSON with places in its texts, for receivers with a form of their own, e.g. {"title":"{{ticket.title}}"}. A text that is nothing but a place
   * becomes what is there, numbers and null included. Places: {{id}}, {{event}}, {{at}}, {{ticket.…}}.
   */
  bodyTemplate?: InputMaybe<Scalars['String']['input']>;
  events: Array<WebhookEvent>;
  /** What the receiver wants, e.g. Authorization; 10 at most. */
  headers?: InputMaybe<Array<WebhookHeaderInput>>;
  method?: WebhookMethod;
  name: Scalars['String']['input'];
  /** Of each ticket only the first of these events is told: for receivers that make something of every message. */
  oncePerTicket?: Scalars['Boolean']['input'];
  /** https only. Its path and query may have places, e.g. https://example.com/tickets/{{ticket.id}}. */
  url: Scalars['String']['input'];
};

export type CreateWebhookOutPayload = {
  __typename?: 'CreateWebhookOutPayload';
  /** Shown once. */
  secret?: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
  webhook?: Maybe<WebhookOut>;
};

export type DeleteLogInput = {
  /** @deprecated Say logId. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Required, like everywhere else; nullable for as long as `id` is still taken. */
  logId?: InputMaybe<Scalars['ID']['input']>;
};

export type DeleteLogPayload = {
  __typename?: 'DeleteLogPayload';
  deletedId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

/** At least one of text, section and leaveOut. */
export type EditChangelogEntryInput = {
  changelogId: Scalars['ID']['input'];
  key: Scalars['ID']['input'];
  /** It is told no more, now and when composed anew; includeChanges puts it back. */
  leaveOut?: InputMaybe<Scalars['Boolean']['input']>;
  /** One of the sections for these readers. */
  section?: InputMaybe<ChangelogSection>;
  /** One sentence, up to 400 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

export type EditChangelogEntryPayload = {
  __typename?: 'EditChangelogEntryPayload';
  /** Null when it is left out. */
  entry?: Maybe<ChangelogEntry>;
  userErrors: Array<UserError>;
};

export type EditChangelogPostInput = {
  entries: Array<ChangelogEntryTextInput>;
  id: Scalars['ID']['input'];
};

/** What happens when nothing changed. */
export type EmptyPeriods =
  /** A post says so. */
  | 'POSTED'
  | 'SILENT';

export type EnableWebhookOutInput = {
  id: Scalars['ID']['input'];
};

export type EngineLeftOut =
  /** What the workspace may spend on the engine in a day was spent, so the engine was not asked. */
  | 'BUDGET'
  /** The text speaks to whoever sorts it, so the engine was not asked. */
  | 'INSTRUCTS'
  /** Asked again with other codes, another order and without the names of the categories in the text, it said something else. */
  | 'UNSTABLE';

export type EngineUse = {
  __typename?: 'EngineUse';
  answers: Scalars['Int']['output'];
  /** Null when the model's price is not known. */
  costUsd?: Maybe<Scalars['Float']['output']>;
  tokensIn: Scalars['Int']['output'];
  tokensOut: Scalars['Int']['output'];
};

export type Evidence = {
  __typename?: 'Evidence';
  lines?: Maybe<LineRange>;
  pattern?: Maybe<Pattern>;
  /** Verbatim, checked. */
  quote?: Maybe<Scalars['String']['output']>;
  /** A page that shows these lines to whoever may read the log; null without lines, or where people cannot reach this server (PUBLIC_URL). */
  url?: Maybe<Scalars['String']['output']>;
};

export type GenerateChangelogInput = {
  audience?: ChangelogAudience;
  format?: ChangelogFormat;
  /** Included. Either this or lastTag. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Since this release, e.g. v1.4.0: what landed after its commit. Several systems each begin at their own of that name. */
  lastTag?: InputMaybe<Scalars['String']['input']>;
  /** Where in Slack the answer goes (the bot). */
  replyTo?: InputMaybe<ReplyToInput>;
  scope?: ChangelogScopeInput;
  /** Not included; now when left out. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type GenerateChangelogPayload = {
  __typename?: 'GenerateChangelogPayload';
  changelog?: Maybe<Changelog>;
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

/** Alerts of one group that fire together, as Alertmanager tells them; one thread in Slack. */
export type Incident = {
  __typename?: 'Incident';
  /** Those that fire first, 100 at most. */
  alerts: Array<IncidentAlert>;
  /** The Slack channel its thread is in; null when it is only kept. */
  channel?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** The newest logs of its services whose lines are from around its time (an hour before to half an hour after), three at most; one that says no time goes by when it came. */
  logs: Array<Log>;
  /** Why Slack took no message for it. It is tried again with the next news; null once it worked. */
  postFailure?: Maybe<Scalars['String']['output']>;
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The services its alerts name; logs of these are looked for. */
  services: Array<Scalars['String']['output']>;
  startedAt: Scalars['DateTime']['output'];
  status: IncidentStatus;
  title: Scalars['String']['output'];
  /** When it was last told of. */
  updatedAt: Scalars['DateTime']['output'];
};

export type IncidentAlert = {
  __typename?: 'IncidentAlert';
  description?: Maybe<Scalars['String']['output']>;
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** What tells it from others of its group. */
  fingerprint: Scalars['String']['output'];
  firing: Scalars['Boolean']['output'];
  labels: Array<AlertLabel>;
  name: Scalars['String']['output'];
  runbookUrl?: Maybe<Scalars['String']['output']>;
  severity?: Maybe<Scalars['String']['output']>;
  startsAt: Scalars['DateTime']['output'];
  summary?: Maybe<Scalars['String']['output']>;
};

export type IncidentConnection = {
  __typename?: 'IncidentConnection';
  edges: Array<IncidentEdge>;
  pageInfo: PageInfo;
};

export type IncidentEdge = {
  __typename?: 'IncidentEdge';
  cursor: Scalars['String']['output'];
  node: Incident;
};

export type IncidentFilter = {
  status?: InputMaybe<Array<IncidentStatus>>;
};

export type IncidentStatus =
  | 'FIRING'
  | 'RESOLVED';

export type IncludeChangesInput = {
  changelogId: Scalars['ID']['input'];
  /** 1 to 100 ids of what it left out. */
  changes: Array<Scalars['ID']['input']>;
};

export type IncludeChangesPayload = {
  __typename?: 'IncludeChangesPayload';
  changelog?: Maybe<Changelog>;
  userErrors: Array<UserError>;
};

/** How much each judge counts when their evidence is added up; learned from decided tickets. */
export type JudgeWeights = {
  __typename?: 'JudgeWeights';
  /** What people decided on a ticket that reads the same, in log-odds. */
  alike: Scalars['Float']['output'];
  /** The remote engine's own log-odds of being right. */
  engine: Scalars['Float']['output'];
  /** The classifier's log shares; 1 takes them as they are. */
  own: Scalars['Float']['output'];
};

/** How two models compare on the same decided tickets, of which neither had seen the one it was asked about. */
export type KeptModel = {
  __typename?: 'KeptModel';
  /** Foretold right by the one trained that night. */
  newRight: Scalars['Int']['output'];
  /** Foretold right by the model in use, when the tickets came in. */
  right: Scalars['Int']['output'];
  tickets: Scalars['Int']['output'];
};

/** Every line belongs to exactly one of these; they add up to `lines`. */
export type Ledger = {
  __typename?: 'Ledger';
  blank: Scalars['Int']['output'];
  inOther: Scalars['Int']['output'];
  inPatterns: Scalars['Int']['output'];
  inRemainder: Scalars['Int']['output'];
  lines: Scalars['Int']['output'];
  /** Bytes at the ends of endless lines: counted, and not looked at. */
  unreadBytes: Scalars['Float']['output'];
};

export type LevelCount = {
  __typename?: 'LevelCount';
  level: LogLevel;
  records: Scalars['Int']['output'];
};

/** 1-based, inclusive. */
export type LineRange = {
  __typename?: 'LineRange';
  from: Scalars['Int']['output'];
  to: Scalars['Int']['output'];
};

/** A log that was handed in, with whatever is known about it so far. */
export type Log = {
  __typename?: 'Log';
  /** Slack user it was submitted for. */
  actingFor?: Maybe<Scalars['String']['output']>;
  /** Bytes of text, unpacked. Null until it was read. */
  bytes?: Maybe<Scalars['Float']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** User or token that submitted it. */
  createdBy: Scalars['String']['output'];
  /** The way it came in. */
  entry: LogEntry;
  failure?: Maybe<WorkFailure>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** Number of lines. Null until it was read. */
  lineCount?: Maybe<Scalars['Int']['output']>;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  /** Service, host or channel it came from, as told by whoever submitted it. */
  source?: Maybe<Scalars['String']['output']>;
  status: WorkStatus;
  summary?: Maybe<LogSummary>;
  /** When its text was forgotten for its age; its digest and summary stay. */
  textDeletedAt?: Maybe<Scalars['DateTime']['output']>;
  title: Scalars['String']['output'];
};

export type LogConnection = {
  __typename?: 'LogConnection';
  edges: Array<LogEdge>;
  pageInfo: PageInfo;
};

export type LogDigest = {
  __typename?: 'LogDigest';
  histogram?: Maybe<LogHistogram>;
  ledger: Ledger;
  levels: Array<LevelCount>;
  patternCount: Scalars['Int']['output'];
  /** By rank: what an engineer on call would want first. */
  patterns: Array<Pattern>;
  /** What happened in a few words each, in the order it was first seen: for a list or a notification. */
  phrases: Array<Scalars['String']['output']>;
  /** Passages to read first, verbatim: of a run that failed those that tell why, of anything else where each of the leading problems begins. */
  readFirst: Array<Sample>;
  records: Scalars['Int']['output'];
  time?: Maybe<LogTimeRange>;
};


export type LogDigestPatternsArgs = {
  first?: Scalars['Int']['input'];
};


export type LogDigestPhrasesArgs = {
  first?: Scalars['Int']['input'];
};

export type LogEdge = {
  __typename?: 'LogEdge';
  cursor: Scalars['String']['output'];
  node: Log;
};

export type LogEntry =
  | 'API'
  | 'SLACK'
  | 'STREAM'
  | 'TERMINAL';

export type LogFilter = {
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  entry?: InputMaybe<Array<LogEntry>>;
  source?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<Array<WorkStatus>>;
  /** Part of the title, any case. */
  titleContains?: InputMaybe<Scalars['String']['input']>;
};

export type LogHistogram = {
  __typename?: 'LogHistogram';
  all: Array<Scalars['Int']['output']>;
  bucketMs: Scalars['Float']['output'];
  errors: Array<Scalars['Int']['output']>;
  from: Scalars['String']['output'];
};

export type LogLevel =
  | 'DEBUG'
  | 'ERROR'
  | 'FATAL'
  | 'INFO'
  | 'TRACE'
  | 'UNKNOWN'
  | 'WARN';

export type LogLine = {
  __typename?: 'LogLine';
  number: Scalars['Int']['output'];
  text: Scalars['String']['output'];
  /** The line is longer than what is shown. */
  truncated: Scalars['Boolean']['output'];
};

/** A log held against the earlier ones of its source (service or channel). */
export type LogNormal = {
  __typename?: 'LogNormal';
  /** Changes shortly before a pattern was first seen. */
  changes: Array<CandidateChange>;
  /** Never seen before. */
  firstSeen: Array<Pattern>;
  /** Logs of the source before this one. */
  logsBefore: Scalars['Int']['output'];
  /** Far more often than usual: five times the middle of what earlier logs had. */
  more: Array<UnusualRate>;
  /** Marked as nothing to look at; folded away and still counted. */
  noise: Array<Pattern>;
  /** An earlier log whose leading problems are the same, or much like these. */
  sameAs?: Maybe<SameIncident>;
  /** Usually there, and not in this log. */
  stopped: Array<StoppedPattern>;
  /** Open tickets that quote a leading problem, as T-42; also those opened since. */
  tickets: Array<Scalars['String']['output']>;
  /** Problems that are in most logs of the source and no more frequent than ever: they set no severity. */
  usual: Array<UsualRate>;
};

export type LogOrder =
  | 'NEWEST_FIRST'
  | 'OLDEST_FIRST';

export type LogProgress = {
  __typename?: 'LogProgress';
  failure?: Maybe<WorkFailure>;
  logId: Scalars['ID']['output'];
  progress: Scalars['Float']['output'];
  status: WorkStatus;
};

/** A question about a log, and its answer once there is one. */
export type LogQuestion = {
  __typename?: 'LogQuestion';
  /** Each statement with its lines. Empty when the log does not say. */
  answer: Array<Claim>;
  createdAt: Scalars['DateTime']['output'];
  failure?: Maybe<WorkFailure>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** All lines of the log; null until it was searched. */
  linesSearched?: Maybe<Scalars['Float']['output']>;
  logId: Scalars['ID']['output'];
  /** Words of the question that stand nowhere in the log. */
  missing: Array<Scalars['String']['output']>;
  question: Scalars['String']['output'];
  receipt?: Maybe<Receipt>;
  status: QuestionStatus;
  /** Statements of the engine that code could not confirm, and removed. */
  unsupportedDropped: Scalars['Int']['output'];
  /** The engine was away, and this is what a search found. */
  withoutEngine: Scalars['Boolean']['output'];
};

/** The answer, in two beats: first the digest, computed by us; then the engine's checked words. */
export type LogSummary = {
  __typename?: 'LogSummary';
  /** First beat: ledger, patterns, histogram, time range. */
  digest?: Maybe<LogDigest>;
  failure?: Maybe<WorkFailure>;
  /** Second beat from here on. */
  headline?: Maybe<Scalars['String']['output']>;
  impact: Array<Claim>;
  likelyCauses: Array<Claim>;
  logId: Scalars['ID']['output'];
  nextSteps: Array<Claim>;
  /** What is unusual for this source; null when the log names none. */
  normal?: Maybe<LogNormal>;
  progress: Scalars['Float']['output'];
  /** What people said of it. */
  ratings: SummaryRatings;
  receipt?: Maybe<Receipt>;
  severity?: Maybe<Severity>;
  status: WorkStatus;
  /** Statements of the engine that code could not confirm, and removed. */
  unsupportedDropped: Scalars['Int']['output'];
  whatIsGoingOn: Array<Claim>;
};

export type LogTimeRange = {
  __typename?: 'LogTimeRange';
  /** No time of the log gives a day: it and its patterns' times are clocks alone. */
  dayInferred: Scalars['Boolean']['output'];
  durationMs: Scalars['Float']['output'];
  /** As the log says it; without an offset when the log does not state its zone, and a clock alone when it states no day (`dayInferred`). */
  first: Scalars['String']['output'];
  last: Scalars['String']['output'];
  yearInferred: Scalars['Boolean']['output'];
  /** Some times state their zone; the others were taken to mean the same one. */
  zoneAssumed: Scalars['Boolean']['output'];
  /** Every time of the log states its zone. */
  zoneStated: Scalars['Boolean']['output'];
};

export type LookAlike = {
  __typename?: 'LookAlike';
  /** Likely the same thing, not only the same kind. */
  duplicate: Scalars['Boolean']['output'];
  /** 0 to 1. */
  score: Scalars['Float']['output'];
  ticket: Ticket;
};

export type MarkNoiseInput = {
  logId: Scalars['ID']['input'];
  noise?: Scalars['Boolean']['input'];
  /** As in the log's digest, e.g. P3. */
  patternId: Scalars['String']['input'];
};

export type MarkNoisePayload = {
  __typename?: 'MarkNoisePayload';
  log?: Maybe<Log>;
  userErrors: Array<UserError>;
};

export type MaskedCount = {
  __typename?: 'MaskedCount';
  count: Scalars['Int']['output'];
  kind: Scalars['String']['output'];
};

export type MergeTicketInput = {
  id: Scalars['ID']['input'];
  intoId: Scalars['ID']['input'];
};

export type MoveTicketInput = {
  id: Scalars['ID']['input'];
  move: TicketMove;
  /** SNOOZE: until when; a day without it. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Notes something that changed and that no repository knows of. */
  addChange: AddChangePayload;
  /** Has a draft posted, behind what is older. */
  approveChangelogPost: ApproveChangelogPostPayload;
  /** Asks a question about a log that was read. The answer is searched in all its lines and in its digest, under the same rules of evidence. */
  askLog: AskLogPayload;
  /** Gives a ticket to somebody, who is told in its thread. */
  assignTicket: TicketPayload;
  /** Stops work on a log. What is known so far stays. */
  cancelLog: CancelLogPayload;
  changePassword: UserPayload;
  /** Gives a person of your workspace another role (admins). */
  changeRole: UserPayload;
  /** The first admin, once, with the one-time token that the server prints when there is nobody yet. */
  createFirstAdmin: SessionPayload;
  /** Stores a ticket and queues its triage in one transaction. Needs text, slack, or both. The same key gives the first ticket for ever. */
  createTicket: CreateTicketPayload;
  /** The token itself is in the answer once and nowhere else afterwards. */
  createToken: CreateTokenPayload;
  /** Adds a person to your workspace (admins). */
  createUser: UserPayload;
  /** Opens a way in for tickets or changes born elsewhere (admins). The secret is in the answer once and nowhere else afterwards. */
  createWebhookIn: CreateWebhookInPayload;
  /** Has an https address told of changes (admins). The secret is in the answer once and nowhere else afterwards. */
  createWebhookOut: CreateWebhookOutPayload;
  /** Deletes a finished log with its text and all that was found in it; for admins. Messages in Slack stay, and so does what is on record about it. */
  deleteLog: DeleteLogPayload;
  /** Words an entry as a person wants it. It stands in every changelog for this audience, also in those composed later. */
  editChangelogEntry: EditChangelogEntryPayload;
  /** Words entries of a draft as a person wants them; they stand, also when it is composed again. */
  editChangelogPost: ChangelogPostPayload;
  /** Switches one on again that was disabled because nothing got through (admins). */
  enableWebhookOut: WebhookOutPayload;
  /** Queues a changelog of a period. */
  generateChangelog: GenerateChangelogPayload;
  /** Puts back what a changelog left out: it is told when that one is composed again, and in those to come for the same readers. */
  includeChanges: IncludeChangesPayload;
  /** Says that a pattern is known noise for its log's source, or no longer: it is folded away there from now on, and still counted. */
  markNoise: MarkNoisePayload;
  /** Says that a ticket is the same as another; its reporter is told when that one is resolved. */
  mergeTicket: TicketPayload;
  /** Takes, snoozes, resolves, reopens, or says that it is not a ticket. */
  moveTicket: TicketPayload;
  /** Posts what has changed since the subscription's last post, which then counts as told; without a subscription, the last seven days. */
  postChangelogNow: AskChangelogPayload;
  /** What a text would be predicted as; nothing is stored (for a form that wants a first guess). */
  predictTicket: PredictTicketPayload;
  /** Shows the same to the owner named here alone; nothing counts as told. */
  previewChangelog: AskChangelogPayload;
  /** Says whether a summary helped. A person's last word counts. */
  rateLog: RateLogPayload;
  /** Reads a draft's period once more, with what came in meanwhile. */
  recomposeChangelogPost: ChangelogPostPayload;
  /** Reads another bot's message as a change (the bot). `change` is null when its channel is not read, or it tells of none. */
  recordChangeEvent: RecordChangeEventPayload;
  /** Takes in up to 500 changes at once, all or none. What is known already gets its newest words, so sending it again is safe. */
  recordChanges: RecordChangesPayload;
  /** Buys the next pair. A refresh token used twice ends every session of its family. */
  refreshSession: SessionPayload;
  /** More was said in a thread: reads it again for each of its tickets that is not over, and predicts again what nobody set. Gives the newest ticket of the thread. */
  refreshSlackTicket: TicketPayload;
  /** Takes a person out of your workspace, with their sessions and personal tokens (admins). What they did stays on record. */
  removeUser: UserPayload;
  /** For a person who forgot theirs; ends their sessions (admins). */
  resetPassword: UserPayload;
  /** Retired categories keep their tickets, are never predicted, and teach nothing until they are brought back (admins). */
  retireCategory: CategoryPayload;
  /** Puts a log that failed or was cancelled back to work, at the step it had come to. */
  retryLog: RetryLogPayload;
  /** Brings a retired category back as it was, with its tickets and what they taught (admins). */
  reviveCategory: CategoryPayload;
  revokeToken: RevokeTokenPayload;
  /** Closes it at once and forgets its secret (admins). */
  revokeWebhookIn: WebhookInPayload;
  /** Tells it nothing more and forgets its secret (admins). */
  revokeWebhookOut: WebhookOutPayload;
  /** Makes a category (no id) or changes one (admins). With the name of a retired one it is that one, brought back with its history. */
  saveCategory: CategoryPayload;
  /** What is left out stays as it is (admins). */
  saveChangelogSettings: SaveChangelogSettingsPayload;
  /** Changes what is given and leaves the rest (admins). */
  saveTriageSettings: TriageSettingsPayload;
  /** Corrects or confirms the category; counts in the very next prediction, and no model changes it again. */
  setTicketCategory: TicketPayload;
  setTicketPriority: TicketPayload;
  signIn: SessionPayload;
  /** Ends this session (the refresh token's whole family). */
  signOut: SignOutPayload;
  /** A draft is not posted, and its time counts as covered. */
  skipChangelogPost: ChangelogPostPayload;
  /** Stores a log and queues its summary in one transaction. Exactly one of text, upload, slack. */
  submitLog: SubmitLogPayload;
  /** Has a channel told what changed, by the clock. This and all below is for people in Slack (by the bot) and for admins. */
  subscribeChangelog: SubscribeChangelogPayload;
  /** Starts a shadow run of the triage on tickets people decided (admins); ask `triageReplay` how it went. */
  triageReplay: TriageReplayPayload;
  /** Ends a subscription; drafts nobody decided on are skipped. */
  unsubscribeChangelog: ChangelogSubscriptionPayload;
  /** What is left out stays. Time that is covered stays covered. */
  updateChangelogSubscription: ChangelogSubscriptionPayload;
  /** The reaction that made it is gone: withdraws a ticket that nobody touched and that was made byReaction. */
  withdrawSlackTicket: TicketPayload;
};


export type MutationAddChangeArgs = {
  input: AddChangeInput;
};


export type MutationApproveChangelogPostArgs = {
  input: ChangelogPostInput;
};


export type MutationAskLogArgs = {
  input: AskLogInput;
};


export type MutationAssignTicketArgs = {
  input: AssignTicketInput;
};


export type MutationCancelLogArgs = {
  input: CancelLogInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationChangeRoleArgs = {
  input: ChangeRoleInput;
};


export type MutationCreateFirstAdminArgs = {
  input: CreateFirstAdminInput;
};


export type MutationCreateTicketArgs = {
  input: CreateTicketInput;
};


export type MutationCreateTokenArgs = {
  input: CreateTokenInput;
};


export type MutationCreateUserArgs = {
  input: CreateUserInput;
};


export type MutationCreateWebhookInArgs = {
  input: CreateWebhookInInput;
};


export type MutationCreateWebhookOutArgs = {
  input: CreateWebhookOutInput;
};


export type MutationDeleteLogArgs = {
  input: DeleteLogInput;
};


export type MutationEditChangelogEntryArgs = {
  input: EditChangelogEntryInput;
};


export type MutationEditChangelogPostArgs = {
  input: EditChangelogPostInput;
};


export type MutationEnableWebhookOutArgs = {
  input: EnableWebhookOutInput;
};


export type MutationGenerateChangelogArgs = {
  input: GenerateChangelogInput;
};


export type MutationIncludeChangesArgs = {
  input: IncludeChangesInput;
};


export type MutationMarkNoiseArgs = {
  input: MarkNoiseInput;
};


export type MutationMergeTicketArgs = {
  input: MergeTicketInput;
};


export type MutationMoveTicketArgs = {
  input: MoveTicketInput;
};


export type MutationPostChangelogNowArgs = {
  input: AskChangelogInput;
};


export type MutationPredictTicketArgs = {
  input: PredictTicketInput;
};


export type MutationPreviewChangelogArgs = {
  input: AskChangelogInput;
};


export type MutationRateLogArgs = {
  input: RateLogInput;
};


export type MutationRecomposeChangelogPostArgs = {
  input: ChangelogPostInput;
};


export type MutationRecordChangeEventArgs = {
  input: RecordChangeEventInput;
};


export type MutationRecordChangesArgs = {
  input: RecordChangesInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRefreshSlackTicketArgs = {
  input: SlackMessageInput;
};


export type MutationRemoveUserArgs = {
  input: RemoveUserInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationRetireCategoryArgs = {
  input: RetireCategoryInput;
};


export type MutationRetryLogArgs = {
  input: RetryLogInput;
};


export type MutationReviveCategoryArgs = {
  input: ReviveCategoryInput;
};


export type MutationRevokeTokenArgs = {
  input: RevokeTokenInput;
};


export type MutationRevokeWebhookInArgs = {
  input: RevokeWebhookInput;
};


export type MutationRevokeWebhookOutArgs = {
  input: RevokeWebhookInput;
};


export type MutationSaveCategoryArgs = {
  input: SaveCategoryInput;
};


export type MutationSaveChangelogSettingsArgs = {
  input: SaveChangelogSettingsInput;
};


export type MutationSaveTriageSettingsArgs = {
  input: SaveTriageSettingsInput;
};


export type MutationSetTicketCategoryArgs = {
  input: SetTicketCategoryInput;
};


export type MutationSetTicketPriorityArgs = {
  input: SetTicketPriorityInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignOutArgs = {
  input: SignOutInput;
};


export type MutationSkipChangelogPostArgs = {
  input: ChangelogPostInput;
};


export type MutationSubmitLogArgs = {
  input: SubmitLogInput;
};


export type MutationSubscribeChangelogArgs = {
  input: SubscribeChangelogInput;
};


export type MutationTriageReplayArgs = {
  input: TriageReplayInput;
};


export type MutationUnsubscribeChangelogArgs = {
  input: ChangelogSubscriptionInput;
};


export type MutationUpdateChangelogSubscriptionArgs = {
  input: UpdateChangelogSubscriptionInput;
};


export type MutationWithdrawSlackTicketArgs = {
  input: SlackMessageInput;
};

export type OmittedChange = {
  __typename?: 'OmittedChange';
  change: Change;
  /** The entry (its key) or change (its id) it went with. */
  of?: Maybe<Scalars['ID']['output']>;
  reason: OmittedReason;
  /** Its title as it may be shown to anybody: nothing of the leak list. */
  title: Scalars['String']['output'];
};

export type OmittedChangeConnection = {
  __typename?: 'OmittedChangeConnection';
  edges: Array<OmittedChangeEdge>;
  pageInfo: PageInfo;
};

export type OmittedChangeEdge = {
  __typename?: 'OmittedChangeEdge';
  cursor: Scalars['String']['output'];
  node: OmittedChange;
};

export type OmittedCount = {
  __typename?: 'OmittedCount';
  count: Scalars['Int']['output'];
  reason: OmittedReason;
};

export type OmittedReason =
  /** Somebody left it out. It can be put back. */
  | 'BY_A_PERSON'
  | 'CI'
  | 'DEPENDENCY'
  | 'DOCS'
  /** Told by another change already. */
  | 'DUPLICATE'
  | 'INTERNAL'
  /** A label of its own asks for it: skip-changelog and the like. */
  | 'LABEL'
  /** Nothing speaks against it but its small weight beside the rest of the period. */
  | 'LESS_NOTABLE'
  /** A merge whose commits are told. */
  | 'MERGE'
  /** Noted or asked by people of the house, for themselves. Not put back; the label 'customers' on the change itself makes it one for customers. */
  | 'NOT_FOR_READERS'
  /** Wholly in places of the leak list. */
  | 'PRIVATE'
  /** A release, not a change. */
  | 'RELEASE'
  /** Takes another change back. */
  | 'REVERT'
  /** Taken back by another change. */
  | 'REVERTED'
  | 'TESTS'
  | 'TRIVIAL'
  /** Mends something of this very changelog that was never released without. */
  | 'UNRELEASED_FIX';

/** Relay's page information. */
export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A kind of record: a template with variables, and everything counted about it. */
export type Pattern = {
  __typename?: 'Pattern';
  count: Scalars['Int']['output'];
  firstLine: Scalars['Int']['output'];
  firstTime?: Maybe<Scalars['String']['output']>;
  histogram?: Maybe<Array<Scalars['Int']['output']>>;
  /** P1, P2, … by rank. */
  id: Scalars['String']['output'];
  lastLine: Scalars['Int']['output'];
  lastTime?: Maybe<Scalars['String']['output']>;
  level: LogLevel;
  levelInferred: Scalars['Boolean']['output'];
  lines: Scalars['Int']['output'];
  /** Why it ranks where it does. */
  reasons: Array<Scalars['String']['output']>;
  samples: Array<Sample>;
  template: Scalars['String']['output'];
  variables: Array<Variable>;
};

export type PredictTicketInput = {
  text: Scalars['String']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
};

export type PredictTicketPayload = {
  __typename?: 'PredictTicketPayload';
  /** What of the text was not looked at; null when all of it was. */
  note?: Maybe<Scalars['String']['output']>;
  prediction?: Maybe<TicketPrediction>;
  userErrors: Array<UserError>;
};

/** What was predicted, and why. */
export type PriorityReason = {
  __typename?: 'PriorityReason';
  quote: Scalars['String']['output'];
  /** False: it lowered the priority, or kept it from being higher. */
  raises: Scalars['Boolean']['output'];
  /** e.g. something fails */
  says: Scalars['String']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Who did what (admins), newest first. */
  auditEvents: Array<AuditEvent>;
  /** The workspace's categories, retired ones too when asked. */
  categories: Array<Category>;
  change?: Maybe<Change>;
  changelog?: Maybe<Changelog>;
  changelogPost?: Maybe<ChangelogPost>;
  /** For those who may record changes: the leak list names what others should not read. */
  changelogSettings: ChangelogSettings;
  changelogSubscription?: Maybe<ChangelogSubscription>;
  /** Oldest first; those that ended are left out. */
  changelogSubscriptions: Array<ChangelogSubscription>;
  /** The workspace's changelogs; `first` or `last`, 1 to 100, is required. */
  changelogs: ChangelogConnection;
  /** The workspace's changes; `first` or `last`, 1 to 100, is required. */
  changes: ChangeConnection;
  incident?: Maybe<Incident>;
  /** What fired in this workspace; `first` or `last`, 1 to 100, is required. */
  incidents: IncidentConnection;
  /** One log with whatever is known about it so far. */
  log?: Maybe<Log>;
  /** Raw lines, 1-based, at most 1,000 at a time. */
  logLines: Array<LogLine>;
  /** A question asked about a log, with its answer once there is one. */
  logQuestion?: Maybe<LogQuestion>;
  /** The summary of a log; its digest is null until the first beat, which a short log may share with the second (see WorkStatus). */
  logSummary?: Maybe<LogSummary>;
  /** The workspace's logs; `first` or `last`, 1 to 100, is required. */
  logs: LogConnection;
  /** Who is asking: the signed-in person or the service token. */
  me: Viewer;
  /** By its id, or by its number as people say it: T-142. */
  ticket?: Maybe<Ticket>;
  /** What happened to a ticket (by its id or number), oldest first. */
  ticketEvents: Array<TicketEvent>;
  /** The workspace's tickets; `first` or `last`, 1 to 100, is required. */
  tickets: TicketConnection;
  /** Your tokens; for admins all of the workspace's. Newest first. */
  tokens: Array<ApiToken>;
  /** The newest advice about the categories; null before the first Monday (admins). */
  triageAdvice?: Maybe<TriageAdvice>;
  /** What the last nights found out, newest first; `first` is 1 to 100. */
  triageNights: Array<TriageNight>;
  triageReplay?: Maybe<TriageReplay>;
  /** What such a replay would cost, without starting it (admins); null when it asks no engine. */
  triageReplayEstimate?: Maybe<ReplayEstimate>;
  triageReport: TriageReport;
  triageSettings: TriageSettings;
  /** People of the workspace (admins). */
  users: Array<User>;
  /** Ways in for tickets (admins), newest first. */
  webhooksIn: Array<WebhookIn>;
  /** Who is told of tickets (admins), newest first. */
  webhooksOut: Array<WebhookOut>;
};


export type QueryAuditEventsArgs = {
  first: Scalars['Int']['input'];
  subjectId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCategoriesArgs = {
  includeRetired?: Scalars['Boolean']['input'];
};


export type QueryChangeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryChangelogArgs = {
  id: Scalars['ID']['input'];
};


export type QueryChangelogPostArgs = {
  id: Scalars['ID']['input'];
};


export type QueryChangelogSubscriptionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryChangelogSubscriptionsArgs = {
  channel?: InputMaybe<Scalars['String']['input']>;
};


export type QueryChangelogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChangelogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: ChangelogOrder;
};


export type QueryChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChangeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: ChangeOrder;
};


export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncidentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: LogOrder;
};


export type QueryLogArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLogLinesArgs = {
  from: Scalars['Int']['input'];
  logId: Scalars['ID']['input'];
  to: Scalars['Int']['input'];
};


export type QueryLogQuestionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLogSummaryArgs = {
  logId: Scalars['ID']['input'];
};


export type QueryLogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: LogOrder;
};


export type QueryTicketArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTicketEventsArgs = {
  ticketId: Scalars['ID']['input'];
};


export type QueryTicketsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TicketFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TicketOrder;
};


export type QueryTriageNightsArgs = {
  first?: Scalars['Int']['input'];
};


export type QueryTriageReplayArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTriageReplayEstimateArgs = {
  input: TriageReplayInput;
};

export type QuestionStatus =
  | 'FAILED'
  | 'QUEUED'
  | 'SUCCEEDED';

export type RateLogInput = {
  helpful: Scalars['Boolean']['input'];
  logId: Scalars['ID']['input'];
};

export type RateLogPayload = {
  __typename?: 'RateLogPayload';
  log?: Maybe<Log>;
  userErrors: Array<UserError>;
};

/** What an engine did: what left, to which model, at what price. */
export type Receipt = {
  __typename?: 'Receipt';
  /** Null when the price table does not know the model. */
  costUsd?: Maybe<Scalars['Float']['output']>;
  durationMs: Scalars['Int']['output'];
  engine: Scalars['String']['output'];
  /**
   * The model that would have answered, had the workspace's budget of the day (UTC) not been used up, or had it given an answer while somebody
   * waited at a terminal; the built-in engine did.
   */
  insteadOf?: Maybe<Scalars['String']['output']>;
  /** Masked items by kind. */
  maskedCounts: Array<MaskedCount>;
  model: Scalars['String']['output'];
  promptVersion: Scalars['String']['output'];
  sentBytes: Scalars['Int']['output'];
  /** SHA-256 of exactly what was sent; null when nothing left. */
  sentHash?: Maybe<Scalars['String']['output']>;
  tokensIn: Scalars['Int']['output'];
  tokensOut: Scalars['Int']['output'];
};

export type RecordChangeEventInput = {
  channel: Scalars['String']['input'];
  /** When it was edited, if it was: what it tells now counts, and when it tells of no change any more, neither does what it told before. */
  editedTs?: InputMaybe<Scalars['String']['input']>;
  teamId: Scalars['String']['input'];
  /** The message as Slack has it. */
  text: Scalars['String']['input'];
  ts: Scalars['String']['input'];
  /** Link to the message. */
  url?: InputMaybe<Scalars['String']['input']>;
};

export type RecordChangeEventPayload = {
  __typename?: 'RecordChangeEventPayload';
  change?: Maybe<Change>;
  userErrors: Array<UserError>;
};

export type RecordChangesInput = {
  /** 1 to 500. */
  changes: Array<ChangeInput>;
  /** Tells changes that bring neither key nor sha from others, by their place in the list. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type RecordChangesPayload = {
  __typename?: 'RecordChangesPayload';
  /** Taken in for the first time. */
  created: Scalars['Int']['output'];
  /** In the order given; empty when there are userErrors. */
  ids: Array<Scalars['ID']['output']>;
  /** Known before. */
  known: Scalars['Int']['output'];
  /** All of them were known before. */
  replayed: Scalars['Boolean']['output'];
  /** Each names its change: changes.3.title. */
  userErrors: Array<UserError>;
};

export type RefreshSessionInput = {
  refreshToken: Scalars['String']['input'];
};

export type RemoveUserInput = {
  id: Scalars['ID']['input'];
};

/** What a replay with the remote engine is reckoned to take, from a part of its tickets and from answers of the past; nothing is sent to find out. */
export type ReplayEstimate = {
  __typename?: 'ReplayEstimate';
  /** Those that may be shown to the engine; each is one question, and a second one where the answer would change what happens. */
  asked: Scalars['Int']['output'];
  /** Of one question for each; null when the model's price is not known. */
  costUsd?: Maybe<Scalars['Float']['output']>;
  model: Scalars['String']['output'];
  /** Of two questions for each. */
  mostCostUsd?: Maybe<Scalars['Float']['output']>;
  tickets: Scalars['Int']['output'];
  /** Of one question for each. */
  tokensIn: Scalars['Int']['output'];
  tokensOut: Scalars['Int']['output'];
};

export type ReplayModel =
  /** What predicts now; it has learned from these tickets, so it does better on them than on new ones. */
  | 'CURRENT'
  /** Trained on what was decided before them: it has not seen one. */
  | 'NEW';

/** Only for tokens with ACT_FOR_SLACK. */
export type ReplyToInput = {
  channel: Scalars['String']['input'];
  responseUrl?: InputMaybe<Scalars['String']['input']>;
  teamId: Scalars['String']['input'];
  /** Thread to answer in; without it a root message is posted and answered under. */
  threadTs?: InputMaybe<Scalars['String']['input']>;
  user: Scalars['String']['input'];
};

export type ResetPasswordInput = {
  id: Scalars['ID']['input'];
  newPassword: Scalars['String']['input'];
};

export type RetireCategoryInput = {
  id: Scalars['ID']['input'];
};

export type RetryLogInput = {
  /** @deprecated Say logId. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Required, like everywhere else; nullable for as long as `id` is still taken. */
  logId?: InputMaybe<Scalars['ID']['input']>;
};

export type RetryLogPayload = {
  __typename?: 'RetryLogPayload';
  log?: Maybe<Log>;
  userErrors: Array<UserError>;
};

export type ReviveCategoryInput = {
  id: Scalars['ID']['input'];
};

export type RevokeTokenInput = {
  id: Scalars['ID']['input'];
};

export type RevokeTokenPayload = {
  __typename?: 'RevokeTokenPayload';
  token?: Maybe<ApiToken>;
  userErrors: Array<UserError>;
};

export type RevokeWebhookInput = {
  id: Scalars['ID']['input'];
};

/** What somebody may do. VIEWER reads, MEMBER also submits, ADMIN also manages people and tokens. */
export type Role =
  | 'ADMIN'
  | 'MEMBER'
  | 'VIEWER';

export type SameIncident = {
  __typename?: 'SameIncident';
  at: Scalars['DateTime']['output'];
  logId: Scalars['ID']['output'];
  of: Scalars['Int']['output'];
  /** Leading problems both have, of all that either has. */
  shared: Scalars['Int']['output'];
  title: Scalars['String']['output'];
};

export type Sample = {
  __typename?: 'Sample';
  lines: LineRange;
  text: Scalars['String']['output'];
};

export type SaveCategoryInput = {
  channel?: InputMaybe<Scalars['String']['input']>;
  description: Scalars['String']['input'];
  id?: InputMaybe<Scalars['ID']['input']>;
  mode?: TriageMode;
  name: Scalars['String']['input'];
  /** Called for P1 and P2: the id of a person (U…) or of a user group (S…) in Slack. */
  onCall?: InputMaybe<Scalars['String']['input']>;
  targetPrecision?: Scalars['Float']['input'];
  team: Scalars['String']['input'];
};

export type SaveChangelogSettingsInput = {
  eventChannels?: InputMaybe<Array<Scalars['String']['input']>>;
  leakList?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type SaveChangelogSettingsPayload = {
  __typename?: 'SaveChangelogSettingsPayload';
  settings?: Maybe<ChangelogSettings>;
  userErrors: Array<UserError>;
};

export type SaveTriageSettingsInput = {
  adminChannel?: InputMaybe<Scalars['String']['input']>;
  /** Of the priorities named; counts for tickets that come in, or are given that priority, from then on. */
  answerWithin?: InputMaybe<Array<AnswerWithinInput>>;
  businessHours?: InputMaybe<BusinessHoursInput>;
  delaySeconds?: InputMaybe<Scalars['Int']['input']>;
  emoji?: InputMaybe<Scalars['String']['input']>;
  /** 2,000 characters at most; null takes it away. */
  enginePrompt?: InputMaybe<Scalars['String']['input']>;
  restrictedChannels?: InputMaybe<Array<Scalars['String']['input']>>;
  threshold?: InputMaybe<Scalars['Float']['input']>;
};

export type SemverBump =
  | 'MAJOR'
  | 'MINOR'
  | 'NONE'
  | 'PATCH';

export type SemverProposal = {
  __typename?: 'SemverProposal';
  bump: SemverBump;
  reason: Scalars['String']['output'];
  /** The name of the next release, in the form of the last one before the period. Null for several systems, where none is known, or where one came out meanwhile. */
  version?: Maybe<Scalars['String']['output']>;
};

/** A short-lived access token and the refresh token that buys the next pair, once. */
export type Session = {
  __typename?: 'Session';
  accessToken: Scalars['String']['output'];
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  refreshToken: Scalars['String']['output'];
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
  user: User;
};

export type SessionPayload = {
  __typename?: 'SessionPayload';
  session?: Maybe<Session>;
  userErrors: Array<UserError>;
};

export type SetBy =
  | 'MODEL'
  | 'PERSON';

export type SetTicketCategoryInput = {
  categoryId: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
};

export type SetTicketPriorityInput = {
  id: Scalars['ID']['input'];
  priority: TicketPriority;
};

export type Severity =
  | 'CRITICAL'
  | 'HIGH'
  | 'INFO'
  | 'LOW'
  | 'MEDIUM';

export type SignInInput = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};

export type SignOutInput = {
  refreshToken: Scalars['String']['input'];
};

export type SignOutPayload = {
  __typename?: 'SignOutPayload';
  signedOut: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

/** How the HMAC-SHA256 of the raw body is written in the header. */
export type SignatureScheme =
  | 'BASE64'
  /** sha256=<hex>, as GitHub writes it. */
  | 'GITHUB'
  | 'HEX'
  /** No HMAC: the header is the secret itself, as GitLab sends it. */
  | 'TOKEN';

export type SlackMessageInput = {
  channel: Scalars['String']['input'];
  ts: Scalars['String']['input'];
};

export type SlackOriginInput = {
  /** HISTORY: up to this timestamp. */
  before?: InputMaybe<Scalars['String']['input']>;
  channel: Scalars['String']['input'];
  /** FILES: ids. */
  fileIds?: InputMaybe<Array<Scalars['String']['input']>>;
  kind: SlackOriginKind;
  /** HISTORY: how many. */
  lastMessages?: InputMaybe<Scalars['Int']['input']>;
  /** HISTORY: how far back. */
  sinceSeconds?: InputMaybe<Scalars['Int']['input']>;
  teamId: Scalars['String']['input'];
  /** FILES: text that came with them. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** MESSAGE: the thread it is in. */
  threadTs?: InputMaybe<Scalars['String']['input']>;
  /** MESSAGE and THREAD: the message's timestamp. */
  ts?: InputMaybe<Scalars['String']['input']>;
  /** Who asked. */
  user: Scalars['String']['input'];
};

export type SlackOriginKind =
  /** Files by id. */
  | 'FILES'
  /** A channel's latest messages. */
  | 'HISTORY'
  /** One message: its text, attachments and files. */
  | 'MESSAGE'
  /** A whole thread. */
  | 'THREAD';

export type SlackThreadInput = {
  channel: Scalars['String']['input'];
  /** Timestamp of the message that starts the thread. */
  ts: Scalars['String']['input'];
};

export type StoppedPattern = {
  __typename?: 'StoppedPattern';
  template: Scalars['String']['output'];
  usualPerHour: Scalars['Float']['output'];
};

export type SubmitLogInput = {
  /** The same key within 24 hours gives the first result, with replayed: true. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Where to post the answer; without it, the answer waits in the API. */
  replyTo?: InputMaybe<ReplyToInput>;
  /** Content that lives in Slack; a job fetches it with the bot's token. */
  slack?: InputMaybe<SlackOriginInput>;
  source?: InputMaybe<Scalars['String']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  /** A file, also gzip or zstd. */
  upload?: InputMaybe<Scalars['File']['input']>;
};

export type SubmitLogPayload = {
  __typename?: 'SubmitLogPayload';
  log?: Maybe<Log>;
  /** True when this key was seen before: nothing was done twice. */
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type SubscribeChangelogInput = {
  audience?: ChangelogAudience;
  draftFirst?: Scalars['Boolean']['input'];
  emptyPeriods?: EmptyPeriods;
  every?: ChangelogFrequency;
  /** The same key gives the same subscription. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  monthDay?: InputMaybe<Scalars['Int']['input']>;
  paths?: InputMaybe<Array<Scalars['String']['input']>>;
  place: ChangelogPlaceInput;
  systems?: Array<Scalars['String']['input']>;
  time?: Scalars['String']['input'];
  timeZone?: Scalars['String']['input'];
  weekday?: InputMaybe<Scalars['Int']['input']>;
};

export type SubscribeChangelogPayload = {
  __typename?: 'SubscribeChangelogPayload';
  /** It was there already. */
  replayed: Scalars['Boolean']['output'];
  subscription?: Maybe<ChangelogSubscription>;
  /** Of these nothing was heard yet; it tells of them as soon as something is. */
  unknownSystems: Array<Scalars['String']['output']>;
  userErrors: Array<UserError>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** What happens to one changelog: its present state at once, then every change until it is finished. */
  changelogProgress: Changelog;
  /** What happens to one log: its present state at once, then every change until it is finished. */
  logProgress: LogProgress;
  /** A ticket (by its id or number) now and at every change, until it is over. */
  ticketChanges: Ticket;
  /** What happened to a ticket (by its id or number), from its beginning and as it goes on, until it is over. */
  ticketEvents: TicketEvent;
};


export type SubscriptionChangelogProgressArgs = {
  changelogId: Scalars['ID']['input'];
};


export type SubscriptionLogProgressArgs = {
  logId: Scalars['ID']['input'];
};


export type SubscriptionTicketChangesArgs = {
  ticketId: Scalars['ID']['input'];
};


export type SubscriptionTicketEventsArgs = {
  ticketId: Scalars['ID']['input'];
};

export type SummaryRatings = {
  __typename?: 'SummaryRatings';
  helpful: Scalars['Int']['output'];
  notHelpful: Scalars['Int']['output'];
};

/** A request somebody made, categorised, prioritised and routed, or waiting for a human to decide. */
export type Ticket = {
  __typename?: 'Ticket';
  assignee?: Maybe<Scalars['String']['output']>;
  /** The text with everything said in its thread so far. */
  body: Scalars['String']['output'];
  category?: Maybe<Category>;
  /** Who chose the category; what a person chose, no model changes. */
  categoryBy?: Maybe<SetBy>;
  /** Where changelogs tell of it: each entry once, as it reads in the newest changelog. */
  changelogEntries: Array<ChangelogEntry>;
  createdAt: Scalars['DateTime']['output'];
  /** When it is to be answered by, by its priority. Null while nobody waits: somebody took it, it sleeps, or it is over. */
  dueAt?: Maybe<Scalars['DateTime']['output']>;
  entry: TicketEntry;
  failure?: Maybe<WorkFailure>;
  /** Found in the text, quoted, never invented. */
  fields: Array<TicketField>;
  id: Scalars['ID']['output'];
  /** Logs with a problem that this ticket quotes, newest first. */
  logs: Array<Log>;
  mergedInto?: Maybe<Ticket>;
  /** Shown as T-142. */
  number: Scalars['Int']['output'];
  prediction?: Maybe<TicketPrediction>;
  priority?: Maybe<TicketPriority>;
  priorityBy?: Maybe<SetBy>;
  /** Who asked, e.g. slack:T1:U1. */
  reporter: Scalars['String']['output'];
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  snoozedUntil?: Maybe<Scalars['DateTime']['output']>;
  state: TicketState;
  /** Where the work of deciding stands. */
  status: WorkStatus;
  title: Scalars['String']['output'];
  /** A person did something with it. */
  touched: Scalars['Boolean']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

export type TicketCluster = {
  __typename?: 'TicketCluster';
  tickets: Array<Ticket>;
  /** What most of them say and few others do. */
  words: Array<Scalars['String']['output']>;
};

export type TicketConnection = {
  __typename?: 'TicketConnection';
  edges: Array<TicketEdge>;
  pageInfo: PageInfo;
};

export type TicketEdge = {
  __typename?: 'TicketEdge';
  cursor: Scalars['String']['output'];
  node: Ticket;
};

export type TicketEntry =
  | 'API'
  | 'SLACK'
  | 'WEBHOOK';

export type TicketEvent = {
  __typename?: 'TicketEvent';
  actingFor?: Maybe<Scalars['String']['output']>;
  /** e.g. ticket.created, ticket.category_set; ticket.triaged, ticket.routed and ticket.priority_changed are the triage's own (`actor` is then triage). */
  action: Scalars['String']['output'];
  actor: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  /** What was before, and what is since: names of categories, priorities, states, people. */
  from?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  to?: Maybe<Scalars['String']['output']>;
};

export type TicketField = {
  __typename?: 'TicketField';
  kind: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type TicketFilter = {
  assignee?: InputMaybe<Scalars['String']['input']>;
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  priority?: InputMaybe<Array<TicketPriority>>;
  /** Words of the title or text. */
  search?: InputMaybe<Scalars['String']['input']>;
  state?: InputMaybe<Array<TicketState>>;
};

export type TicketMove =
  | 'NOT_A_TICKET'
  | 'REOPEN'
  | 'RESOLVE'
  /** From whoever has it back to its team; wakes one that sleeps, which stays with whoever has it. */
  | 'RETURN'
  | 'SNOOZE'
  /** A conflict when somebody else has it. */
  | 'TAKE'
  /** Also from somebody else. */
  | 'TAKE_OVER';

export type TicketOrder =
  | 'NEWEST_FIRST'
  | 'OLDEST_FIRST';

export type TicketPayload = {
  __typename?: 'TicketPayload';
  ticket?: Maybe<Ticket>;
  userErrors: Array<UserError>;
};

export type TicketPrediction = {
  __typename?: 'TicketPrediction';
  abstained: Scalars['Boolean']['output'];
  alternatives: Array<CategoryGuess>;
  /** What decided: look-alikes, model, engine, descriptions. */
  by: Scalars['String']['output'];
  /** Null when the prediction abstained. */
  category?: Maybe<Category>;
  /** The classifier was sure, and the remote engine said something else: a human decides, whatever the threshold. */
  disputed: Scalars['Boolean']['output'];
  /** Why the remote engine's word does not count; null when it does, and when it was not asked. */
  engineLeftOut?: Maybe<EngineLeftOut>;
  lookAlikes: Array<LookAlike>;
  modelVersion?: Maybe<Scalars['Int']['output']>;
  /** The number of a ticket that reads nearly the same and of which a person said that it is not one. */
  notATicketLike?: Maybe<Scalars['Int']['output']>;
  priority: TicketPriority;
  /** The number of a ticket that reads nearly the same and whose priority a person set: this one has it, too. */
  priorityLike?: Maybe<Scalars['Int']['output']>;
  /** The same words, with what each speaks of and which way it moved the priority. */
  priorityReasons: Array<PriorityReason>;
  /** A part of the text speaks to whoever sorts it: neither category nor priority are read from that part. */
  priorityUnread: Scalars['Boolean']['output'];
  /** The category whose tickets usually have it, where the words say nothing of it. */
  priorityUsualOf?: Maybe<Category>;
  /** The ticket's words that made the priority so. */
  priorityWords: Array<Scalars['String']['output']>;
  /** Calibrated: of those said with 0.8, eight in ten are right. */
  probability: Scalars['Float']['output'];
  /** One sentence that quotes the ticket. */
  reason: Scalars['String']['output'];
};

export type TicketPriority =
  | 'P1'
  | 'P2'
  | 'P3'
  | 'P4';

export type TicketState =
  | 'MERGED'
  /** Too uncertain: a person decides. */
  | 'NEEDS_HUMAN'
  /** Not decided yet. */
  | 'NEW'
  | 'NOT_A_TICKET'
  | 'RESOLVED'
  /** With a team. */
  | 'ROUTED'
  | 'SNOOZED'
  /** A suggestion waits for a tap. */
  | 'SUGGESTED'
  /** Somebody works on it. */
  | 'TAKEN'
  | 'WITHDRAWN';

export type TokenKind =
  | 'PERSONAL'
  | 'SERVICE';

/** What a token may do. */
export type TokenScope =
  /** Act for a Slack user (the bot). */
  | 'ACT_FOR_SLACK'
  /** Manage people, tokens, categories and settings. */
  | 'ADMIN'
  /** Read changes and changelogs. */
  | 'CHANGES_READ'
  /** Record changes, generate and edit changelogs. */
  | 'CHANGES_WRITE'
  /** Read logs and summaries. */
  | 'LOGS_READ'
  /** Submit and cancel logs. */
  | 'LOGS_WRITE'
  /** Read tickets, categories and triage settings. */
  | 'TICKETS_READ'
  /** Create, correct and move tickets. */
  | 'TICKETS_WRITE';

export type TrainedModel = {
  __typename?: 'TrainedModel';
  /** Expected calibration error on those held back: how far probabilities are from the truth, on average. */
  calibrationError: Scalars['Float']['output'];
  /** What each threshold means on those held back, by the classifier alone. */
  curve: Array<TriageCurvePoint>;
  /** Of those, held back to see how it does. */
  heldOut: Scalars['Int']['output'];
  /** Decided tickets it learned from. */
  trainedOn: Scalars['Int']['output'];
  version: Scalars['Int']['output'];
  weights: JudgeWeights;
};

/** What four weeks of tickets say about the categories; made every Monday and posted to the admins' channel. */
export type TriageAdvice = {
  __typename?: 'TriageAdvice';
  /** A threshold that would have served better; null when none would, or too few are decided to say so. */
  betterThreshold?: Maybe<BetterThreshold>;
  /** Five or more tickets nothing was sure about, alike among themselves: maybe they want a category of their own. */
  clusters: Array<TicketCluster>;
  /** Foretold, and then decided by a person, or applied, worked with and left where they were. */
  decided: Scalars['Int']['output'];
  /** Went back to suggesting in the week before, by themselves. */
  demoted: Array<Category>;
  /** Null when the mix is much as in the four weeks before. */
  drift?: Maybe<CategoryDrift>;
  from: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  /** Often mistaken for each other, or described alike. */
  overlaps: Array<CategoryOverlap>;
  perCategory: Array<CategoryReport>;
  /** Of those, foretold right: the likeliest category, also where it abstained. */
  right: Scalars['Int']['output'];
  tickets: Scalars['Int']['output'];
  /** What was told of those at the threshold, and what was left to people; null in advice of before. */
  told?: Maybe<TriageShares>;
  until: Scalars['DateTime']['output'];
  /** Nothing came in for them. */
  unused: Array<Category>;
  /** Its Monday (UTC), e.g. 2026-11-23. */
  week: Scalars['String']['output'];
};

/** What this threshold would have meant, as shares of all decided tickets. */
export type TriageCurvePoint = {
  __typename?: 'TriageCurvePoint';
  abstained: Scalars['Float']['output'];
  right: Scalars['Float']['output'];
  threshold: Scalars['Float']['output'];
  wrong: Scalars['Float']['output'];
};

export type TriageDifference = {
  __typename?: 'TriageDifference';
  /** What a person decided. */
  actual: Category;
  ticket: Ticket;
  /** Null when it abstained. */
  was?: Maybe<Category>;
  /** Null when it would abstain. */
  wouldBe?: Maybe<Category>;
};

export type TriageMode =
  /** Applies and posts to the team's channel. */
  | 'AUTONOMOUS'
  /** Suggests and waits for a tap. */
  | 'SUPERVISED';

/** What a night's training found out about the last four weeks. */
export type TriageNight = {
  __typename?: 'TriageNight';
  /** UTC, e.g. 2026-11-23. */
  day: Scalars['String']['output'];
  /** Foretold, and then decided by a person. */
  decided: Scalars['Int']['output'];
  /** Went back to suggesting that night, by themselves. */
  demoted: Array<Category>;
  /** Null when the mix is much as in the four weeks before. */
  drift?: Maybe<CategoryDrift>;
  from: Scalars['DateTime']['output'];
  /** What was trained and is in use since; null when there was too little to learn from, and when the model in use was kept. */
  model?: Maybe<TrainedModel>;
  /** The model in use was kept, because it was right more often than the one trained that night; null otherwise. */
  modelKept?: Maybe<KeptModel>;
  perCategory: Array<CategoryReport>;
  /** Of those, foretold right. */
  right: Scalars['Int']['output'];
  tickets: Scalars['Int']['output'];
};

/** A shadow run on decided tickets; nothing about them changes. */
export type TriageReplay = {
  __typename?: 'TriageReplay';
  createdAt: Scalars['DateTime']['output'];
  engine: Scalars['Boolean']['output'];
  engineModel?: Maybe<Scalars['String']['output']>;
  /** As it was reckoned before it began; null when no engine is asked. */
  estimate?: Maybe<ReplayEstimate>;
  failure?: Maybe<WorkFailure>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  last: Scalars['Int']['output'];
  model: ReplayModel;
  mostUsd?: Maybe<Scalars['Float']['output']>;
  prompt?: Maybe<Scalars['String']['output']>;
  /** Null until it is done. */
  result?: Maybe<TriageReplayResult>;
  status: WorkStatus;
};

export type TriageReplayInput = {
  /** Asks the remote engine as well, which is paid by the ticket. `engineModel` and `prompt` imply it. */
  engine?: Scalars['Boolean']['input'];
  /** Another of the engine's models than that of the settings, e.g. gpt-5.4-mini. */
  engineModel?: InputMaybe<Scalars['String']['input']>;
  /** The newest decided tickets, 1 to 200. */
  last?: Scalars['Int']['input'];
  model?: ReplayModel;
  /** Does not begin when it may cost more, and stops when it does. */
  mostUsd?: InputMaybe<Scalars['Float']['input']>;
  /** In place of the `enginePrompt` of the settings; empty for none. */
  prompt?: InputMaybe<Scalars['String']['input']>;
};

export type TriageReplayPayload = {
  __typename?: 'TriageReplayPayload';
  replay?: Maybe<TriageReplay>;
  userErrors: Array<UserError>;
};

export type TriageReplayResult = {
  __typename?: 'TriageReplayResult';
  /** As it was foretold when the tickets came in; without those a person decided first. */
  before: TriageShares;
  /** Where what was foretold differs from what would be now. */
  differences: Array<TriageDifference>;
  /** What the remote engine took; null when it was not asked. */
  engine?: Maybe<EngineUse>;
  /** Why it was tried on fewer tickets than asked for; null when it was not. */
  note?: Maybe<Scalars['String']['output']>;
  now: TriageShares;
  /** Decided tickets a new model learned from; null for the current one. */
  trainedOn?: Maybe<Scalars['Int']['output']>;
};

/** How predictions did on this workspace's own history. */
export type TriageReport = {
  __typename?: 'TriageReport';
  confusion: Array<ConfusionCell>;
  curve: Array<TriageCurvePoint>;
  /** Tickets whose category a person set or confirmed, or that were applied, worked with by people and left where they were. */
  decided: Scalars['Int']['output'];
  /** Of those, the ones that were applied and left where they were. */
  left: Scalars['Int']['output'];
  perCategory: Array<CategoryReport>;
};

export type TriageSettings = {
  __typename?: 'TriageSettings';
  adminChannel?: Maybe<Scalars['String']['output']>;
  /** How long each priority may wait for an answer. */
  answerWithin: Array<AnswerWithin>;
  businessHours: BusinessHours;
  /** People can be first for so long. */
  delaySeconds: Scalars['Int']['output'];
  /** Reaction that makes a ticket, without colons. */
  emoji: Scalars['String']['output'];
  /** What a remote engine is told of how this workspace sorts, besides its own instructions; null for nothing. `triageReplay` tries another before. */
  enginePrompt?: Maybe<Scalars['String']['output']>;
  /** Never sent to any engine but the built-in one. */
  restrictedChannels: Array<Scalars['String']['output']>;
  /** Below this probability nothing is applied. */
  threshold: Scalars['Float']['output'];
};

export type TriageSettingsPayload = {
  __typename?: 'TriageSettingsPayload';
  settings?: Maybe<TriageSettings>;
  userErrors: Array<UserError>;
};

/** Shares of the tickets; together one. */
export type TriageShares = {
  __typename?: 'TriageShares';
  abstained: Scalars['Float']['output'];
  right: Scalars['Float']['output'];
  tickets: Scalars['Int']['output'];
  wrong: Scalars['Float']['output'];
};

export type UnusualRate = {
  __typename?: 'UnusualRate';
  pattern: Pattern;
  /** Records an hour in this log. */
  perHour: Scalars['Float']['output'];
  usualPerHour: Scalars['Float']['output'];
};

export type UpdateChangelogSubscriptionInput = {
  audience?: InputMaybe<ChangelogAudience>;
  channel?: InputMaybe<Scalars['String']['input']>;
  draftFirst?: InputMaybe<Scalars['Boolean']['input']>;
  emptyPeriods?: InputMaybe<EmptyPeriods>;
  every?: InputMaybe<ChangelogFrequency>;
  id: Scalars['ID']['input'];
  labels?: InputMaybe<Array<Scalars['String']['input']>>;
  monthDay?: InputMaybe<Scalars['Int']['input']>;
  owner?: InputMaybe<Scalars['String']['input']>;
  paths?: InputMaybe<Array<Scalars['String']['input']>>;
  /** False lets a paused one go on: what could not be posted is tried again, and what was missed is made up for. */
  paused?: InputMaybe<Scalars['Boolean']['input']>;
  systems?: InputMaybe<Array<Scalars['String']['input']>>;
  time?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  weekday?: InputMaybe<Scalars['Int']['input']>;
};

export type User = {
  __typename?: 'User';
  createdAt: Scalars['DateTime']['output'];
  email: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  role: Role;
};

/** Something the caller can mend. */
export type UserError = {
  __typename?: 'UserError';
  code: UserErrorCode;
  /** The input field it is about. */
  field?: Maybe<Scalars['String']['output']>;
  /** A sentence for a person: what happened and what to do next. */
  message: Scalars['String']['output'];
  /** After how many seconds another try may succeed, where that is known. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

export type UserErrorCode =
  | 'BAD_INPUT'
  /** More is waiting than can be worked off soon, and this workspace or channel has its share of it. Nothing was kept. */
  | 'BUSY'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'TOO_LARGE';

export type UserPayload = {
  __typename?: 'UserPayload';
  user?: Maybe<User>;
  userErrors: Array<UserError>;
};

export type UsualRate = {
  __typename?: 'UsualRate';
  pattern: Pattern;
  /** Records an hour. */
  usualPerHour: Scalars['Float']['output'];
};

export type ValueCount = {
  __typename?: 'ValueCount';
  count: Scalars['Int']['output'];
  value: Scalars['String']['output'];
};

export type Variable = {
  __typename?: 'Variable';
  /** Number of distinct values; an estimate when `exact` is false. */
  distinct: Scalars['Int']['output'];
  exact: Scalars['Boolean']['output'];
  kind: Scalars['String']['output'];
  top: Array<ValueCount>;
};

export type Viewer = {
  __typename?: 'Viewer';
  role: Role;
  scopes: Array<TokenScope>;
  /** The token in use; null for a signed-in session. */
  token?: Maybe<ApiToken>;
  /** The person; null for a service token. */
  user?: Maybe<User>;
  workspace: Workspace;
};

export type WebhookCondition = {
  __typename?: 'WebhookCondition';
  equals: Scalars['String']['output'];
  path: Scalars['String']['output'];
};

export type WebhookConditionInput = {
  equals: Scalars['String']['input'];
  path: Scalars['String']['input'];
};

/** What can be followed; on the wire ticket.created and so on. Every change of a ticket is one of them. */
export type WebhookEvent =
  | 'TICKET_CREATED'
  | 'TICKET_MERGED'
  /** Taken, returned, snoozed, woken, reopened, or not a ticket; its state says which. */
  | 'TICKET_MOVED'
  | 'TICKET_PRIORITIZED'
  | 'TICKET_RESOLVED'
  /** Given a category and with it a team. */
  | 'TICKET_ROUTED'
  /** Looked at: a category is suggested, or a human is needed; its state says which. */
  | 'TICKET_TRIAGED'
  | 'TICKET_WITHDRAWN';

export type WebhookFailure = {
  __typename?: 'WebhookFailure';
  at: Scalars['DateTime']['output'];
  message: Scalars['String']['output'];
  /** When it is tried again; null when that message was given up. */
  retryAt?: Maybe<Scalars['DateTime']['output']>;
};

export type WebhookHeaderInput = {
  name: Scalars['String']['input'];
  /** Kept encrypted; shown nowhere afterwards. */
  value: Scalars['String']['input'];
};

/** A signed way in for tickets and changes born in another system: POST its JSON to `path`. */
export type WebhookIn = {
  __typename?: 'WebhookIn';
  /** Of alerts: the Slack channel their threads are opened in. */
  channel?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  deliveryHeader?: Maybe<Scalars['String']['output']>;
  /** All must hold; what they leave out is answered with 200 and makes no ticket. */
  filter: Array<WebhookCondition>;
  id: Scalars['ID']['output'];
  kind: WebhookKind;
  /** When something with a right signature last came, to the minute. */
  lastReceivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Of tickets. */
  mapping: WebhookMapping;
  name: Scalars['String']['output'];
  /** Where messages go, below this server's address. */
  path: Scalars['String']['output'];
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  signatureHeader: Scalars['String']['output'];
  signatureScheme: SignatureScheme;
};

export type WebhookInPayload = {
  __typename?: 'WebhookInPayload';
  userErrors: Array<UserError>;
  webhook?: Maybe<WebhookIn>;
};

/** What comes in there. */
export type WebhookKind =
  /** What Alertmanager tells: each group of alerts opens a thread in `channel`. It sends the secret as a bearer token. */
  | 'ALERTS'
  /** Change events in our own form: { id, kind, system, title, body, time, url, refs, labels, breaking }, or several as { changes: […] }. */
  | 'EVENTS'
  /** What a repository on GitHub tells: pull requests, pushes, releases. */
  | 'GITHUB'
  /** What a project on GitLab tells: merge requests, pushes, tags, releases. */
  | 'GITLAB'
  /** Tickets, by a mapping. */
  | 'TICKET';

/** Where in the JSON things are: keys and places in lists, with dots between them, e.g. issue.user.login or alerts.0.name. */
export type WebhookMapping = {
  __typename?: 'WebhookMapping';
  /** What tells this ticket from others there; the same key again is the same ticket. */
  key?: Maybe<Scalars['String']['output']>;
  reporter?: Maybe<Scalars['String']['output']>;
  text?: Maybe<Scalars['String']['output']>;
  title?: Maybe<Scalars['String']['output']>;
};

export type WebhookMappingInput = {
  key?: InputMaybe<Scalars['String']['input']>;
  reporter?: InputMaybe<Scalars['String']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type WebhookMethod =
  | 'PATCH'
  | 'POST'
  | 'PUT';

/** A place that is told, signed, when tickets change. */
export type WebhookOut = {
  __typename?: 'WebhookOut';
  /** Null: { id, event, at, ticket }. */
  bodyTemplate?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  disabledAt?: Maybe<Scalars['DateTime']['output']>;
  disabledReason?: Maybe<Scalars['String']['output']>;
  events: Array<WebhookEvent>;
  /** Messages given up since the last that got through; after 100 it is disabled. */
  failuresInARow: Scalars['Int']['output'];
  /** Headers of your own, by name; what they say is never shown again. */
  headerNames: Array<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  lastFailure?: Maybe<WebhookFailure>;
  lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  method: WebhookMethod;
  name: Scalars['String']['output'];
  oncePerTicket: Scalars['Boolean']['output'];
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  url: Scalars['String']['output'];
};

export type WebhookOutPayload = {
  __typename?: 'WebhookOutPayload';
  userErrors: Array<UserError>;
  webhook?: Maybe<WebhookOut>;
};

export type WordedBy =
  | 'BUILTIN'
  | 'ENGINE'
  | 'PERSON'
  /** Brought by a service token that acts for nobody. */
  | 'PROGRAM';

/** Why work stopped. */
export type WorkFailure = {
  __typename?: 'WorkFailure';
  code: Scalars['String']['output'];
  /** Quote this id when you ask for help. */
  id: Scalars['String']['output'];
  message: Scalars['String']['output'];
  /** Set while another try is planned. */
  retryAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Where long work stands; the same for every module. */
export type WorkStatus =
  | 'CANCELLED'
  /**
   * The first beat is there: the digest, computed by us. Where the built-in engine writes about a short log this lasts for milliseconds: wait for what
   * is finished (SUCCEEDED, FAILED, CANCELLED), and look at `digest` meanwhile.
   */
  | 'DIGESTED'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED';

export type Workspace = {
  __typename?: 'Workspace';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddChangeInput: AddChangeInput;
  AddChangePayload: ResolverTypeWrapper<Omit<AddChangePayload, 'change'> & { change?: Maybe<ResolversTypes['Change']> }>;
  AlertLabel: ResolverTypeWrapper<AlertLabel>;
  AnswerWithin: ResolverTypeWrapper<AnswerWithin>;
  AnswerWithinInput: AnswerWithinInput;
  ApiToken: ResolverTypeWrapper<ApiTokenView>;
  ApproveChangelogPostPayload: ResolverTypeWrapper<Omit<ApproveChangelogPostPayload, 'post'> & { post?: Maybe<ResolversTypes['ChangelogPost']> }>;
  AskChangelogInput: AskChangelogInput;
  AskChangelogPayload: ResolverTypeWrapper<Omit<AskChangelogPayload, 'post'> & { post?: Maybe<ResolversTypes['ChangelogPost']> }>;
  AskLogInput: AskLogInput;
  AskLogPayload: ResolverTypeWrapper<Omit<AskLogPayload, 'question'> & { question?: Maybe<ResolversTypes['LogQuestion']> }>;
  AssignTicketInput: AssignTicketInput;
  AuditEvent: ResolverTypeWrapper<AuditEventView>;
  BetterThreshold: ResolverTypeWrapper<BetterThreshold>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BusinessHours: ResolverTypeWrapper<BusinessHours>;
  BusinessHoursInput: BusinessHoursInput;
  CancelLogInput: CancelLogInput;
  CancelLogPayload: ResolverTypeWrapper<Omit<CancelLogPayload, 'log'> & { log?: Maybe<ResolversTypes['Log']> }>;
  CandidateChange: ResolverTypeWrapper<Omit<CandidateChange, 'pattern'> & { pattern: ResolversTypes['Pattern'] }>;
  Category: ResolverTypeWrapper<CategoryView>;
  CategoryDrift: ResolverTypeWrapper<Omit<CategoryDrift, 'moved'> & { moved: Array<ResolversTypes['CategoryShift']> }>;
  CategoryGuess: ResolverTypeWrapper<CategoryGuessView>;
  CategoryOverlap: ResolverTypeWrapper<CategoryOverlapView>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category'> & { category?: Maybe<ResolversTypes['Category']> }>;
  CategoryReport: ResolverTypeWrapper<CategoryReportView>;
  CategoryShift: ResolverTypeWrapper<CategoryShiftView>;
  Change: ResolverTypeWrapper<ChangeView>;
  ChangeConnection: ResolverTypeWrapper<Omit<ChangeConnection, 'edges'> & { edges: Array<ResolversTypes['ChangeEdge']> }>;
  ChangeEdge: ResolverTypeWrapper<Omit<ChangeEdge, 'node'> & { node: ResolversTypes['Change'] }>;
  ChangeFilter: ChangeFilter;
  ChangeInput: ChangeInput;
  ChangeKind: ChangeKind;
  ChangeOrder: ChangeOrder;
  ChangeOriginInput: ChangeOriginInput;
  ChangePasswordInput: ChangePasswordInput;
  ChangeRoleInput: ChangeRoleInput;
  ChangeSource: ChangeSource;
  Changelog: ResolverTypeWrapper<ChangelogView>;
  ChangelogAudience: ChangelogAudience;
  ChangelogConnection: ResolverTypeWrapper<Omit<ChangelogConnection, 'edges'> & { edges: Array<ResolversTypes['ChangelogEdge']> }>;
  ChangelogEdge: ResolverTypeWrapper<Omit<ChangelogEdge, 'node'> & { node: ResolversTypes['Changelog'] }>;
  ChangelogEntry: ResolverTypeWrapper<ChangelogEntryView>;
  ChangelogEntryTextInput: ChangelogEntryTextInput;
  ChangelogFilter: ChangelogFilter;
  ChangelogFormat: ChangelogFormat;
  ChangelogFrequency: ChangelogFrequency;
  ChangelogOrder: ChangelogOrder;
  ChangelogPlaceInput: ChangelogPlaceInput;
  ChangelogPost: ResolverTypeWrapper<ChangelogPostView>;
  ChangelogPostInput: ChangelogPostInput;
  ChangelogPostPayload: ResolverTypeWrapper<Omit<ChangelogPostPayload, 'post'> & { post?: Maybe<ResolversTypes['ChangelogPost']> }>;
  ChangelogPostPurpose: ChangelogPostPurpose;
  ChangelogPostState: ChangelogPostState;
  ChangelogScope: ResolverTypeWrapper<ChangelogScope>;
  ChangelogScopeInput: ChangelogScopeInput;
  ChangelogSection: ChangelogSection;
  ChangelogSettings: ResolverTypeWrapper<ChangelogSettingsView>;
  ChangelogSubscription: ResolverTypeWrapper<ChangelogSubscriptionView>;
  ChangelogSubscriptionInput: ChangelogSubscriptionInput;
  ChangelogSubscriptionPayload: ResolverTypeWrapper<Omit<ChangelogSubscriptionPayload, 'subscription'> & { subscription?: Maybe<ResolversTypes['ChangelogSubscription']> }>;
  Claim: ResolverTypeWrapper<Omit<Claim, 'evidence'> & { evidence: Array<ResolversTypes['Evidence']> }>;
  Confidence: Confidence;
  ConfusionCell: ResolverTypeWrapper<ConfusionCellView>;
  CreateFirstAdminInput: CreateFirstAdminInput;
  CreateTicketInput: CreateTicketInput;
  CreateTicketPayload: ResolverTypeWrapper<Omit<CreateTicketPayload, 'ticket'> & { ticket?: Maybe<ResolversTypes['Ticket']> }>;
  CreateTokenInput: CreateTokenInput;
  CreateTokenPayload: ResolverTypeWrapper<Omit<CreateTokenPayload, 'token'> & { token?: Maybe<ResolversTypes['ApiToken']> }>;
  CreateUserInput: CreateUserInput;
  CreateWebhookInInput: CreateWebhookInInput;
  CreateWebhookInPayload: ResolverTypeWrapper<Omit<CreateWebhookInPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['WebhookIn']> }>;
  CreateWebhookOutInput: CreateWebhookOutInput;
  CreateWebhookOutPayload: ResolverTypeWrapper<Omit<CreateWebhookOutPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['WebhookOut']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteLogInput: DeleteLogInput;
  DeleteLogPayload: ResolverTypeWrapper<DeleteLogPayload>;
  EditChangelogEntryInput: EditChangelogEntryInput;
  EditChangelogEntryPayload: ResolverTypeWrapper<Omit<EditChangelogEntryPayload, 'entry'> & { entry?: Maybe<ResolversTypes['ChangelogEntry']> }>;
  EditChangelogPostInput: EditChangelogPostInput;
  EmptyPeriods: EmptyPeriods;
  EnableWebhookOutInput: EnableWebhookOutInput;
  EngineLeftOut: EngineLeftOut;
  EngineUse: ResolverTypeWrapper<EngineUse>;
  Evidence: ResolverTypeWrapper<Omit<Evidence, 'pattern'> & { pattern?: Maybe<ResolversTypes['Pattern']> }>;
  File: ResolverTypeWrapper<Scalars['File']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GenerateChangelogInput: GenerateChangelogInput;
  GenerateChangelogPayload: ResolverTypeWrapper<Omit<GenerateChangelogPayload, 'changelog'> & { changelog?: Maybe<ResolversTypes['Changelog']> }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Incident: ResolverTypeWrapper<IncidentView>;
  IncidentAlert: ResolverTypeWrapper<IncidentAlertView>;
  IncidentConnection: ResolverTypeWrapper<Omit<IncidentConnection, 'edges'> & { edges: Array<ResolversTypes['IncidentEdge']> }>;
  IncidentEdge: ResolverTypeWrapper<Omit<IncidentEdge, 'node'> & { node: ResolversTypes['Incident'] }>;
  IncidentFilter: IncidentFilter;
  IncidentStatus: IncidentStatus;
  IncludeChangesInput: IncludeChangesInput;
  IncludeChangesPayload: ResolverTypeWrapper<Omit<IncludeChangesPayload, 'changelog'> & { changelog?: Maybe<ResolversTypes['Changelog']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  JudgeWeights: ResolverTypeWrapper<JudgeWeights>;
  KeptModel: ResolverTypeWrapper<KeptModel>;
  Ledger: ResolverTypeWrapper<Ledger>;
  LevelCount: ResolverTypeWrapper<LevelCount>;
  LineRange: ResolverTypeWrapper<LineRange>;
  Log: ResolverTypeWrapper<LogView>;
  LogConnection: ResolverTypeWrapper<Omit<LogConnection, 'edges'> & { edges: Array<ResolversTypes['LogEdge']> }>;
  LogDigest: ResolverTypeWrapper<Digest>;
  LogEdge: ResolverTypeWrapper<Omit<LogEdge, 'node'> & { node: ResolversTypes['Log'] }>;
  LogEntry: LogEntry;
  LogFilter: LogFilter;
  LogHistogram: ResolverTypeWrapper<LogHistogram>;
  LogLevel: LogLevel;
  LogLine: ResolverTypeWrapper<LogLine>;
  LogNormal: ResolverTypeWrapper<NormalView>;
  LogOrder: LogOrder;
  LogProgress: ResolverTypeWrapper<LogProgress>;
  LogQuestion: ResolverTypeWrapper<LogQuestionRow>;
  LogSummary: ResolverTypeWrapper<LogSummaryView>;
  LogTimeRange: ResolverTypeWrapper<LogTimeRange>;
  LookAlike: ResolverTypeWrapper<LookAlikeView>;
  MarkNoiseInput: MarkNoiseInput;
  MarkNoisePayload: ResolverTypeWrapper<Omit<MarkNoisePayload, 'log'> & { log?: Maybe<ResolversTypes['Log']> }>;
  MaskedCount: ResolverTypeWrapper<MaskedCount>;
  MergeTicketInput: MergeTicketInput;
  MoveTicketInput: MoveTicketInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OmittedChange: ResolverTypeWrapper<OmittedChangeView>;
  OmittedChangeConnection: ResolverTypeWrapper<Omit<OmittedChangeConnection, 'edges'> & { edges: Array<ResolversTypes['OmittedChangeEdge']> }>;
  OmittedChangeEdge: ResolverTypeWrapper<Omit<OmittedChangeEdge, 'node'> & { node: ResolversTypes['OmittedChange'] }>;
  OmittedCount: ResolverTypeWrapper<OmittedCount>;
  OmittedReason: OmittedReason;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Pattern: ResolverTypeWrapper<DigestPattern>;
  PredictTicketInput: PredictTicketInput;
  PredictTicketPayload: ResolverTypeWrapper<Omit<PredictTicketPayload, 'prediction'> & { prediction?: Maybe<ResolversTypes['TicketPrediction']> }>;
  PriorityReason: ResolverTypeWrapper<PriorityReason>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuestionStatus: QuestionStatus;
  RateLogInput: RateLogInput;
  RateLogPayload: ResolverTypeWrapper<Omit<RateLogPayload, 'log'> & { log?: Maybe<ResolversTypes['Log']> }>;
  Receipt: ResolverTypeWrapper<EngineReceipt>;
  RecordChangeEventInput: RecordChangeEventInput;
  RecordChangeEventPayload: ResolverTypeWrapper<Omit<RecordChangeEventPayload, 'change'> & { change?: Maybe<ResolversTypes['Change']> }>;
  RecordChangesInput: RecordChangesInput;
  RecordChangesPayload: ResolverTypeWrapper<RecordChangesPayload>;
  RefreshSessionInput: RefreshSessionInput;
  RemoveUserInput: RemoveUserInput;
  ReplayEstimate: ResolverTypeWrapper<ReplayEstimate>;
  ReplayModel: ReplayModel;
  ReplyToInput: ReplyToInput;
  ResetPasswordInput: ResetPasswordInput;
  RetireCategoryInput: RetireCategoryInput;
  RetryLogInput: RetryLogInput;
  RetryLogPayload: ResolverTypeWrapper<Omit<RetryLogPayload, 'log'> & { log?: Maybe<ResolversTypes['Log']> }>;
  ReviveCategoryInput: ReviveCategoryInput;
  RevokeTokenInput: RevokeTokenInput;
  RevokeTokenPayload: ResolverTypeWrapper<Omit<RevokeTokenPayload, 'token'> & { token?: Maybe<ResolversTypes['ApiToken']> }>;
  RevokeWebhookInput: RevokeWebhookInput;
  Role: Role;
  SameIncident: ResolverTypeWrapper<SameIncident>;
  Sample: ResolverTypeWrapper<Sample>;
  SaveCategoryInput: SaveCategoryInput;
  SaveChangelogSettingsInput: SaveChangelogSettingsInput;
  SaveChangelogSettingsPayload: ResolverTypeWrapper<Omit<SaveChangelogSettingsPayload, 'settings'> & { settings?: Maybe<ResolversTypes['ChangelogSettings']> }>;
  SaveTriageSettingsInput: SaveTriageSettingsInput;
  SemverBump: SemverBump;
  SemverProposal: ResolverTypeWrapper<SemverProposal>;
  Session: ResolverTypeWrapper<Omit<Session, 'user'> & { user: ResolversTypes['User'] }>;
  SessionPayload: ResolverTypeWrapper<Omit<SessionPayload, 'session'> & { session?: Maybe<ResolversTypes['Session']> }>;
  SetBy: SetBy;
  SetTicketCategoryInput: SetTicketCategoryInput;
  SetTicketPriorityInput: SetTicketPriorityInput;
  Severity: Severity;
  SignInInput: SignInInput;
  SignOutInput: SignOutInput;
  SignOutPayload: ResolverTypeWrapper<SignOutPayload>;
  SignatureScheme: SignatureScheme;
  SlackMessageInput: SlackMessageInput;
  SlackOriginInput: SlackOriginInput;
  SlackOriginKind: SlackOriginKind;
  SlackThreadInput: SlackThreadInput;
  StoppedPattern: ResolverTypeWrapper<StoppedPattern>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  SubmitLogInput: SubmitLogInput;
  SubmitLogPayload: ResolverTypeWrapper<Omit<SubmitLogPayload, 'log'> & { log?: Maybe<ResolversTypes['Log']> }>;
  SubscribeChangelogInput: SubscribeChangelogInput;
  SubscribeChangelogPayload: ResolverTypeWrapper<Omit<SubscribeChangelogPayload, 'subscription'> & { subscription?: Maybe<ResolversTypes['ChangelogSubscription']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SummaryRatings: ResolverTypeWrapper<SummaryRatings>;
  Ticket: ResolverTypeWrapper<TicketView>;
  TicketCluster: ResolverTypeWrapper<TicketClusterView>;
  TicketConnection: ResolverTypeWrapper<Omit<TicketConnection, 'edges'> & { edges: Array<ResolversTypes['TicketEdge']> }>;
  TicketEdge: ResolverTypeWrapper<Omit<TicketEdge, 'node'> & { node: ResolversTypes['Ticket'] }>;
  TicketEntry: TicketEntry;
  TicketEvent: ResolverTypeWrapper<TicketEventView>;
  TicketField: ResolverTypeWrapper<TicketField>;
  TicketFilter: TicketFilter;
  TicketMove: TicketMove;
  TicketOrder: TicketOrder;
  TicketPayload: ResolverTypeWrapper<Omit<TicketPayload, 'ticket'> & { ticket?: Maybe<ResolversTypes['Ticket']> }>;
  TicketPrediction: ResolverTypeWrapper<PredictionView>;
  TicketPriority: TicketPriority;
  TicketState: TicketState;
  TokenKind: TokenKind;
  TokenScope: TokenScope;
  TrainedModel: ResolverTypeWrapper<TrainedModel>;
  TriageAdvice: ResolverTypeWrapper<TriageAdviceView>;
  TriageCurvePoint: ResolverTypeWrapper<TriageCurvePoint>;
  TriageDifference: ResolverTypeWrapper<TriageDifferenceView>;
  TriageMode: TriageMode;
  TriageNight: ResolverTypeWrapper<TriageNightView>;
  TriageReplay: ResolverTypeWrapper<TriageReplayView>;
  TriageReplayInput: TriageReplayInput;
  TriageReplayPayload: ResolverTypeWrapper<Omit<TriageReplayPayload, 'replay'> & { replay?: Maybe<ResolversTypes['TriageReplay']> }>;
  TriageReplayResult: ResolverTypeWrapper<Omit<TriageReplayResult, 'differences'> & { differences: Array<ResolversTypes['TriageDifference']> }>;
  TriageReport: ResolverTypeWrapper<TriageReportView>;
  TriageSettings: ResolverTypeWrapper<TriageSettingsView>;
  TriageSettingsPayload: ResolverTypeWrapper<Omit<TriageSettingsPayload, 'settings'> & { settings?: Maybe<ResolversTypes['TriageSettings']> }>;
  TriageShares: ResolverTypeWrapper<TriageShares>;
  UnusualRate: ResolverTypeWrapper<Omit<UnusualRate, 'pattern'> & { pattern: ResolversTypes['Pattern'] }>;
  UpdateChangelogSubscriptionInput: UpdateChangelogSubscriptionInput;
  User: ResolverTypeWrapper<UserView>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  UsualRate: ResolverTypeWrapper<Omit<UsualRate, 'pattern'> & { pattern: ResolversTypes['Pattern'] }>;
  ValueCount: ResolverTypeWrapper<ValueCount>;
  Variable: ResolverTypeWrapper<Variable>;
  Viewer: ResolverTypeWrapper<Omit<Viewer, 'token' | 'user'> & { token?: Maybe<ResolversTypes['ApiToken']>, user?: Maybe<ResolversTypes['User']> }>;
  WebhookCondition: ResolverTypeWrapper<WebhookCondition>;
  WebhookConditionInput: WebhookConditionInput;
  WebhookEvent: WebhookEvent;
  WebhookFailure: ResolverTypeWrapper<WebhookFailure>;
  WebhookHeaderInput: WebhookHeaderInput;
  WebhookIn: ResolverTypeWrapper<WebhookInView>;
  WebhookInPayload: ResolverTypeWrapper<Omit<WebhookInPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['WebhookIn']> }>;
  WebhookKind: WebhookKind;
  WebhookMapping: ResolverTypeWrapper<WebhookMapping>;
  WebhookMappingInput: WebhookMappingInput;
  WebhookMethod: WebhookMethod;
  WebhookOut: ResolverTypeWrapper<WebhookOutView>;
  WebhookOutPayload: ResolverTypeWrapper<Omit<WebhookOutPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['WebhookOut']> }>;
  WordedBy: WordedBy;
  WorkFailure: ResolverTypeWrapper<WorkFailure>;
  WorkStatus: WorkStatus;
  Workspace: ResolverTypeWrapper<Workspace>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddChangeInput: AddChangeInput;
  AddChangePayload: Omit<AddChangePayload, 'change'> & { change?: Maybe<ResolversParentTypes['Change']> };
  AlertLabel: AlertLabel;
  AnswerWithin: AnswerWithin;
  AnswerWithinInput: AnswerWithinInput;
  ApiToken: ApiTokenView;
  ApproveChangelogPostPayload: Omit<ApproveChangelogPostPayload, 'post'> & { post?: Maybe<ResolversParentTypes['ChangelogPost']> };
  AskChangelogInput: AskChangelogInput;
  AskChangelogPayload: Omit<AskChangelogPayload, 'post'> & { post?: Maybe<ResolversParentTypes['ChangelogPost']> };
  AskLogInput: AskLogInput;
  AskLogPayload: Omit<AskLogPayload, 'question'> & { question?: Maybe<ResolversParentTypes['LogQuestion']> };
  AssignTicketInput: AssignTicketInput;
  AuditEvent: AuditEventView;
  BetterThreshold: BetterThreshold;
  Boolean: Scalars['Boolean']['output'];
  BusinessHours: BusinessHours;
  BusinessHoursInput: BusinessHoursInput;
  CancelLogInput: CancelLogInput;
  CancelLogPayload: Omit<CancelLogPayload, 'log'> & { log?: Maybe<ResolversParentTypes['Log']> };
  CandidateChange: Omit<CandidateChange, 'pattern'> & { pattern: ResolversParentTypes['Pattern'] };
  Category: CategoryView;
  CategoryDrift: Omit<CategoryDrift, 'moved'> & { moved: Array<ResolversParentTypes['CategoryShift']> };
  CategoryGuess: CategoryGuessView;
  CategoryOverlap: CategoryOverlapView;
  CategoryPayload: Omit<CategoryPayload, 'category'> & { category?: Maybe<ResolversParentTypes['Category']> };
  CategoryReport: CategoryReportView;
  CategoryShift: CategoryShiftView;
  Change: ChangeView;
  ChangeConnection: Omit<ChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['ChangeEdge']> };
  ChangeEdge: Omit<ChangeEdge, 'node'> & { node: ResolversParentTypes['Change'] };
  ChangeFilter: ChangeFilter;
  ChangeInput: ChangeInput;
  ChangeOriginInput: ChangeOriginInput;
  ChangePasswordInput: ChangePasswordInput;
  ChangeRoleInput: ChangeRoleInput;
  Changelog: ChangelogView;
  ChangelogConnection: Omit<ChangelogConnection, 'edges'> & { edges: Array<ResolversParentTypes['ChangelogEdge']> };
  ChangelogEdge: Omit<ChangelogEdge, 'node'> & { node: ResolversParentTypes['Changelog'] };
  ChangelogEntry: ChangelogEntryView;
  ChangelogEntryTextInput: ChangelogEntryTextInput;
  ChangelogFilter: ChangelogFilter;
  ChangelogPlaceInput: ChangelogPlaceInput;
  ChangelogPost: ChangelogPostView;
  ChangelogPostInput: ChangelogPostInput;
  ChangelogPostPayload: Omit<ChangelogPostPayload, 'post'> & { post?: Maybe<ResolversParentTypes['ChangelogPost']> };
  ChangelogScope: ChangelogScope;
  ChangelogScopeInput: ChangelogScopeInput;
  ChangelogSettings: ChangelogSettingsView;
  ChangelogSubscription: ChangelogSubscriptionView;
  ChangelogSubscriptionInput: ChangelogSubscriptionInput;
  ChangelogSubscriptionPayload: Omit<ChangelogSubscriptionPayload, 'subscription'> & { subscription?: Maybe<ResolversParentTypes['ChangelogSubscription']> };
  Claim: Omit<Claim, 'evidence'> & { evidence: Array<ResolversParentTypes['Evidence']> };
  ConfusionCell: ConfusionCellView;
  CreateFirstAdminInput: CreateFirstAdminInput;
  CreateTicketInput: CreateTicketInput;
  CreateTicketPayload: Omit<CreateTicketPayload, 'ticket'> & { ticket?: Maybe<ResolversParentTypes['Ticket']> };
  CreateTokenInput: CreateTokenInput;
  CreateTokenPayload: Omit<CreateTokenPayload, 'token'> & { token?: Maybe<ResolversParentTypes['ApiToken']> };
  CreateUserInput: CreateUserInput;
  CreateWebhookInInput: CreateWebhookInInput;
  CreateWebhookInPayload: Omit<CreateWebhookInPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['WebhookIn']> };
  CreateWebhookOutInput: CreateWebhookOutInput;
  CreateWebhookOutPayload: Omit<CreateWebhookOutPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['WebhookOut']> };
  DateTime: Scalars['DateTime']['output'];
  DeleteLogInput: DeleteLogInput;
  DeleteLogPayload: DeleteLogPayload;
  EditChangelogEntryInput: EditChangelogEntryInput;
  EditChangelogEntryPayload: Omit<EditChangelogEntryPayload, 'entry'> & { entry?: Maybe<ResolversParentTypes['ChangelogEntry']> };
  EditChangelogPostInput: EditChangelogPostInput;
  EnableWebhookOutInput: EnableWebhookOutInput;
  EngineUse: EngineUse;
  Evidence: Omit<Evidence, 'pattern'> & { pattern?: Maybe<ResolversParentTypes['Pattern']> };
  File: Scalars['File']['output'];
  Float: Scalars['Float']['output'];
  GenerateChangelogInput: GenerateChangelogInput;
  GenerateChangelogPayload: Omit<GenerateChangelogPayload, 'changelog'> & { changelog?: Maybe<ResolversParentTypes['Changelog']> };
  ID: Scalars['ID']['output'];
  Incident: IncidentView;
  IncidentAlert: IncidentAlertView;
  IncidentConnection: Omit<IncidentConnection, 'edges'> & { edges: Array<ResolversParentTypes['IncidentEdge']> };
  IncidentEdge: Omit<IncidentEdge, 'node'> & { node: ResolversParentTypes['Incident'] };
  IncidentFilter: IncidentFilter;
  IncludeChangesInput: IncludeChangesInput;
  IncludeChangesPayload: Omit<IncludeChangesPayload, 'changelog'> & { changelog?: Maybe<ResolversParentTypes['Changelog']> };
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  JudgeWeights: JudgeWeights;
  KeptModel: KeptModel;
  Ledger: Ledger;
  LevelCount: LevelCount;
  LineRange: LineRange;
  Log: LogView;
  LogConnection: Omit<LogConnection, 'edges'> & { edges: Array<ResolversParentTypes['LogEdge']> };
  LogDigest: Digest;
  LogEdge: Omit<LogEdge, 'node'> & { node: ResolversParentTypes['Log'] };
  LogFilter: LogFilter;
  LogHistogram: LogHistogram;
  LogLine: LogLine;
  LogNormal: NormalView;
  LogProgress: LogProgress;
  LogQuestion: LogQuestionRow;
  LogSummary: LogSummaryView;
  LogTimeRange: LogTimeRange;
  LookAlike: LookAlikeView;
  MarkNoiseInput: MarkNoiseInput;
  MarkNoisePayload: Omit<MarkNoisePayload, 'log'> & { log?: Maybe<ResolversParentTypes['Log']> };
  MaskedCount: MaskedCount;
  MergeTicketInput: MergeTicketInput;
  MoveTicketInput: MoveTicketInput;
  Mutation: Record<PropertyKey, never>;
  OmittedChange: OmittedChangeView;
  OmittedChangeConnection: Omit<OmittedChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['OmittedChangeEdge']> };
  OmittedChangeEdge: Omit<OmittedChangeEdge, 'node'> & { node: ResolversParentTypes['OmittedChange'] };
  OmittedCount: OmittedCount;
  PageInfo: PageInfo;
  Pattern: DigestPattern;
  PredictTicketInput: PredictTicketInput;
  PredictTicketPayload: Omit<PredictTicketPayload, 'prediction'> & { prediction?: Maybe<ResolversParentTypes['TicketPrediction']> };
  PriorityReason: PriorityReason;
  Query: Record<PropertyKey, never>;
  RateLogInput: RateLogInput;
  RateLogPayload: Omit<RateLogPayload, 'log'> & { log?: Maybe<ResolversParentTypes['Log']> };
  Receipt: EngineReceipt;
  RecordChangeEventInput: RecordChangeEventInput;
  RecordChangeEventPayload: Omit<RecordChangeEventPayload, 'change'> & { change?: Maybe<ResolversParentTypes['Change']> };
  RecordChangesInput: RecordChangesInput;
  RecordChangesPayload: RecordChangesPayload;
  RefreshSessionInput: RefreshSessionInput;
  RemoveUserInput: RemoveUserInput;
  ReplayEstimate: ReplayEstimate;
  ReplyToInput: ReplyToInput;
  ResetPasswordInput: ResetPasswordInput;
  RetireCategoryInput: RetireCategoryInput;
  RetryLogInput: RetryLogInput;
  RetryLogPayload: Omit<RetryLogPayload, 'log'> & { log?: Maybe<ResolversParentTypes['Log']> };
  ReviveCategoryInput: ReviveCategoryInput;
  RevokeTokenInput: RevokeTokenInput;
  RevokeTokenPayload: Omit<RevokeTokenPayload, 'token'> & { token?: Maybe<ResolversParentTypes['ApiToken']> };
  RevokeWebhookInput: RevokeWebhookInput;
  SameIncident: SameIncident;
  Sample: Sample;
  SaveCategoryInput: SaveCategoryInput;
  SaveChangelogSettingsInput: SaveChangelogSettingsInput;
  SaveChangelogSettingsPayload: Omit<SaveChangelogSettingsPayload, 'settings'> & { settings?: Maybe<ResolversParentTypes['ChangelogSettings']> };
  SaveTriageSettingsInput: SaveTriageSettingsInput;
  SemverProposal: SemverProposal;
  Session: Omit<Session, 'user'> & { user: ResolversParentTypes['User'] };
  SessionPayload: Omit<SessionPayload, 'session'> & { session?: Maybe<ResolversParentTypes['Session']> };
  SetTicketCategoryInput: SetTicketCategoryInput;
  SetTicketPriorityInput: SetTicketPriorityInput;
  SignInInput: SignInInput;
  SignOutInput: SignOutInput;
  SignOutPayload: SignOutPayload;
  SlackMessageInput: SlackMessageInput;
  SlackOriginInput: SlackOriginInput;
  SlackThreadInput: SlackThreadInput;
  StoppedPattern: StoppedPattern;
  String: Scalars['String']['output'];
  SubmitLogInput: SubmitLogInput;
  SubmitLogPayload: Omit<SubmitLogPayload, 'log'> & { log?: Maybe<ResolversParentTypes['Log']> };
  SubscribeChangelogInput: SubscribeChangelogInput;
  SubscribeChangelogPayload: Omit<SubscribeChangelogPayload, 'subscription'> & { subscription?: Maybe<ResolversParentTypes['ChangelogSubscription']> };
  Subscription: Record<PropertyKey, never>;
  SummaryRatings: SummaryRatings;
  Ticket: TicketView;
  TicketCluster: TicketClusterView;
  TicketConnection: Omit<TicketConnection, 'edges'> & { edges: Array<ResolversParentTypes['TicketEdge']> };
  TicketEdge: Omit<TicketEdge, 'node'> & { node: ResolversParentTypes['Ticket'] };
  TicketEvent: TicketEventView;
  TicketField: TicketField;
  TicketFilter: TicketFilter;
  TicketPayload: Omit<TicketPayload, 'ticket'> & { ticket?: Maybe<ResolversParentTypes['Ticket']> };
  TicketPrediction: PredictionView;
  TrainedModel: TrainedModel;
  TriageAdvice: TriageAdviceView;
  TriageCurvePoint: TriageCurvePoint;
  TriageDifference: TriageDifferenceView;
  TriageNight: TriageNightView;
  TriageReplay: TriageReplayView;
  TriageReplayInput: TriageReplayInput;
  TriageReplayPayload: Omit<TriageReplayPayload, 'replay'> & { replay?: Maybe<ResolversParentTypes['TriageReplay']> };
  TriageReplayResult: Omit<TriageReplayResult, 'differences'> & { differences: Array<ResolversParentTypes['TriageDifference']> };
  TriageReport: TriageReportView;
  TriageSettings: TriageSettingsView;
  TriageSettingsPayload: Omit<TriageSettingsPayload, 'settings'> & { settings?: Maybe<ResolversParentTypes['TriageSettings']> };
  TriageShares: TriageShares;
  UnusualRate: Omit<UnusualRate, 'pattern'> & { pattern: ResolversParentTypes['Pattern'] };
  UpdateChangelogSubscriptionInput: UpdateChangelogSubscriptionInput;
  User: UserView;
  UserError: UserError;
  UserPayload: Omit<UserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  UsualRate: Omit<UsualRate, 'pattern'> & { pattern: ResolversParentTypes['Pattern'] };
  ValueCount: ValueCount;
  Variable: Variable;
  Viewer: Omit<Viewer, 'token' | 'user'> & { token?: Maybe<ResolversParentTypes['ApiToken']>, user?: Maybe<ResolversParentTypes['User']> };
  WebhookCondition: WebhookCondition;
  WebhookConditionInput: WebhookConditionInput;
  WebhookFailure: WebhookFailure;
  WebhookHeaderInput: WebhookHeaderInput;
  WebhookIn: WebhookInView;
  WebhookInPayload: Omit<WebhookInPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['WebhookIn']> };
  WebhookMapping: WebhookMapping;
  WebhookMappingInput: WebhookMappingInput;
  WebhookOut: WebhookOutView;
  WebhookOutPayload: Omit<WebhookOutPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['WebhookOut']> };
  WorkFailure: WorkFailure;
  Workspace: Workspace;
};

export type AddChangePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AddChangePayload'] = ResolversParentTypes['AddChangePayload']> = {
  change?: Resolver<Maybe<ResolversTypes['Change']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AlertLabelResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AlertLabel'] = ResolversParentTypes['AlertLabel']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AnswerWithinResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AnswerWithin'] = ResolversParentTypes['AnswerWithin']> = {
  aroundTheClock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['TicketPriority'], ParentType, ContextType>;
};

export type ApiTokenResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApiToken'] = ResolversParentTypes['ApiToken']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TokenKind'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preview?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['TokenScope']>, ParentType, ContextType>;
};

export type ApproveChangelogPostPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApproveChangelogPostPayload'] = ResolversParentTypes['ApproveChangelogPostPayload']> = {
  post?: Resolver<Maybe<ResolversTypes['ChangelogPost']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  waitsFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AskChangelogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AskChangelogPayload'] = ResolversParentTypes['AskChangelogPayload']> = {
  post?: Resolver<Maybe<ResolversTypes['ChangelogPost']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AskLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AskLogPayload'] = ResolversParentTypes['AskLogPayload']> = {
  question?: Resolver<Maybe<ResolversTypes['LogQuestion']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  actingFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subjectId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BetterThresholdResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BetterThreshold'] = ResolversParentTypes['BetterThreshold']> = {
  right?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  wrong?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type BusinessHoursResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BusinessHours'] = ResolversParentTypes['BusinessHours']> = {
  closedDays?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  days?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CancelLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CancelLogPayload'] = ResolversParentTypes['CancelLogPayload']> = {
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CandidateChangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CandidateChange'] = ResolversParentTypes['CandidateChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  firstSeen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pattern?: Resolver<ResolversTypes['Pattern'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  zoneAssumed?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['TriageMode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  onCall?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  targetPrecision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  team?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryDriftResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryDrift'] = ResolversParentTypes['CategoryDrift']> = {
  index?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  moved?: Resolver<Array<ResolversTypes['CategoryShift']>, ParentType, ContextType>;
};

export type CategoryGuessResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryGuess'] = ResolversParentTypes['CategoryGuess']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CategoryOverlapResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryOverlap'] = ResolversParentTypes['CategoryOverlap']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  describedAlike?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mistaken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CategoryPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryPayload'] = ResolversParentTypes['CategoryPayload']> = {
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CategoryReportResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryReport'] = ResolversParentTypes['CategoryReport']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  precision?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  recall?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CategoryShiftResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CategoryShift'] = ResolversParentTypes['CategoryShift']> = {
  before?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  now?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  breaking?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  filesChanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  logs?: Resolver<Array<ResolversTypes['Log']>, ParentType, ContextType>;
  paths?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refs?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  sha?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['ChangeSource'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChangeConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeConnection'] = ResolversParentTypes['ChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ChangeEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeEdge'] = ResolversParentTypes['ChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Change'], ParentType, ContextType>;
};

export type ChangelogResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Changelog'] = ResolversParentTypes['Changelog']> = {
  audience?: Resolver<ResolversTypes['ChangelogAudience'], ParentType, ContextType>;
  changeCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entries?: Resolver<Array<ResolversTypes['ChangelogEntry']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ChangelogFormat'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  headline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  omitted?: Resolver<ResolversTypes['OmittedChangeConnection'], ParentType, ContextType, Partial<ChangelogOmittedArgs>>;
  omittedCounts?: Resolver<Array<ResolversTypes['OmittedCount']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  rejectedTexts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rendered?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<ChangelogRenderedArgs>>;
  scope?: Resolver<ResolversTypes['ChangelogScope'], ParentType, ContextType>;
  semver?: Resolver<Maybe<ResolversTypes['SemverProposal']>, ParentType, ContextType>;
  spliced?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ChangelogSplicedArgs, 'into'>>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ChangelogConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogConnection'] = ResolversParentTypes['ChangelogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ChangelogEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ChangelogEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogEdge'] = ResolversParentTypes['ChangelogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Changelog'], ParentType, ContextType>;
};

export type ChangelogEntryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogEntry'] = ResolversParentTypes['ChangelogEntry']> = {
  breaking?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changelogId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['Change']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  originalTitle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refs?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  section?: Resolver<ResolversTypes['ChangelogSection'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ticketRefs?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  wordedBy?: Resolver<ResolversTypes['WordedBy'], ParentType, ContextType>;
};

export type ChangelogPostResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogPost'] = ResolversParentTypes['ChangelogPost']> = {
  changelog?: Resolver<Maybe<ResolversTypes['Changelog']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  covers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  postedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['ChangelogPostPurpose'], ParentType, ContextType>;
  remindedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ChangelogPostState'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ChangelogPostPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogPostPayload'] = ResolversParentTypes['ChangelogPostPayload']> = {
  post?: Resolver<Maybe<ResolversTypes['ChangelogPost']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangelogScopeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogScope'] = ResolversParentTypes['ChangelogScope']> = {
  labels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  paths?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  systems?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChangelogSettingsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogSettings'] = ResolversParentTypes['ChangelogSettings']> = {
  eventChannels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  leakList?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChangelogSubscriptionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogSubscription'] = ResolversParentTypes['ChangelogSubscription']> = {
  audience?: Resolver<ResolversTypes['ChangelogAudience'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  coveredUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  draftFirst?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  emptyPeriods?: Resolver<ResolversTypes['EmptyPeriods'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  every?: Resolver<ResolversTypes['ChangelogFrequency'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  monthDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nextAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ownerLostAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  paths?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pausedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pausedReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  posts?: Resolver<Array<ResolversTypes['ChangelogPost']>, ParentType, ContextType, RequireFields<ChangelogSubscriptionPostsArgs, 'first'>>;
  schedule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  systems?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  time?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weekday?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ChangelogSubscriptionPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangelogSubscriptionPayload'] = ResolversParentTypes['ChangelogSubscriptionPayload']> = {
  subscription?: Resolver<Maybe<ResolversTypes['ChangelogSubscription']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ClaimResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Claim'] = ResolversParentTypes['Claim']> = {
  confidence?: Resolver<Maybe<ResolversTypes['Confidence']>, ParentType, ContextType>;
  evidence?: Resolver<Array<ResolversTypes['Evidence']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfusionCellResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ConfusionCell'] = ResolversParentTypes['ConfusionCell']> = {
  actual?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  predicted?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
};

export type CreateTicketPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateTicketPayload'] = ResolversParentTypes['CreateTicketPayload']> = {
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sameThread?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateTokenPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateTokenPayload'] = ResolversParentTypes['CreateTokenPayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateWebhookInPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateWebhookInPayload'] = ResolversParentTypes['CreateWebhookInPayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookIn']>, ParentType, ContextType>;
};

export type CreateWebhookOutPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateWebhookOutPayload'] = ResolversParentTypes['CreateWebhookOutPayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookOut']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DeleteLogPayload'] = ResolversParentTypes['DeleteLogPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EditChangelogEntryPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EditChangelogEntryPayload'] = ResolversParentTypes['EditChangelogEntryPayload']> = {
  entry?: Resolver<Maybe<ResolversTypes['ChangelogEntry']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EngineUseResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EngineUse'] = ResolversParentTypes['EngineUse']> = {
  answers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  costUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  tokensIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokensOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  lines?: Resolver<Maybe<ResolversTypes['LineRange']>, ParentType, ContextType>;
  pattern?: Resolver<Maybe<ResolversTypes['Pattern']>, ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface FileScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['File'], any> {
  name: 'File';
}

export type GenerateChangelogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['GenerateChangelogPayload'] = ResolversParentTypes['GenerateChangelogPayload']> = {
  changelog?: Resolver<Maybe<ResolversTypes['Changelog']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type IncidentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Incident'] = ResolversParentTypes['Incident']> = {
  alerts?: Resolver<Array<ResolversTypes['IncidentAlert']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  logs?: Resolver<Array<ResolversTypes['Log']>, ParentType, ContextType>;
  postFailure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  services?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IncidentStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type IncidentAlertResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IncidentAlert'] = ResolversParentTypes['IncidentAlert']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  firing?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['AlertLabel']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runbookUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IncidentConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IncidentConnection'] = ResolversParentTypes['IncidentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['IncidentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type IncidentEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IncidentEdge'] = ResolversParentTypes['IncidentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Incident'], ParentType, ContextType>;
};

export type IncludeChangesPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IncludeChangesPayload'] = ResolversParentTypes['IncludeChangesPayload']> = {
  changelog?: Resolver<Maybe<ResolversTypes['Changelog']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type JudgeWeightsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['JudgeWeights'] = ResolversParentTypes['JudgeWeights']> = {
  alike?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  engine?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type KeptModelResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeptModel'] = ResolversParentTypes['KeptModel']> = {
  newRight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  right?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LedgerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Ledger'] = ResolversParentTypes['Ledger']> = {
  blank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inOther?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inPatterns?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inRemainder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LevelCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LevelCount'] = ResolversParentTypes['LevelCount']> = {
  level?: Resolver<ResolversTypes['LogLevel'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LineRangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LineRange'] = ResolversParentTypes['LineRange']> = {
  from?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LogResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Log'] = ResolversParentTypes['Log']> = {
  actingFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entry?: Resolver<ResolversTypes['LogEntry'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['LogSummary']>, ParentType, ContextType>;
  textDeletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LogConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogConnection'] = ResolversParentTypes['LogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LogEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LogDigestResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogDigest'] = ResolversParentTypes['LogDigest']> = {
  histogram?: Resolver<Maybe<ResolversTypes['LogHistogram']>, ParentType, ContextType>;
  ledger?: Resolver<ResolversTypes['Ledger'], ParentType, ContextType>;
  levels?: Resolver<Array<ResolversTypes['LevelCount']>, ParentType, ContextType>;
  patternCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  patterns?: Resolver<Array<ResolversTypes['Pattern']>, ParentType, ContextType, RequireFields<LogDigestPatternsArgs, 'first'>>;
  phrases?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<LogDigestPhrasesArgs, 'first'>>;
  readFirst?: Resolver<Array<ResolversTypes['Sample']>, ParentType, ContextType>;
  records?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  time?: Resolver<Maybe<ResolversTypes['LogTimeRange']>, ParentType, ContextType>;
};

export type LogEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogEdge'] = ResolversParentTypes['LogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Log'], ParentType, ContextType>;
};

export type LogHistogramResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogHistogram'] = ResolversParentTypes['LogHistogram']> = {
  all?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  bucketMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LogLineResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogLine'] = ResolversParentTypes['LogLine']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LogNormalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogNormal'] = ResolversParentTypes['LogNormal']> = {
  changes?: Resolver<Array<ResolversTypes['CandidateChange']>, ParentType, ContextType>;
  firstSeen?: Resolver<Array<ResolversTypes['Pattern']>, ParentType, ContextType>;
  logsBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  more?: Resolver<Array<ResolversTypes['UnusualRate']>, ParentType, ContextType>;
  noise?: Resolver<Array<ResolversTypes['Pattern']>, ParentType, ContextType>;
  sameAs?: Resolver<Maybe<ResolversTypes['SameIncident']>, ParentType, ContextType>;
  stopped?: Resolver<Array<ResolversTypes['StoppedPattern']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  usual?: Resolver<Array<ResolversTypes['UsualRate']>, ParentType, ContextType>;
};

export type LogProgressResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogProgress'] = ResolversParentTypes['LogProgress']> = {
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  logId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
};

export type LogQuestionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogQuestion'] = ResolversParentTypes['LogQuestion']> = {
  answer?: Resolver<Array<ResolversTypes['Claim']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linesSearched?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  logId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['QuestionStatus'], ParentType, ContextType>;
  unsupportedDropped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutEngine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LogSummaryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogSummary'] = ResolversParentTypes['LogSummary']> = {
  digest?: Resolver<Maybe<ResolversTypes['LogDigest']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  headline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  impact?: Resolver<Array<ResolversTypes['Claim']>, ParentType, ContextType>;
  likelyCauses?: Resolver<Array<ResolversTypes['Claim']>, ParentType, ContextType>;
  logId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextSteps?: Resolver<Array<ResolversTypes['Claim']>, ParentType, ContextType>;
  normal?: Resolver<Maybe<ResolversTypes['LogNormal']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ratings?: Resolver<ResolversTypes['SummaryRatings'], ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['Severity']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
  unsupportedDropped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  whatIsGoingOn?: Resolver<Array<ResolversTypes['Claim']>, ParentType, ContextType>;
};

export type LogTimeRangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LogTimeRange'] = ResolversParentTypes['LogTimeRange']> = {
  dayInferred?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  first?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  yearInferred?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  zoneAssumed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  zoneStated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LookAlikeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LookAlike'] = ResolversParentTypes['LookAlike']> = {
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ticket?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
};

export type MarkNoisePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MarkNoisePayload'] = ResolversParentTypes['MarkNoisePayload']> = {
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MaskedCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MaskedCount'] = ResolversParentTypes['MaskedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addChange?: Resolver<ResolversTypes['AddChangePayload'], ParentType, ContextType, RequireFields<MutationAddChangeArgs, 'input'>>;
  approveChangelogPost?: Resolver<ResolversTypes['ApproveChangelogPostPayload'], ParentType, ContextType, RequireFields<MutationApproveChangelogPostArgs, 'input'>>;
  askLog?: Resolver<ResolversTypes['AskLogPayload'], ParentType, ContextType, RequireFields<MutationAskLogArgs, 'input'>>;
  assignTicket?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationAssignTicketArgs, 'input'>>;
  cancelLog?: Resolver<ResolversTypes['CancelLogPayload'], ParentType, ContextType, RequireFields<MutationCancelLogArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  changeRole?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationChangeRoleArgs, 'input'>>;
  createFirstAdmin?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationCreateFirstAdminArgs, 'input'>>;
  createTicket?: Resolver<ResolversTypes['CreateTicketPayload'], ParentType, ContextType, RequireFields<MutationCreateTicketArgs, 'input'>>;
  createToken?: Resolver<ResolversTypes['CreateTokenPayload'], ParentType, ContextType, RequireFields<MutationCreateTokenArgs, 'input'>>;
  createUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationCreateUserArgs, 'input'>>;
  createWebhookIn?: Resolver<ResolversTypes['CreateWebhookInPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookInArgs, 'input'>>;
  createWebhookOut?: Resolver<ResolversTypes['CreateWebhookOutPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookOutArgs, 'input'>>;
  deleteLog?: Resolver<ResolversTypes['DeleteLogPayload'], ParentType, ContextType, RequireFields<MutationDeleteLogArgs, 'input'>>;
  editChangelogEntry?: Resolver<ResolversTypes['EditChangelogEntryPayload'], ParentType, ContextType, RequireFields<MutationEditChangelogEntryArgs, 'input'>>;
  editChangelogPost?: Resolver<ResolversTypes['ChangelogPostPayload'], ParentType, ContextType, RequireFields<MutationEditChangelogPostArgs, 'input'>>;
  enableWebhookOut?: Resolver<ResolversTypes['WebhookOutPayload'], ParentType, ContextType, RequireFields<MutationEnableWebhookOutArgs, 'input'>>;
  generateChangelog?: Resolver<ResolversTypes['GenerateChangelogPayload'], ParentType, ContextType, RequireFields<MutationGenerateChangelogArgs, 'input'>>;
  includeChanges?: Resolver<ResolversTypes['IncludeChangesPayload'], ParentType, ContextType, RequireFields<MutationIncludeChangesArgs, 'input'>>;
  markNoise?: Resolver<ResolversTypes['MarkNoisePayload'], ParentType, ContextType, RequireFields<MutationMarkNoiseArgs, 'input'>>;
  mergeTicket?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationMergeTicketArgs, 'input'>>;
  moveTicket?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationMoveTicketArgs, 'input'>>;
  postChangelogNow?: Resolver<ResolversTypes['AskChangelogPayload'], ParentType, ContextType, RequireFields<MutationPostChangelogNowArgs, 'input'>>;
  predictTicket?: Resolver<ResolversTypes['PredictTicketPayload'], ParentType, ContextType, RequireFields<MutationPredictTicketArgs, 'input'>>;
  previewChangelog?: Resolver<ResolversTypes['AskChangelogPayload'], ParentType, ContextType, RequireFields<MutationPreviewChangelogArgs, 'input'>>;
  rateLog?: Resolver<ResolversTypes['RateLogPayload'], ParentType, ContextType, RequireFields<MutationRateLogArgs, 'input'>>;
  recomposeChangelogPost?: Resolver<ResolversTypes['ChangelogPostPayload'], ParentType, ContextType, RequireFields<MutationRecomposeChangelogPostArgs, 'input'>>;
  recordChangeEvent?: Resolver<ResolversTypes['RecordChangeEventPayload'], ParentType, ContextType, RequireFields<MutationRecordChangeEventArgs, 'input'>>;
  recordChanges?: Resolver<ResolversTypes['RecordChangesPayload'], ParentType, ContextType, RequireFields<MutationRecordChangesArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  refreshSlackTicket?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationRefreshSlackTicketArgs, 'input'>>;
  removeUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationRemoveUserArgs, 'input'>>;
  resetPassword?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  retireCategory?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationRetireCategoryArgs, 'input'>>;
  retryLog?: Resolver<ResolversTypes['RetryLogPayload'], ParentType, ContextType, RequireFields<MutationRetryLogArgs, 'input'>>;
  reviveCategory?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationReviveCategoryArgs, 'input'>>;
  revokeToken?: Resolver<ResolversTypes['RevokeTokenPayload'], ParentType, ContextType, RequireFields<MutationRevokeTokenArgs, 'input'>>;
  revokeWebhookIn?: Resolver<ResolversTypes['WebhookInPayload'], ParentType, ContextType, RequireFields<MutationRevokeWebhookInArgs, 'input'>>;
  revokeWebhookOut?: Resolver<ResolversTypes['WebhookOutPayload'], ParentType, ContextType, RequireFields<MutationRevokeWebhookOutArgs, 'input'>>;
  saveCategory?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationSaveCategoryArgs, 'input'>>;
  saveChangelogSettings?: Resolver<ResolversTypes['SaveChangelogSettingsPayload'], ParentType, ContextType, RequireFields<MutationSaveChangelogSettingsArgs, 'input'>>;
  saveTriageSettings?: Resolver<ResolversTypes['TriageSettingsPayload'], ParentType, ContextType, RequireFields<MutationSaveTriageSettingsArgs, 'input'>>;
  setTicketCategory?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationSetTicketCategoryArgs, 'input'>>;
  setTicketPriority?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationSetTicketPriorityArgs, 'input'>>;
  signIn?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType, RequireFields<MutationSignOutArgs, 'input'>>;
  skipChangelogPost?: Resolver<ResolversTypes['ChangelogPostPayload'], ParentType, ContextType, RequireFields<MutationSkipChangelogPostArgs, 'input'>>;
  submitLog?: Resolver<ResolversTypes['SubmitLogPayload'], ParentType, ContextType, RequireFields<MutationSubmitLogArgs, 'input'>>;
  subscribeChangelog?: Resolver<ResolversTypes['SubscribeChangelogPayload'], ParentType, ContextType, RequireFields<MutationSubscribeChangelogArgs, 'input'>>;
  triageReplay?: Resolver<ResolversTypes['TriageReplayPayload'], ParentType, ContextType, RequireFields<MutationTriageReplayArgs, 'input'>>;
  unsubscribeChangelog?: Resolver<ResolversTypes['ChangelogSubscriptionPayload'], ParentType, ContextType, RequireFields<MutationUnsubscribeChangelogArgs, 'input'>>;
  updateChangelogSubscription?: Resolver<ResolversTypes['ChangelogSubscriptionPayload'], ParentType, ContextType, RequireFields<MutationUpdateChangelogSubscriptionArgs, 'input'>>;
  withdrawSlackTicket?: Resolver<ResolversTypes['TicketPayload'], ParentType, ContextType, RequireFields<MutationWithdrawSlackTicketArgs, 'input'>>;
};

export type OmittedChangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OmittedChange'] = ResolversParentTypes['OmittedChange']> = {
  change?: Resolver<ResolversTypes['Change'], ParentType, ContextType>;
  of?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['OmittedReason'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OmittedChangeConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OmittedChangeConnection'] = ResolversParentTypes['OmittedChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OmittedChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OmittedChangeEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OmittedChangeEdge'] = ResolversParentTypes['OmittedChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OmittedChange'], ParentType, ContextType>;
};

export type OmittedCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OmittedCount'] = ResolversParentTypes['OmittedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['OmittedReason'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PatternResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Pattern'] = ResolversParentTypes['Pattern']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstTime?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  histogram?: Resolver<Maybe<Array<ResolversTypes['Int']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastTime?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  level?: Resolver<ResolversTypes['LogLevel'], ParentType, ContextType>;
  levelInferred?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  samples?: Resolver<Array<ResolversTypes['Sample']>, ParentType, ContextType>;
  template?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  variables?: Resolver<Array<ResolversTypes['Variable']>, ParentType, ContextType>;
};

export type PredictTicketPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PredictTicketPayload'] = ResolversParentTypes['PredictTicketPayload']> = {
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  prediction?: Resolver<Maybe<ResolversTypes['TicketPrediction']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PriorityReasonResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PriorityReason'] = ResolversParentTypes['PriorityReason']> = {
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  raises?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  says?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditEvents?: Resolver<Array<ResolversTypes['AuditEvent']>, ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoriesArgs, 'includeRetired'>>;
  change?: Resolver<Maybe<ResolversTypes['Change']>, ParentType, ContextType, RequireFields<QueryChangeArgs, 'id'>>;
  changelog?: Resolver<Maybe<ResolversTypes['Changelog']>, ParentType, ContextType, RequireFields<QueryChangelogArgs, 'id'>>;
  changelogPost?: Resolver<Maybe<ResolversTypes['ChangelogPost']>, ParentType, ContextType, RequireFields<QueryChangelogPostArgs, 'id'>>;
  changelogSettings?: Resolver<ResolversTypes['ChangelogSettings'], ParentType, ContextType>;
  changelogSubscription?: Resolver<Maybe<ResolversTypes['ChangelogSubscription']>, ParentType, ContextType, RequireFields<QueryChangelogSubscriptionArgs, 'id'>>;
  changelogSubscriptions?: Resolver<Array<ResolversTypes['ChangelogSubscription']>, ParentType, ContextType, Partial<QueryChangelogSubscriptionsArgs>>;
  changelogs?: Resolver<ResolversTypes['ChangelogConnection'], ParentType, ContextType, RequireFields<QueryChangelogsArgs, 'orderBy'>>;
  changes?: Resolver<ResolversTypes['ChangeConnection'], ParentType, ContextType, RequireFields<QueryChangesArgs, 'orderBy'>>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType, RequireFields<QueryIncidentArgs, 'id'>>;
  incidents?: Resolver<ResolversTypes['IncidentConnection'], ParentType, ContextType, RequireFields<QueryIncidentsArgs, 'orderBy'>>;
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType, RequireFields<QueryLogArgs, 'id'>>;
  logLines?: Resolver<Array<ResolversTypes['LogLine']>, ParentType, ContextType, RequireFields<QueryLogLinesArgs, 'from' | 'logId' | 'to'>>;
  logQuestion?: Resolver<Maybe<ResolversTypes['LogQuestion']>, ParentType, ContextType, RequireFields<QueryLogQuestionArgs, 'id'>>;
  logSummary?: Resolver<Maybe<ResolversTypes['LogSummary']>, ParentType, ContextType, RequireFields<QueryLogSummaryArgs, 'logId'>>;
  logs?: Resolver<ResolversTypes['LogConnection'], ParentType, ContextType, RequireFields<QueryLogsArgs, 'orderBy'>>;
  me?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType, RequireFields<QueryTicketArgs, 'id'>>;
  ticketEvents?: Resolver<Array<ResolversTypes['TicketEvent']>, ParentType, ContextType, RequireFields<QueryTicketEventsArgs, 'ticketId'>>;
  tickets?: Resolver<ResolversTypes['TicketConnection'], ParentType, ContextType, RequireFields<QueryTicketsArgs, 'orderBy'>>;
  tokens?: Resolver<Array<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  triageAdvice?: Resolver<Maybe<ResolversTypes['TriageAdvice']>, ParentType, ContextType>;
  triageNights?: Resolver<Array<ResolversTypes['TriageNight']>, ParentType, ContextType, RequireFields<QueryTriageNightsArgs, 'first'>>;
  triageReplay?: Resolver<Maybe<ResolversTypes['TriageReplay']>, ParentType, ContextType, RequireFields<QueryTriageReplayArgs, 'id'>>;
  triageReplayEstimate?: Resolver<Maybe<ResolversTypes['ReplayEstimate']>, ParentType, ContextType, RequireFields<QueryTriageReplayEstimateArgs, 'input'>>;
  triageReport?: Resolver<ResolversTypes['TriageReport'], ParentType, ContextType>;
  triageSettings?: Resolver<ResolversTypes['TriageSettings'], ParentType, ContextType>;
  users?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  webhooksIn?: Resolver<Array<ResolversTypes['WebhookIn']>, ParentType, ContextType>;
  webhooksOut?: Resolver<Array<ResolversTypes['WebhookOut']>, ParentType, ContextType>;
};

export type RateLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RateLogPayload'] = ResolversParentTypes['RateLogPayload']> = {
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReceiptResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  costUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  engine?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  insteadOf?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  maskedCounts?: Resolver<Array<ResolversTypes['MaskedCount']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  promptVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sentHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tokensIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokensOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecordChangeEventPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecordChangeEventPayload'] = ResolversParentTypes['RecordChangeEventPayload']> = {
  change?: Resolver<Maybe<ResolversTypes['Change']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordChangesPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecordChangesPayload'] = ResolversParentTypes['RecordChangesPayload']> = {
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ids?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  known?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayEstimateResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReplayEstimate'] = ResolversParentTypes['ReplayEstimate']> = {
  asked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  costUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mostCostUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokensIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokensOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RetryLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RetryLogPayload'] = ResolversParentTypes['RetryLogPayload']> = {
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeTokenPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RevokeTokenPayload'] = ResolversParentTypes['RevokeTokenPayload']> = {
  token?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SameIncidentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SameIncident'] = ResolversParentTypes['SameIncident']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  logId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  of?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shared?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SampleResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Sample'] = ResolversParentTypes['Sample']> = {
  lines?: Resolver<ResolversTypes['LineRange'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SaveChangelogSettingsPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SaveChangelogSettingsPayload'] = ResolversParentTypes['SaveChangelogSettingsPayload']> = {
  settings?: Resolver<Maybe<ResolversTypes['ChangelogSettings']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SemverProposalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SemverProposal'] = ResolversParentTypes['SemverProposal']> = {
  bump?: Resolver<ResolversTypes['SemverBump'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SessionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SessionPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SessionPayload'] = ResolversParentTypes['SessionPayload']> = {
  session?: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  signedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StoppedPatternResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['StoppedPattern'] = ResolversParentTypes['StoppedPattern']> = {
  template?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  usualPerHour?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SubmitLogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SubmitLogPayload'] = ResolversParentTypes['SubmitLogPayload']> = {
  log?: Resolver<Maybe<ResolversTypes['Log']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscribeChangelogPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SubscribeChangelogPayload'] = ResolversParentTypes['SubscribeChangelogPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  subscription?: Resolver<Maybe<ResolversTypes['ChangelogSubscription']>, ParentType, ContextType>;
  unknownSystems?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  changelogProgress?: SubscriptionResolver<ResolversTypes['Changelog'], "changelogProgress", ParentType, ContextType, RequireFields<SubscriptionChangelogProgressArgs, 'changelogId'>>;
  logProgress?: SubscriptionResolver<ResolversTypes['LogProgress'], "logProgress", ParentType, ContextType, RequireFields<SubscriptionLogProgressArgs, 'logId'>>;
  ticketChanges?: SubscriptionResolver<ResolversTypes['Ticket'], "ticketChanges", ParentType, ContextType, RequireFields<SubscriptionTicketChangesArgs, 'ticketId'>>;
  ticketEvents?: SubscriptionResolver<ResolversTypes['TicketEvent'], "ticketEvents", ParentType, ContextType, RequireFields<SubscriptionTicketEventsArgs, 'ticketId'>>;
};

export type SummaryRatingsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SummaryRatings'] = ResolversParentTypes['SummaryRatings']> = {
  helpful?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notHelpful?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TicketResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket']> = {
  assignee?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  categoryBy?: Resolver<Maybe<ResolversTypes['SetBy']>, ParentType, ContextType>;
  changelogEntries?: Resolver<Array<ResolversTypes['ChangelogEntry']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entry?: Resolver<ResolversTypes['TicketEntry'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['TicketField']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  logs?: Resolver<Array<ResolversTypes['Log']>, ParentType, ContextType>;
  mergedInto?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  prediction?: Resolver<Maybe<ResolversTypes['TicketPrediction']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['TicketPriority']>, ParentType, ContextType>;
  priorityBy?: Resolver<Maybe<ResolversTypes['SetBy']>, ParentType, ContextType>;
  reporter?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  snoozedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TicketState'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  touched?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TicketClusterResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketCluster'] = ResolversParentTypes['TicketCluster']> = {
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  words?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketConnection'] = ResolversParentTypes['TicketConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TicketEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TicketEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketEdge'] = ResolversParentTypes['TicketEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
};

export type TicketEventResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketEvent'] = ResolversParentTypes['TicketEvent']> = {
  actingFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketFieldResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketField'] = ResolversParentTypes['TicketField']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketPayload'] = ResolversParentTypes['TicketPayload']> = {
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TicketPredictionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TicketPrediction'] = ResolversParentTypes['TicketPrediction']> = {
  abstained?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  alternatives?: Resolver<Array<ResolversTypes['CategoryGuess']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  disputed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  engineLeftOut?: Resolver<Maybe<ResolversTypes['EngineLeftOut']>, ParentType, ContextType>;
  lookAlikes?: Resolver<Array<ResolversTypes['LookAlike']>, ParentType, ContextType>;
  modelVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  notATicketLike?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['TicketPriority'], ParentType, ContextType>;
  priorityLike?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  priorityReasons?: Resolver<Array<ResolversTypes['PriorityReason']>, ParentType, ContextType>;
  priorityUnread?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  priorityUsualOf?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  priorityWords?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrainedModelResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TrainedModel'] = ResolversParentTypes['TrainedModel']> = {
  calibrationError?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  curve?: Resolver<Array<ResolversTypes['TriageCurvePoint']>, ParentType, ContextType>;
  heldOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trainedOn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weights?: Resolver<ResolversTypes['JudgeWeights'], ParentType, ContextType>;
};

export type TriageAdviceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageAdvice'] = ResolversParentTypes['TriageAdvice']> = {
  betterThreshold?: Resolver<Maybe<ResolversTypes['BetterThreshold']>, ParentType, ContextType>;
  clusters?: Resolver<Array<ResolversTypes['TicketCluster']>, ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  demoted?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  drift?: Resolver<Maybe<ResolversTypes['CategoryDrift']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  overlaps?: Resolver<Array<ResolversTypes['CategoryOverlap']>, ParentType, ContextType>;
  perCategory?: Resolver<Array<ResolversTypes['CategoryReport']>, ParentType, ContextType>;
  right?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  told?: Resolver<Maybe<ResolversTypes['TriageShares']>, ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  unused?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  week?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TriageCurvePointResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageCurvePoint'] = ResolversParentTypes['TriageCurvePoint']> = {
  abstained?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  right?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  wrong?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TriageDifferenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageDifference'] = ResolversParentTypes['TriageDifference']> = {
  actual?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  ticket?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
  was?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  wouldBe?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type TriageNightResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageNight'] = ResolversParentTypes['TriageNight']> = {
  day?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  demoted?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  drift?: Resolver<Maybe<ResolversTypes['CategoryDrift']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['TrainedModel']>, ParentType, ContextType>;
  modelKept?: Resolver<Maybe<ResolversTypes['KeptModel']>, ParentType, ContextType>;
  perCategory?: Resolver<Array<ResolversTypes['CategoryReport']>, ParentType, ContextType>;
  right?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TriageReplayResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageReplay'] = ResolversParentTypes['TriageReplay']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  engine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  engineModel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  estimate?: Resolver<Maybe<ResolversTypes['ReplayEstimate']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['WorkFailure']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['ReplayModel'], ParentType, ContextType>;
  mostUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  prompt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['TriageReplayResult']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkStatus'], ParentType, ContextType>;
};

export type TriageReplayPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageReplayPayload'] = ResolversParentTypes['TriageReplayPayload']> = {
  replay?: Resolver<Maybe<ResolversTypes['TriageReplay']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TriageReplayResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageReplayResult'] = ResolversParentTypes['TriageReplayResult']> = {
  before?: Resolver<ResolversTypes['TriageShares'], ParentType, ContextType>;
  differences?: Resolver<Array<ResolversTypes['TriageDifference']>, ParentType, ContextType>;
  engine?: Resolver<Maybe<ResolversTypes['EngineUse']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  now?: Resolver<ResolversTypes['TriageShares'], ParentType, ContextType>;
  trainedOn?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TriageReportResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageReport'] = ResolversParentTypes['TriageReport']> = {
  confusion?: Resolver<Array<ResolversTypes['ConfusionCell']>, ParentType, ContextType>;
  curve?: Resolver<Array<ResolversTypes['TriageCurvePoint']>, ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  perCategory?: Resolver<Array<ResolversTypes['CategoryReport']>, ParentType, ContextType>;
};

export type TriageSettingsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageSettings'] = ResolversParentTypes['TriageSettings']> = {
  adminChannel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  answerWithin?: Resolver<Array<ResolversTypes['AnswerWithin']>, ParentType, ContextType>;
  businessHours?: Resolver<ResolversTypes['BusinessHours'], ParentType, ContextType>;
  delaySeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  enginePrompt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  restrictedChannels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TriageSettingsPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageSettingsPayload'] = ResolversParentTypes['TriageSettingsPayload']> = {
  settings?: Resolver<Maybe<ResolversTypes['TriageSettings']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TriageSharesResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriageShares'] = ResolversParentTypes['TriageShares']> = {
  abstained?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  right?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wrong?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type UnusualRateResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UnusualRate'] = ResolversParentTypes['UnusualRate']> = {
  pattern?: Resolver<ResolversTypes['Pattern'], ParentType, ContextType>;
  perHour?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  usualPerHour?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UsualRateResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsualRate'] = ResolversParentTypes['UsualRate']> = {
  pattern?: Resolver<ResolversTypes['Pattern'], ParentType, ContextType>;
  usualPerHour?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ValueCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ValueCount'] = ResolversParentTypes['ValueCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VariableResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Variable'] = ResolversParentTypes['Variable']> = {
  distinct?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  top?: Resolver<Array<ResolversTypes['ValueCount']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['TokenScope']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
};

export type WebhookConditionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookCondition'] = ResolversParentTypes['WebhookCondition']> = {
  equals?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookFailure'] = ResolversParentTypes['WebhookFailure']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookInResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookIn'] = ResolversParentTypes['WebhookIn']> = {
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveryHeader?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  filter?: Resolver<Array<ResolversTypes['WebhookCondition']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['WebhookKind'], ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  mapping?: Resolver<ResolversTypes['WebhookMapping'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  signatureHeader?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signatureScheme?: Resolver<ResolversTypes['SignatureScheme'], ParentType, ContextType>;
};

export type WebhookInPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookInPayload'] = ResolversParentTypes['WebhookInPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookIn']>, ParentType, ContextType>;
};

export type WebhookMappingResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookMapping'] = ResolversParentTypes['WebhookMapping']> = {
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reporter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WebhookOutResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookOut'] = ResolversParentTypes['WebhookOut']> = {
  bodyTemplate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['WebhookEvent']>, ParentType, ContextType>;
  failuresInARow?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  headerNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastFailure?: Resolver<Maybe<ResolversTypes['WebhookFailure']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['WebhookMethod'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  oncePerTicket?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookOutPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WebhookOutPayload'] = ResolversParentTypes['WebhookOutPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookOut']>, ParentType, ContextType>;
};

export type WorkFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WorkFailure'] = ResolversParentTypes['WorkFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphContext> = {
  AddChangePayload?: AddChangePayloadResolvers<ContextType>;
  AlertLabel?: AlertLabelResolvers<ContextType>;
  AnswerWithin?: AnswerWithinResolvers<ContextType>;
  ApiToken?: ApiTokenResolvers<ContextType>;
  ApproveChangelogPostPayload?: ApproveChangelogPostPayloadResolvers<ContextType>;
  AskChangelogPayload?: AskChangelogPayloadResolvers<ContextType>;
  AskLogPayload?: AskLogPayloadResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  BetterThreshold?: BetterThresholdResolvers<ContextType>;
  BusinessHours?: BusinessHoursResolvers<ContextType>;
  CancelLogPayload?: CancelLogPayloadResolvers<ContextType>;
  CandidateChange?: CandidateChangeResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryDrift?: CategoryDriftResolvers<ContextType>;
  CategoryGuess?: CategoryGuessResolvers<ContextType>;
  CategoryOverlap?: CategoryOverlapResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  CategoryReport?: CategoryReportResolvers<ContextType>;
  CategoryShift?: CategoryShiftResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  ChangeConnection?: ChangeConnectionResolvers<ContextType>;
  ChangeEdge?: ChangeEdgeResolvers<ContextType>;
  Changelog?: ChangelogResolvers<ContextType>;
  ChangelogConnection?: ChangelogConnectionResolvers<ContextType>;
  ChangelogEdge?: ChangelogEdgeResolvers<ContextType>;
  ChangelogEntry?: ChangelogEntryResolvers<ContextType>;
  ChangelogPost?: ChangelogPostResolvers<ContextType>;
  ChangelogPostPayload?: ChangelogPostPayloadResolvers<ContextType>;
  ChangelogScope?: ChangelogScopeResolvers<ContextType>;
  ChangelogSettings?: ChangelogSettingsResolvers<ContextType>;
  ChangelogSubscription?: ChangelogSubscriptionResolvers<ContextType>;
  ChangelogSubscriptionPayload?: ChangelogSubscriptionPayloadResolvers<ContextType>;
  Claim?: ClaimResolvers<ContextType>;
  ConfusionCell?: ConfusionCellResolvers<ContextType>;
  CreateTicketPayload?: CreateTicketPayloadResolvers<ContextType>;
  CreateTokenPayload?: CreateTokenPayloadResolvers<ContextType>;
  CreateWebhookInPayload?: CreateWebhookInPayloadResolvers<ContextType>;
  CreateWebhookOutPayload?: CreateWebhookOutPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteLogPayload?: DeleteLogPayloadResolvers<ContextType>;
  EditChangelogEntryPayload?: EditChangelogEntryPayloadResolvers<ContextType>;
  EngineUse?: EngineUseResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  File?: GraphQLScalarType;
  GenerateChangelogPayload?: GenerateChangelogPayloadResolvers<ContextType>;
  Incident?: IncidentResolvers<ContextType>;
  IncidentAlert?: IncidentAlertResolvers<ContextType>;
  IncidentConnection?: IncidentConnectionResolvers<ContextType>;
  IncidentEdge?: IncidentEdgeResolvers<ContextType>;
  IncludeChangesPayload?: IncludeChangesPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  JudgeWeights?: JudgeWeightsResolvers<ContextType>;
  KeptModel?: KeptModelResolvers<ContextType>;
  Ledger?: LedgerResolvers<ContextType>;
  LevelCount?: LevelCountResolvers<ContextType>;
  LineRange?: LineRangeResolvers<ContextType>;
  Log?: LogResolvers<ContextType>;
  LogConnection?: LogConnectionResolvers<ContextType>;
  LogDigest?: LogDigestResolvers<ContextType>;
  LogEdge?: LogEdgeResolvers<ContextType>;
  LogHistogram?: LogHistogramResolvers<ContextType>;
  LogLine?: LogLineResolvers<ContextType>;
  LogNormal?: LogNormalResolvers<ContextType>;
  LogProgress?: LogProgressResolvers<ContextType>;
  LogQuestion?: LogQuestionResolvers<ContextType>;
  LogSummary?: LogSummaryResolvers<ContextType>;
  LogTimeRange?: LogTimeRangeResolvers<ContextType>;
  LookAlike?: LookAlikeResolvers<ContextType>;
  MarkNoisePayload?: MarkNoisePayloadResolvers<ContextType>;
  MaskedCount?: MaskedCountResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OmittedChange?: OmittedChangeResolvers<ContextType>;
  OmittedChangeConnection?: OmittedChangeConnectionResolvers<ContextType>;
  OmittedChangeEdge?: OmittedChangeEdgeResolvers<ContextType>;
  OmittedCount?: OmittedCountResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Pattern?: PatternResolvers<ContextType>;
  PredictTicketPayload?: PredictTicketPayloadResolvers<ContextType>;
  PriorityReason?: PriorityReasonResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLogPayload?: RateLogPayloadResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  RecordChangeEventPayload?: RecordChangeEventPayloadResolvers<ContextType>;
  RecordChangesPayload?: RecordChangesPayloadResolvers<ContextType>;
  ReplayEstimate?: ReplayEstimateResolvers<ContextType>;
  RetryLogPayload?: RetryLogPayloadResolvers<ContextType>;
  RevokeTokenPayload?: RevokeTokenPayloadResolvers<ContextType>;
  SameIncident?: SameIncidentResolvers<ContextType>;
  Sample?: SampleResolvers<ContextType>;
  SaveChangelogSettingsPayload?: SaveChangelogSettingsPayloadResolvers<ContextType>;
  SemverProposal?: SemverProposalResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionPayload?: SessionPayloadResolvers<ContextType>;
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  StoppedPattern?: StoppedPatternResolvers<ContextType>;
  SubmitLogPayload?: SubmitLogPayloadResolvers<ContextType>;
  SubscribeChangelogPayload?: SubscribeChangelogPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SummaryRatings?: SummaryRatingsResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketCluster?: TicketClusterResolvers<ContextType>;
  TicketConnection?: TicketConnectionResolvers<ContextType>;
  TicketEdge?: TicketEdgeResolvers<ContextType>;
  TicketEvent?: TicketEventResolvers<ContextType>;
  TicketField?: TicketFieldResolvers<ContextType>;
  TicketPayload?: TicketPayloadResolvers<ContextType>;
  TicketPrediction?: TicketPredictionResolvers<ContextType>;
  TrainedModel?: TrainedModelResolvers<ContextType>;
  TriageAdvice?: TriageAdviceResolvers<ContextType>;
  TriageCurvePoint?: TriageCurvePointResolvers<ContextType>;
  TriageDifference?: TriageDifferenceResolvers<ContextType>;
  TriageNight?: TriageNightResolvers<ContextType>;
  TriageReplay?: TriageReplayResolvers<ContextType>;
  TriageReplayPayload?: TriageReplayPayloadResolvers<ContextType>;
  TriageReplayResult?: TriageReplayResultResolvers<ContextType>;
  TriageReport?: TriageReportResolvers<ContextType>;
  TriageSettings?: TriageSettingsResolvers<ContextType>;
  TriageSettingsPayload?: TriageSettingsPayloadResolvers<ContextType>;
  TriageShares?: TriageSharesResolvers<ContextType>;
  UnusualRate?: UnusualRateResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
  UsualRate?: UsualRateResolvers<ContextType>;
  ValueCount?: ValueCountResolvers<ContextType>;
  Variable?: VariableResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WebhookCondition?: WebhookConditionResolvers<ContextType>;
  WebhookFailure?: WebhookFailureResolvers<ContextType>;
  WebhookIn?: WebhookInResolvers<ContextType>;
  WebhookInPayload?: WebhookInPayloadResolvers<ContextType>;
  WebhookMapping?: WebhookMappingResolvers<ContextType>;
  WebhookOut?: WebhookOutResolvers<ContextType>;
  WebhookOutPayload?: WebhookOutPayloadResolvers<ContextType>;
  WorkFailure?: WorkFailureResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
};

