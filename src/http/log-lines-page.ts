import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { LogService } from '#src/logs/service.ts';

type Deps = { logs: Pick<LogService, 'log' | 'logLines'> };

const SHOWN = 200;
const AROUND = 5;
const MOST = 1_000;

export type LinesAsked = { logId: string; from: number; to: number };

/** `/logs/log_…?lines=120-140`; without lines the first ones. Null when the path names no log. Throws BAD_INPUT. */
export const parseLinesAsked = (url: URL): LinesAsked | null => {
  const logId = /^\/logs\/(log_\w+)\/?$/.exec(url.pathname)?.[1];
  if (!logId) return null;
  const lines = url.searchParams.get('lines');
  if (lines === null) return { logId, from: 1, to: SHOWN };
  const [, first, last] = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(lines) ?? [];
  if (!first || Number(first) < 1 || (last !== undefined && Number(last) < Number(first)))
    throw new AppError('BAD_INPUT', 'Lines are asked for as ?lines=120-140, counted from 1.', { field: 'lines' });
  return { logId, from: Number(first), to: last === undefined ? Number(first) : Number(last) };
};

export type LinesPage = {
  title: string;
  from: number;
  to: number;
  lines: { number: number; text: string; truncated: boolean }[];
  cut: boolean;
};

/** The lines asked for, with a few around them. Throws NOT_FOUND, FORBIDDEN. */
export const readLinesPage = async ({ logs }: Deps, actor: Actor, { logId, from, to }: LinesAsked): Promise<LinesPage> => {
  const log = await logs.log(actor, logId);
  if (!log) throw new AppError('NOT_FOUND', 'That log was not found. Check the address; logs of other workspaces cannot be seen.');
  const first = Math.max(1, from - AROUND);
  const last = Math.min(to + AROUND, first + MOST - 1);
  return { title: log.title, from, to, lines: await logs.logLines(actor, logId, first, last), cut: to + AROUND > last };
};

/** For a terminal: number, mark, text. */
export const linesAsText = ({ lines, from, to }: LinesPage): string =>
  lines
    .map(({ number, text, truncated }) => `${number}${number >= from && number <= to ? ':' : '-'} ${text}${truncated ? ' …' : ''}\n`)
    .join('');

/** For a browser. Everything of the log is text: nothing in it can act, and nothing is fetched from anywhere. */
export const linesAsHtml = (page: LinesPage): string => {
  const { title, lines, from, to, cut } = page;
  const which = from === to ? `Line ${from}` : `Lines ${from}–${to}`;
  const rows = lines
    .map(
      ({ number, text, truncated }) =>
        `<tr${number >= from && number <= to ? ' class="asked"' : ''} id="L${number}"><td>${number}</td><td>${escapeHtml(text)}${truncated ? ' …' : ''}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}: ${which.toLowerCase()}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style>
<h1>${escapeHtml(title)}</h1>
<p>${which}${cut ? ', as many as are shown at once' : ''}</p>
<table>
${rows || '<tr><td></td><td>These lines are not there.</td></tr>'}
</table>
</html>
`;
};

export const style = `:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}body{margin:1.5rem}h1{font-size:1.1rem;overflow-wrap:anywhere}
table{border-collapse:collapse;font-family:ui-monospace,monospace;font-size:.85rem}td{padding:0 .6rem;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}
td:first-child{text-align:right;white-space:nowrap;overflow-wrap:normal;opacity:.6;user-select:none}.asked{background:light-dark(#fff3c4,#4a4012)}`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
