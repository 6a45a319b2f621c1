/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AddChangeInput = {
  body?: string | null | undefined;
  breaking?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** A RELEASE told in a sentence is a note: a release by its name (v1.4.0) is where a changelog can begin, and no news. */
  kind?: ChangeKind;
  labels?: Array<string> | null | undefined;
  /** Where in Slack it was said (the bot). */
  slack?: ChangeOriginInput | null | undefined;
  /** company when left out. */
  system?: string | null | undefined;
  /** Now when left out. */
  time?: string | null | undefined;
  /** One line. */
  title: string;
  url?: string | null | undefined;
};

export type AnswerWithinInput = {
  aroundTheClock?: boolean;
  /** 1 to 43,200 (30 days). */
  minutes: number;
  priority: TicketPriority;
};

export type AskChangelogInput = {
  audience?: ChangelogAudience | null | undefined;
  idempotencyKey?: string | null | undefined;
  labels?: Array<string> | null | undefined;
  paths?: Array<string> | null | undefined;
  place: ChangelogPlaceInput;
  /** What that one would tell next; the rest is then left out. */
  subscriptionId?: string | null | undefined;
  systems?: Array<string> | null | undefined;
  timeZone?: string | null | undefined;
};

/** Exactly one of logId and thread. */
export type AskLogInput = {
  /** The same key gives the first result, with replayed: true. */
  idempotencyKey?: string | null | undefined;
  logId?: string | null | undefined;
  question: string;
  replyTo?: ReplyToInput | null | undefined;
  /** The log a Slack thread is about. */
  thread?: SlackThreadInput | null | undefined;
};

export type AssignTicketInput = {
  /** A user's id, or `slack:<team>:<user>`. */
  assignee: string;
  id: string;
};

export type BusinessHoursInput = {
  /** As in BusinessHours; where they are left out, those known stay. What is due was reckoned when it came in, and stays. */
  closedDays?: Array<string> | null | undefined;
  days: Array<number>;
  from: string;
  timeZone: string;
  to: string;
};

