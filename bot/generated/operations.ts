/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CancelLogInput = {
  id: string;
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

/** What a token may do. */
export type TokenScope =
  /** Act for a Slack user (the bot). */
  | 'ACT_FOR_SLACK'
  /** Manage people and tokens. */
  | 'ADMIN'
  /** Read logs and summaries. */
  | 'LOGS_READ'
  /** Submit and cancel logs. */
  | 'LOGS_WRITE';

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