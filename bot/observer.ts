/** What can be watched from outside; metrics are attached here and nowhere else in the bot. All times are seconds. */
export type BotObserver = {
  /** One thing Slack sent was answered: `seconds` from its arrival to our acknowledgement. */
  acked?(kind: EntryKind, seconds: number): void;
  /** One Web API call; outcome is 'ok', Slack's error code, 'rate_limited', 'http_500' or 'no_answer'. */
  call?(method: string, outcome: string, seconds: number): void;
  rateLimited?(method: string, seconds: number): void;
  /** One thing Slack sent is worked on, under a name such as 'event message'. */
  around?<Answer>(entry: string, work: () => Promise<Answer>): Promise<Answer>;
  /** Slack delivered something again, with its reason (e.g. 'http_timeout'). */
  retryReceived?(reason: string): void;
};

export type EntryKind = 'command' | 'shortcut' | 'event' | 'view' | 'action';