export type CancelLogInput = {
  /** @deprecated Say logId. */
  id?: string | null | undefined;
  /** Required, like everywhere else; nullable for as long as `id` is still taken. */
  logId?: string | null | undefined;
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

export type ChangeOriginInput = {
  channel: string;
  teamId: string;
  /** The message, if there is one: it is one change, however often it is added. */
  ts?: string | null | undefined;
};

export type ChangelogAudience =
  /** Everybody who works there; the sections are Product, Platform, People & Policy, Operations. */
  | 'COMPANY'
  | 'CUSTOMERS'
  | 'ENGINEERS';

export type ChangelogEntryTextInput = {
  key: string;
  /** It is told no more; includeChanges puts it back. */
  leaveOut?: boolean | null | undefined;
  section?: ChangelogSection | null | undefined;
  /** One sentence, up to 400 characters. What is the text already stays whose it is. */
  text?: string | null | undefined;
};

export type ChangelogFrequency =
  | 'DAILY'
  | 'MONTHLY'
  | 'WEEKLY';

/** Where in Slack. */
export type ChangelogPlaceInput = {
  channel: string;
  /** Whoever asks. */
  owner: string;
  teamId: string;
};

export type ChangelogPostInput = {
  id: string;
};

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

export type ChangelogSubscriptionInput = {
  id: string;
};

export type CreateTicketInput = {
  /** Taking the reaction back withdraws it as long as nobody touched it. */
  byReaction?: boolean;
  /** Chosen by a person in a form; then nothing is predicted over it. */
  categoryId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** Its thread in Slack (that of slack, or else of replyTo) is meant: while that is an open ticket, that one is given (sameThread). A reaction always means it. */
  oncePerThread?: boolean;
  priority?: TicketPriority | null | undefined;
  /** Channels in Slack that forwarded messages in the text come from: their restrictions hold for the ticket. */
  quotedChannels?: Array<string> | null | undefined;
  replyTo?: ReplyToInput | null | undefined;
  /** Who asked, when it is not the caller, e.g. slack:T1:U1. */
  reporter?: string | null | undefined;
  /** A message (MESSAGE) or thread (THREAD) in Slack; a job reads all of its thread with the bot's token. */
  slack?: SlackOriginInput | null | undefined;
  text?: string | null | undefined;
  title?: string | null | undefined;
};

export type EditChangelogPostInput = {
  entries: Array<ChangelogEntryTextInput>;
  id: string;
};

/** What happens when nothing changed. */
export type EmptyPeriods =
  /** A post says so. */
  | 'POSTED'
  | 'SILENT';

export type IncludeChangesInput = {
  changelogId: string;
  /** 1 to 100 ids of what it left out. */
  changes: Array<string>;
};

export type MarkNoiseInput = {
  logId: string;
  noise?: boolean;
  /** As in the log's digest, e.g. P3. */
  patternId: string;
};

export type MergeTicketInput = {
  id: string;
  intoId: string;
};

export type MoveTicketInput = {
  id: string;
  move: TicketMove;
  /** SNOOZE: until when; a day without it. */
  until?: string | null | undefined;
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

export type PredictTicketInput = {
  text: string;
  title?: string | null | undefined;
};

export type RateLogInput = {
  helpful: boolean;
  logId: string;
};

export type RecordChangeEventInput = {
  channel: string;
  /** When it was edited, if it was: what it tells now counts, and when it tells of no change any more, neither does what it told before. */
  editedTs?: string | null | undefined;
  teamId: string;
  /** The message as Slack has it. */
  text: string;
  ts: string;
  /** Link to the message. */
  url?: string | null | undefined;
};

/** Only for tokens with ACT_FOR_SLACK. */
export type ReplyToInput = {
  channel: string;
  responseUrl?: string | null | undefined;
  teamId: string;
  /** Thread to answer in; without it a root message is posted and answered under. */
  threadTs?: string | null | undefined;
  user: string;
};

export type RetireCategoryInput = {
  id: string;
};

export type RetryLogInput = {
  /** @deprecated Say logId. */
  id?: string | null | undefined;
  /** Required, like everywhere else; nullable for as long as `id` is still taken. */
  logId?: string | null | undefined;
};

export type ReviveCategoryInput = {
  id: string;
};

export type SaveCategoryInput = {
  channel?: string | null | undefined;
  description: string;
  id?: string | null | undefined;
  mode?: TriageMode;
  name: string;
  /** Called for P1 and P2: the id of a person (U…) or of a user group (S…) in Slack. */
  onCall?: string | null | undefined;
  targetPrecision?: number;
  team: string;
};

export type SaveChangelogSettingsInput = {
  eventChannels?: Array<string> | null | undefined;
  leakList?: Array<string> | null | undefined;
};

export type SaveTriageSettingsInput = {
  adminChannel?: string | null | undefined;
  /** Of the priorities named; counts for tickets that come in, or are given that priority, from then on. */
  answerWithin?: Array<AnswerWithinInput> | null | undefined;
  businessHours?: BusinessHoursInput | null | undefined;
  delaySeconds?: number | null | undefined;
  emoji?: string | null | undefined;
  /** 2,000 characters at most; null takes it away. */
  enginePrompt?: string | null | undefined;
  restrictedChannels?: Array<string> | null | undefined;
  threshold?: number | null | undefined;
};

export type SetTicketCategoryInput = {
  categoryId: string;
  id: string;
};

export type SetTicketPriorityInput = {
  id: string;
  priority: TicketPriority;
};

export type SlackMessageInput = {
  channel: string;
  ts: string;
};

export type SlackOriginInput = {
  /** HISTORY: up to this timestamp. */
  before?: string | null | undefined;
  channel: string;
  /** FILES: ids. */
  fileIds?: Array<string> | null | undefined;
  kind: SlackOriginKind;
  /** HISTORY: how many. */
  lastMessages?: number | null | undefined;
  /** HISTORY: how far back. */
  sinceSeconds?: number | null | undefined;
  teamId: string;
  /** FILES: text that came with them. */
  text?: string | null | undefined;
  /** MESSAGE: the thread it is in. */
  threadTs?: string | null | undefined;
  /** MESSAGE and THREAD: the message's timestamp. */
  ts?: string | null | undefined;
  /** Who asked. */
  user: string;
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
  channel: string;
  /** Timestamp of the message that starts the thread. */
  ts: string;
};

export type SubmitLogInput = {
  /** The same key within 24 hours gives the first result, with replayed: true. */
  idempotencyKey?: string | null | undefined;
  /** Where to post the answer; without it, the answer waits in the API. */
  replyTo?: ReplyToInput | null | undefined;
  /** Content that lives in Slack; a job fetches it with the bot's token. */
  slack?: SlackOriginInput | null | undefined;
  source?: string | null | undefined;
  text?: string | null | undefined;
  title?: string | null | undefined;
  /** A file, also gzip or zstd. */
  upload?: never | null | undefined;
};

export type SubscribeChangelogInput = {
  audience?: ChangelogAudience;
  draftFirst?: boolean;
  emptyPeriods?: EmptyPeriods;
  every?: ChangelogFrequency;
  /** The same key gives the same subscription. */
  idempotencyKey?: string | null | undefined;
  labels?: Array<string> | null | undefined;
  monthDay?: number | null | undefined;
  paths?: Array<string> | null | undefined;
  place: ChangelogPlaceInput;
  systems?: Array<string>;
  time?: string;
  timeZone?: string;
  weekday?: number | null | undefined;
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

export type TriageMode =
  /** Applies and posts to the team's channel. */
  | 'AUTONOMOUS'
  /** Suggests and waits for a tap. */
  | 'SUPERVISED';

export type UpdateChangelogSubscriptionInput = {
  audience?: ChangelogAudience | null | undefined;
  channel?: string | null | undefined;
  draftFirst?: boolean | null | undefined;
  emptyPeriods?: EmptyPeriods | null | undefined;
  every?: ChangelogFrequency | null | undefined;
  id: string;
  labels?: Array<string> | null | undefined;
  monthDay?: number | null | undefined;
  owner?: string | null | undefined;
  paths?: Array<string> | null | undefined;
  /** False lets a paused one go on: what could not be posted is tried again, and what was missed is made up for. */
  paused?: boolean | null | undefined;
  systems?: Array<string> | null | undefined;
  time?: string | null | undefined;
  timeZone?: string | null | undefined;
  weekday?: number | null | undefined;
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

export type ChangelogSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ChangelogSettingsQuery = { changelogSettings: { eventChannels: Array<string> } };

export type SaveChangelogSettingsMutationVariables = Exact<{
  input: SaveChangelogSettingsInput;
}>;


export type SaveChangelogSettingsMutation = { saveChangelogSettings: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type AddChangeMutationVariables = Exact<{
  input: AddChangeInput;
}>;


export type AddChangeMutation = { addChange: { replayed: boolean, change: { id: string, title: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type RecordChangeEventMutationVariables = Exact<{
  input: RecordChangeEventInput;
}>;


export type RecordChangeEventMutation = { recordChangeEvent: { change: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type ChangelogSubscriptionsQueryVariables = Exact<{
  channel: string;
}>;


export type ChangelogSubscriptionsQuery = { changelogSubscriptions: Array<{ id: string, number: number, schedule: string, timeZone: string, systems: Array<string>, labels: Array<string>, paths: Array<string>, audience: ChangelogAudience, emptyPeriods: EmptyPeriods, draftFirst: boolean, nextAt: string, pausedAt: string | null, pausedReason: string | null }> };

export type ChangelogOmittedQueryVariables = Exact<{
  id: string;
}>;


export type ChangelogOmittedQuery = { changelogPost: { id: string, state: ChangelogPostState, changelog: { id: string, omitted: { edges: Array<{ node: { reason: OmittedReason, title: string, of: string | null, change: { id: string } } }>, pageInfo: { hasNextPage: boolean } } } | null } | null };

export type IncludeChangesMutationVariables = Exact<{
  input: IncludeChangesInput;
}>;


export type IncludeChangesMutation = { includeChanges: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type ChangelogDraftQueryVariables = Exact<{
  id: string;
}>;


export type ChangelogDraftQuery = { changelogPost: { id: string, state: ChangelogPostState, changelog: { audience: ChangelogAudience, entries: Array<{ key: string, section: ChangelogSection, text: string, breaking: boolean, refs: Array<string>, originalTitle: string }> } | null } | null };

export type SubscribeChangelogMutationVariables = Exact<{
  input: SubscribeChangelogInput;
}>;


export type SubscribeChangelogMutation = { subscribeChangelog: { replayed: boolean, unknownSystems: Array<string>, subscription: { id: string, number: number, schedule: string, timeZone: string, systems: Array<string>, labels: Array<string>, paths: Array<string>, audience: ChangelogAudience, emptyPeriods: EmptyPeriods, draftFirst: boolean, nextAt: string, pausedAt: string | null, pausedReason: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type UpdateChangelogSubscriptionMutationVariables = Exact<{
  input: UpdateChangelogSubscriptionInput;
}>;


export type UpdateChangelogSubscriptionMutation = { updateChangelogSubscription: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type UnsubscribeChangelogMutationVariables = Exact<{
  input: ChangelogSubscriptionInput;
}>;


export type UnsubscribeChangelogMutation = { unsubscribeChangelog: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type PostChangelogNowMutationVariables = Exact<{
  input: AskChangelogInput;
}>;


export type PostChangelogNowMutation = { postChangelogNow: { replayed: boolean, post: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type PreviewChangelogMutationVariables = Exact<{
  input: AskChangelogInput;
}>;


export type PreviewChangelogMutation = { previewChangelog: { replayed: boolean, post: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type ApproveChangelogPostMutationVariables = Exact<{
  input: ChangelogPostInput;
}>;


export type ApproveChangelogPostMutation = { approveChangelogPost: { waitsFor: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type SkipChangelogPostMutationVariables = Exact<{
  input: ChangelogPostInput;
}>;


export type SkipChangelogPostMutation = { skipChangelogPost: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type RecomposeChangelogPostMutationVariables = Exact<{
  input: ChangelogPostInput;
}>;


export type RecomposeChangelogPostMutation = { recomposeChangelogPost: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type EditChangelogPostMutationVariables = Exact<{
  input: EditChangelogPostInput;
}>;


export type EditChangelogPostMutation = { editChangelogPost: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type SubmitLogMutationVariables = Exact<{
  input: SubmitLogInput;
}>;


export type SubmitLogMutation = { submitLog: { replayed: boolean, log: { id: string, status: WorkStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type CancelLogMutationVariables = Exact<{
  input: CancelLogInput;
}>;


export type CancelLogMutation = { cancelLog: { log: { id: string, status: WorkStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type RetryLogMutationVariables = Exact<{
  input: RetryLogInput;
}>;


export type RetryLogMutation = { retryLog: { log: { id: string, status: WorkStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type LogLinesQueryVariables = Exact<{
  logId: string;
  from: number;
  to: number;
}>;


export type LogLinesQuery = { logLines: Array<{ number: number, text: string, truncated: boolean }> };

export type AskLogMutationVariables = Exact<{
  input: AskLogInput;
}>;


export type AskLogMutation = { askLog: { replayed: boolean, question: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type MarkNoiseMutationVariables = Exact<{
  input: MarkNoiseInput;
}>;


export type MarkNoiseMutation = { markNoise: { log: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type BotSelfTestQueryVariables = Exact<{ [key: string]: never; }>;


export type BotSelfTestQuery = { me: { scopes: Array<TokenScope>, workspace: { id: string, name: string } } };

export type RateLogMutationVariables = Exact<{
  input: RateLogInput;
}>;


export type RateLogMutation = { rateLog: { log: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type TriageSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type TriageSettingsQuery = { triageSettings: { emoji: string } };

export type TriageAdminQueryVariables = Exact<{ [key: string]: never; }>;


export type TriageAdminQuery = { triageSettings: { emoji: string, threshold: number, delaySeconds: number, restrictedChannels: Array<string>, adminChannel: string | null, enginePrompt: string | null, businessHours: { timeZone: string, days: Array<number>, from: string, to: string, closedDays: Array<string> }, answerWithin: Array<{ priority: TicketPriority, minutes: number, aroundTheClock: boolean }> }, categories: Array<{ id: string, name: string, description: string, team: string, channel: string | null, onCall: string | null, mode: TriageMode, targetPrecision: number }>, all: Array<{ id: string, name: string, retiredAt: string | null }> };

export type CategoryNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoryNamesQuery = { categories: Array<{ id: string, name: string }> };

export type CreateTicketMutationVariables = Exact<{
  input: CreateTicketInput;
}>;


export type CreateTicketMutation = { createTicket: { replayed: boolean, sameThread: boolean, ticket: { id: string, number: number, state: TicketState } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type PredictTicketMutationVariables = Exact<{
  input: PredictTicketInput;
}>;


export type PredictTicketMutation = { predictTicket: { prediction: { probability: number, abstained: boolean, category: { id: string, name: string } | null, alternatives: Array<{ probability: number, category: { id: string, name: string } }> } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type SetTicketCategoryMutationVariables = Exact<{
  input: SetTicketCategoryInput;
}>;


export type SetTicketCategoryMutation = { setTicketCategory: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type SetTicketPriorityMutationVariables = Exact<{
  input: SetTicketPriorityInput;
}>;


export type SetTicketPriorityMutation = { setTicketPriority: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type MoveTicketMutationVariables = Exact<{
  input: MoveTicketInput;
}>;


export type MoveTicketMutation = { moveTicket: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type MergeTicketMutationVariables = Exact<{
  input: MergeTicketInput;
}>;


export type MergeTicketMutation = { mergeTicket: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type WithdrawSlackTicketMutationVariables = Exact<{
  input: SlackMessageInput;
}>;


export type WithdrawSlackTicketMutation = { withdrawSlackTicket: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type RefreshSlackTicketMutationVariables = Exact<{
  input: SlackMessageInput;
}>;


export type RefreshSlackTicketMutation = { refreshSlackTicket: { ticket: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type SaveTriageSettingsMutationVariables = Exact<{
  input: SaveTriageSettingsInput;
}>;


export type SaveTriageSettingsMutation = { saveTriageSettings: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type SaveCategoryMutationVariables = Exact<{
  input: SaveCategoryInput;
}>;


export type SaveCategoryMutation = { saveCategory: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type ReviveCategoryMutationVariables = Exact<{
  input: ReviveCategoryInput;
}>;


export type ReviveCategoryMutation = { reviveCategory: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type RetireCategoryMutationVariables = Exact<{
  input: RetireCategoryInput;
}>;


export type RetireCategoryMutation = { retireCategory: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type AssignTicketMutationVariables = Exact<{
  input: AssignTicketInput;
}>;


export type AssignTicketMutation = { assignTicket: { userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type TicketStandingQueryVariables = Exact<{
  id: string;
}>;


export type TicketStandingQuery = { ticket: { state: TicketState, priority: TicketPriority | null, assignee: string | null, dueAt: string | null, snoozedUntil: string | null, category: { name: string, team: string } | null, prediction: { category: { name: string } | null } | null, mergedInto: { number: number } | null } | null };

export type TicketLookAlikesQueryVariables = Exact<{
  id: string;
}>;


export type TicketLookAlikesQuery = { ticket: { prediction: { lookAlikes: Array<{ score: number, ticket: { id: string, number: number, state: TicketState } }> } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const ChangelogSettingsDocument = new TypedDocumentString(`
    query ChangelogSettings {
  changelogSettings {
    eventChannels
  }
}
    `) as unknown as TypedDocumentString<ChangelogSettingsQuery, ChangelogSettingsQueryVariables>;
export const SaveChangelogSettingsDocument = new TypedDocumentString(`
    mutation SaveChangelogSettings($input: SaveChangelogSettingsInput!) {
  saveChangelogSettings(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SaveChangelogSettingsMutation, SaveChangelogSettingsMutationVariables>;
export const AddChangeDocument = new TypedDocumentString(`
    mutation AddChange($input: AddChangeInput!) {
  addChange(input: $input) {
    change {
      id
      title
    }
    replayed
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<AddChangeMutation, AddChangeMutationVariables>;
export const RecordChangeEventDocument = new TypedDocumentString(`
    mutation RecordChangeEvent($input: RecordChangeEventInput!) {
  recordChangeEvent(input: $input) {
    change {
      id
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RecordChangeEventMutation, RecordChangeEventMutationVariables>;
export const ChangelogSubscriptionsDocument = new TypedDocumentString(`
    query ChangelogSubscriptions($channel: String!) {
  changelogSubscriptions(channel: $channel) {
    id
    number
    schedule
    timeZone
    systems
    labels
    paths
    audience
    emptyPeriods
    draftFirst
    nextAt
    pausedAt
    pausedReason
  }
}
    `) as unknown as TypedDocumentString<ChangelogSubscriptionsQuery, ChangelogSubscriptionsQueryVariables>;
export const ChangelogOmittedDocument = new TypedDocumentString(`
    query ChangelogOmitted($id: ID!) {
  changelogPost(id: $id) {
    id
    state
    changelog {
      id
      omitted(first: 100) {
        edges {
          node {
            reason
            title
            of
            change {
              id
            }
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ChangelogOmittedQuery, ChangelogOmittedQueryVariables>;
export const IncludeChangesDocument = new TypedDocumentString(`
    mutation IncludeChanges($input: IncludeChangesInput!) {
  includeChanges(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<IncludeChangesMutation, IncludeChangesMutationVariables>;
export const ChangelogDraftDocument = new TypedDocumentString(`
    query ChangelogDraft($id: ID!) {
  changelogPost(id: $id) {
    id
    state
    changelog {
      audience
      entries {
        key
        section
        text
        breaking
        refs
        originalTitle
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ChangelogDraftQuery, ChangelogDraftQueryVariables>;
export const SubscribeChangelogDocument = new TypedDocumentString(`
    mutation SubscribeChangelog($input: SubscribeChangelogInput!) {
  subscribeChangelog(input: $input) {
    subscription {
      id
      number
      schedule
      timeZone
      systems
      labels
      paths
      audience
      emptyPeriods
      draftFirst
      nextAt
      pausedAt
      pausedReason
    }
    replayed
    unknownSystems
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SubscribeChangelogMutation, SubscribeChangelogMutationVariables>;
export const UpdateChangelogSubscriptionDocument = new TypedDocumentString(`
    mutation UpdateChangelogSubscription($input: UpdateChangelogSubscriptionInput!) {
  updateChangelogSubscription(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateChangelogSubscriptionMutation, UpdateChangelogSubscriptionMutationVariables>;
export const UnsubscribeChangelogDocument = new TypedDocumentString(`
    mutation UnsubscribeChangelog($input: ChangelogSubscriptionInput!) {
  unsubscribeChangelog(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UnsubscribeChangelogMutation, UnsubscribeChangelogMutationVariables>;
export const PostChangelogNowDocument = new TypedDocumentString(`
    mutation PostChangelogNow($input: AskChangelogInput!) {
  postChangelogNow(input: $input) {
    post {
      id
    }
    replayed
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<PostChangelogNowMutation, PostChangelogNowMutationVariables>;
export const PreviewChangelogDocument = new TypedDocumentString(`
    mutation PreviewChangelog($input: AskChangelogInput!) {
  previewChangelog(input: $input) {
    post {
      id
    }
    replayed
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewChangelogMutation, PreviewChangelogMutationVariables>;
export const ApproveChangelogPostDocument = new TypedDocumentString(`
    mutation ApproveChangelogPost($input: ChangelogPostInput!) {
  approveChangelogPost(input: $input) {
    waitsFor
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<ApproveChangelogPostMutation, ApproveChangelogPostMutationVariables>;
export const SkipChangelogPostDocument = new TypedDocumentString(`
    mutation SkipChangelogPost($input: ChangelogPostInput!) {
  skipChangelogPost(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SkipChangelogPostMutation, SkipChangelogPostMutationVariables>;
export const RecomposeChangelogPostDocument = new TypedDocumentString(`
    mutation RecomposeChangelogPost($input: ChangelogPostInput!) {
  recomposeChangelogPost(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RecomposeChangelogPostMutation, RecomposeChangelogPostMutationVariables>;
export const EditChangelogPostDocument = new TypedDocumentString(`
    mutation EditChangelogPost($input: EditChangelogPostInput!) {
  editChangelogPost(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<EditChangelogPostMutation, EditChangelogPostMutationVariables>;
export const SubmitLogDocument = new TypedDocumentString(`
    mutation SubmitLog($input: SubmitLogInput!) {
  submitLog(input: $input) {
    log {
      id
      status
    }
    replayed
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitLogMutation, SubmitLogMutationVariables>;
export const CancelLogDocument = new TypedDocumentString(`
    mutation CancelLog($input: CancelLogInput!) {
  cancelLog(input: $input) {
    log {
      id
      status
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelLogMutation, CancelLogMutationVariables>;
export const RetryLogDocument = new TypedDocumentString(`
    mutation RetryLog($input: RetryLogInput!) {
  retryLog(input: $input) {
    log {
      id
      status
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RetryLogMutation, RetryLogMutationVariables>;
export const LogLinesDocument = new TypedDocumentString(`
    query LogLines($logId: ID!, $from: Int!, $to: Int!) {
  logLines(logId: $logId, from: $from, to: $to) {
    number
    text
    truncated
  }
}
    `) as unknown as TypedDocumentString<LogLinesQuery, LogLinesQueryVariables>;
export const AskLogDocument = new TypedDocumentString(`
    mutation AskLog($input: AskLogInput!) {
  askLog(input: $input) {
    question {
      id
    }
    replayed
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<AskLogMutation, AskLogMutationVariables>;
export const MarkNoiseDocument = new TypedDocumentString(`
    mutation MarkNoise($input: MarkNoiseInput!) {
  markNoise(input: $input) {
    log {
      id
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<MarkNoiseMutation, MarkNoiseMutationVariables>;
export const BotSelfTestDocument = new TypedDocumentString(`
    query BotSelfTest {
  me {
    workspace {
      id
      name
    }
    scopes
  }
}
    `) as unknown as TypedDocumentString<BotSelfTestQuery, BotSelfTestQueryVariables>;
export const RateLogDocument = new TypedDocumentString(`
    mutation RateLog($input: RateLogInput!) {
  rateLog(input: $input) {
    log {
      id
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RateLogMutation, RateLogMutationVariables>;
export const TriageSettingsDocument = new TypedDocumentString(`
    query TriageSettings {
  triageSettings {
    emoji
  }
}
    `) as unknown as TypedDocumentString<TriageSettingsQuery, TriageSettingsQueryVariables>;
export const TriageAdminDocument = new TypedDocumentString(`
    query TriageAdmin {
  triageSettings {
    emoji
    threshold
    delaySeconds
    restrictedChannels
    adminChannel
    businessHours {
      timeZone
      days
      from
      to
      closedDays
    }
    answerWithin {
      priority
      minutes
      aroundTheClock
    }
    enginePrompt
  }
  categories {
    id
    name
    description
    team
    channel
    onCall
    mode
    targetPrecision
  }
  all: categories(includeRetired: true) {
    id
    name
    retiredAt
  }
}
    `) as unknown as TypedDocumentString<TriageAdminQuery, TriageAdminQueryVariables>;
export const CategoryNamesDocument = new TypedDocumentString(`
    query CategoryNames {
  categories {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<CategoryNamesQuery, CategoryNamesQueryVariables>;
export const CreateTicketDocument = new TypedDocumentString(`
    mutation CreateTicket($input: CreateTicketInput!) {
  createTicket(input: $input) {
    ticket {
      id
      number
      state
    }
    replayed
    sameThread
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTicketMutation, CreateTicketMutationVariables>;
export const PredictTicketDocument = new TypedDocumentString(`
    mutation PredictTicket($input: PredictTicketInput!) {
  predictTicket(input: $input) {
    prediction {
      category {
        id
        name
      }
      probability
      abstained
      alternatives {
        category {
          id
          name
        }
        probability
      }
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PredictTicketMutation, PredictTicketMutationVariables>;
export const SetTicketCategoryDocument = new TypedDocumentString(`
    mutation SetTicketCategory($input: SetTicketCategoryInput!) {
  setTicketCategory(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetTicketCategoryMutation, SetTicketCategoryMutationVariables>;
export const SetTicketPriorityDocument = new TypedDocumentString(`
    mutation SetTicketPriority($input: SetTicketPriorityInput!) {
  setTicketPriority(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetTicketPriorityMutation, SetTicketPriorityMutationVariables>;
export const MoveTicketDocument = new TypedDocumentString(`
    mutation MoveTicket($input: MoveTicketInput!) {
  moveTicket(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MoveTicketMutation, MoveTicketMutationVariables>;
export const MergeTicketDocument = new TypedDocumentString(`
    mutation MergeTicket($input: MergeTicketInput!) {
  mergeTicket(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<MergeTicketMutation, MergeTicketMutationVariables>;
export const WithdrawSlackTicketDocument = new TypedDocumentString(`
    mutation WithdrawSlackTicket($input: SlackMessageInput!) {
  withdrawSlackTicket(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawSlackTicketMutation, WithdrawSlackTicketMutationVariables>;
export const RefreshSlackTicketDocument = new TypedDocumentString(`
    mutation RefreshSlackTicket($input: SlackMessageInput!) {
  refreshSlackTicket(input: $input) {
    ticket {
      id
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefreshSlackTicketMutation, RefreshSlackTicketMutationVariables>;
export const SaveTriageSettingsDocument = new TypedDocumentString(`
    mutation SaveTriageSettings($input: SaveTriageSettingsInput!) {
  saveTriageSettings(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SaveTriageSettingsMutation, SaveTriageSettingsMutationVariables>;
export const SaveCategoryDocument = new TypedDocumentString(`
    mutation SaveCategory($input: SaveCategoryInput!) {
  saveCategory(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SaveCategoryMutation, SaveCategoryMutationVariables>;
export const ReviveCategoryDocument = new TypedDocumentString(`
    mutation ReviveCategory($input: ReviveCategoryInput!) {
  reviveCategory(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReviveCategoryMutation, ReviveCategoryMutationVariables>;
export const RetireCategoryDocument = new TypedDocumentString(`
    mutation RetireCategory($input: RetireCategoryInput!) {
  retireCategory(input: $input) {
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RetireCategoryMutation, RetireCategoryMutationVariables>;
export const AssignTicketDocument = new TypedDocumentString(`
    mutation AssignTicket($input: AssignTicketInput!) {
  assignTicket(input: $input) {
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<AssignTicketMutation, AssignTicketMutationVariables>;
export const TicketStandingDocument = new TypedDocumentString(`
    query TicketStanding($id: ID!) {
  ticket(id: $id) {
    state
    priority
    assignee
    dueAt
    snoozedUntil
    category {
      name
      team
    }
    prediction {
      category {
        name
      }
    }
    mergedInto {
      number
    }
  }
}
    `) as unknown as TypedDocumentString<TicketStandingQuery, TicketStandingQueryVariables>;
export const TicketLookAlikesDocument = new TypedDocumentString(`
    query TicketLookAlikes($id: ID!) {
  ticket(id: $id) {
    prediction {
      lookAlikes {
        score
        ticket {
          id
          number
          state
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TicketLookAlikesQuery, TicketLookAlikesQueryVariables>;