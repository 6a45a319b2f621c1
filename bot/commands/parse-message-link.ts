export type MessageLink = { channel: string; ts: string; threadTs?: string };

/** The address when a text is a link and nothing else, as people type it or as Slack wraps it. */
export const loneLink = (text: string): string | null => LONE_LINK.exec(text.trim())?.[1]?.replaceAll('&amp;', '&') ?? null;

/** What "Copy link" on a message gives, and where it leads; `threadTs` when that message is a reply. */
export const parseMessageLink = (url: string): MessageLink | null => {
  const [, channel, seconds, micros, query] = MESSAGE_LINK.exec(url) ?? [];
  if (!channel || !seconds || !micros) return null;
  const ts = `${seconds}.${micros}`;
  const threadTs = new URLSearchParams(query).get('thread_ts');
  return {
    channel: channel.toUpperCase(),
    ts,
    ...(threadTs && /^\d+\.\d+$/.test(threadTs) && threadTs !== ts ? { threadTs } : {}),
  };
};

const LONE_LINK = /^<?(https?:\/\/[^\s|>]+)(?:\|[^>\n]*)?>?$/i;
const MESSAGE_LINK = /^https?:\/\/(?:[\w-]+\.)*slack(?:-gov)?\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?(.*))?$/i;
