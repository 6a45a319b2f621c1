/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type BusinessHoursInput = {
  days: Array<number>;
  from: string;
  timeZone: string;
  to: string;
};

export type CancelLogInput = {
  id: string;
};

export type CreateTicketInput = {
  /** Chosen by a person in a form; then nothing is predicted over it. */
  categoryId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  priority?: TicketPriority | null | undefined;
  replyTo?: ReplyToInput | null | undefined;
  /** Who asked, when it is not the caller, e.g. slack:T1:U1. */
  reporter?: string | null | undefined;
  /** Content that lives in Slack; a job reads it with the bot's token. */
  slack?: SlackOriginInput | null | undefined;
  text?: string | null | undefined;
  title?: string | null | undefined;
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

export type PredictTicketInput = {
  text: string;
  title?: string | null | undefined;
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

export type SaveCategoryInput = {
  channel?: string | null | undefined;
  description: string;
  id?: string | null | undefined;
  mode?: TriageMode;
  name: string;
  onCall?: string | null | undefined;
  targetPrecision?: number;
  team: string;
};

export type SaveTriageSettingsInput = {
  adminChannel?: string | null | undefined;
  businessHours?: BusinessHoursInput | null | undefined;
  delaySeconds?: number | null | undefined;
  emoji?: string | null | undefined;
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

export type TicketMove =
  | 'NOT_A_TICKET'
  | 'REOPEN'
  | 'RESOLVE'
  | 'RETURN'
  | 'SNOOZE'
  | 'TAKE';

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

export type UserErrorCode =
  | 'BAD_INPUT'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'TOO_LARGE';

/** Where long work stands; the same for every module. */
export type WorkStatus =
  | 'CANCELLED'
  /** The first beat is there: the digest, computed by us. */
  | 'DIGESTED'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED';

export type SubmitLogMutationVariables = Exact<{
  input: SubmitLogInput;
}>;


export type SubmitLogMutation = { submitLog: { replayed: boolean, log: { id: string, status: WorkStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

export type CancelLogMutationVariables = Exact<{
  input: CancelLogInput;
}>;


export type CancelLogMutation = { cancelLog: { log: { id: string, status: WorkStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type LogLinesQueryVariables = Exact<{
  logId: string;
  from: number;
  to: number;
}>;


export type LogLinesQuery = { logLines: Array<{ number: number, text: string, truncated: boolean }> };

export type BotSelfTestQueryVariables = Exact<{ [key: string]: never; }>;


export type BotSelfTestQuery = { me: { scopes: Array<TokenScope>, workspace: { id: string, name: string } } };

export type TriageSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type TriageSettingsQuery = { triageSettings: { emoji: string, restrictedChannels: Array<string> } };

export type TriageAdminQueryVariables = Exact<{ [key: string]: never; }>;


export type TriageAdminQuery = { triageSettings: { emoji: string, threshold: number, delaySeconds: number, restrictedChannels: Array<string>, adminChannel: string | null, businessHours: { timeZone: string, days: Array<number>, from: string, to: string } }, categories: Array<{ id: string, name: string, description: string, team: string, channel: string | null, onCall: string | null, mode: TriageMode, targetPrecision: number }> };

export type CategoryNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoryNamesQuery = { categories: Array<{ id: string, name: string }> };

export type CreateTicketMutationVariables = Exact<{
  input: CreateTicketInput;
}>;


export type CreateTicketMutation = { createTicket: { replayed: boolean, ticket: { id: string, number: number, state: TicketState } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: string | null }> } };

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


export type MergeTicketMutation = { mergeTicket: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

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

export type RetireCategoryMutationVariables = Exact<{
  input: RetireCategoryInput;
}>;


export type RetireCategoryMutation = { retireCategory: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

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
export const LogLinesDocument = new TypedDocumentString(`
    query LogLines($logId: ID!, $from: Int!, $to: Int!) {
  logLines(logId: $logId, from: $from, to: $to) {
    number
    text
    truncated
  }
}
    `) as unknown as TypedDocumentString<LogLinesQuery, LogLinesQueryVariables>;
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
export const TriageSettingsDocument = new TypedDocumentString(`
    query TriageSettings {
  triageSettings {
    emoji
    restrictedChannels
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
    }
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