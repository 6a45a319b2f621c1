/** What a process does: serves the API, talks with Slack, works on jobs. */
export const roles = ['api', 'bot', 'worker'] as const;
export type Role = (typeof roles)[number];
