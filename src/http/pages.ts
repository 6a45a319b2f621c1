import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Route } from './server.ts';

const style = `
:root { color-scheme: light dark; --page: light-dark(#f3f4f6, #11151c); --card: light-dark(#fff, #1a202a); --line: light-dark(#d3d7de, #3a4250); --quiet: light-dark(#5b6472, #a0a9b8); --accent: light-dark(#1d5fd1, #7aa7ff); --bad: light-dark(#b3261e, #ff8a80); font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 4rem 1rem; background: var(--page) }
main { max-width: 36rem; margin: auto; padding: 2rem 2.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 1.5rem 0 0 } p, small { color: var(--quiet) } a { color: var(--accent) } [hidden] { display: none }
label { display: block; margin: 1.1rem 0; font-weight: 600 } small { display: block; font-weight: 400 }
input { display: block; width: 100%; margin-top: .3rem; padding: .55rem .7rem; font: inherit; font-weight: 400; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; box-sizing: border-box }
button { padding: .6rem 1.3rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: .4rem; cursor: pointer } button:disabled { opacity: .6; cursor: default }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; background: var(--page); border-radius: .4rem } li { margin: .5rem 0; color: var(--quiet) } ul { padding-left: 1.2rem }
[role=alert] { color: var(--bad); font-weight: 600 } [role=alert]:empty { display: none }`;

const script = `
const form = document.querySelector('form'), problem = document.querySelector('[role=alert]'), done = document.querySelector('section');
const make = form.querySelector('button'), commands = done.querySelector('pre'), copy = done.querySelector('button');
const ask = async (query, input, token) => {
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) }, body: JSON.stringify({ query, variables: { input } }) });
  const { data, errors } = await response.json();
  const payload = data && Object.values(data)[0];
  const failed = errors?.[0] ?? payload?.userErrors?.[0];
  if (failed) throw new Error(failed.message);
  return payload;
};
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  make.disabled = true;
  const input = Object.fromEntries(new FormData(form));
  try {
    const { session } = await ask('mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { message } } }', input);
    const { secret } = await ask('mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }', { name: 'First token', scopes: ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE'] }, session.accessToken);
    form.hidden = true;
    done.hidden = false;
    commands.textContent = 'export AIOPS_TOKEN=' + secret + '\\ncurl -T docs/examples/checkout-outage.txt -H "Authorization: Bearer $AIOPS_TOKEN" ' + location.origin + '/logs/';
    copy.hidden = !navigator.clipboard;
    done.querySelector('h1').focus();
  } catch (error) { problem.textContent = error.message; }
  make.disabled = false;
});
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(commands.textContent);
  copy.textContent = 'Copied';
});`;

const setup = page(
  'Make the first admin',
  `<form autocomplete="off">
<h1>Make the first admin</h1>
<p>This is asked once. It makes the person who looks after everybody else here.</p>
<noscript><p role="alert">This page needs JavaScript. Without it, send the mutation createFirstAdmin to /graphql.</p></noscript>
<label>One-time token <small>It is in the terminal where the server was started, after “First admin”.</small><input name="setupToken" required autocomplete="off" spellcheck="false" autofocus></label>
<label>Your name <input name="name" required autocomplete="name"></label>
<label>E-mail <small>You sign in with it. Nothing is sent to it.</small><input name="email" type="email" required autocomplete="email"></label>
<label>Password <small>12 characters or more; a few words in a row are easy to remember.</small><input name="password" type="password" minlength="12" required autocomplete="new-password"></label>
<p role="alert"></p><button>Make admin</button></form>
<section hidden><h1 tabindex="-1">Welcome</h1><p>You are the admin now. Here is a token of your own for logs, tickets and changelogs. It is shown this once, so keep it; try it on a log:</p><pre></pre>
<button type="button" hidden>Copy</button>
<h2>From here</h2><ul><li>The API is at <a href="/graphql">/graphql</a>. Its mutation signIn takes your e-mail and password.</li><li>More tokens come from createToken, more people from createUser.</li><li>To have it in Slack, follow the README.</li></ul></section>`,
  script,
);

const setUp = page(
  'There is an admin already',
  `<h1>There is an admin already</h1>
<p>The first admin was made. Ask them for an account (they have the mutation createUser), or sign in with signIn at <a href="/graphql">/graphql</a>.</p>`,
);

const landing = (hint: string): Page =>
  page(
    'AI Ops Assistant',
    `<h1>AI Ops Assistant</h1>
<p>It runs. ${hint}</p>
<ul><li><a href="/graphql">/graphql</a> is the API.</li>
<li><code>/logs/</code> takes logs: <code>curl -T docs/examples/checkout-outage.txt</code> with a token.</li>
<li><a href="/readyz">/readyz</a>, <a href="/healthz">/healthz</a> and <a href="/metrics">/metrics</a> are for machines.</li></ul>`,
  );

const firstDay = landing('On the first day, <a href="/setup">make the first admin</a>.');
const otherDays = landing('The mutations signIn and createToken at /graphql give you a token.');

/**
 * The page behind the link that the server prints when there is nobody yet, and the one at the root. The token is typed in, so it is in no URL.
 */
export const pages = (needsFirstAdmin: () => Promise<boolean>): Route[] => [
  { path: '/setup', handle: async (_request, response) => answerPage(response, (await needsFirstAdmin()) ? setup : setUp) },
  { path: '/', handle: async (_request, response) => answerPage(response, (await needsFirstAdmin()) ? firstDay : otherDays) },
];

type Page = { html: string; policy: string };

function page(title: string, body: string, code?: string): Page {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><main>${body}</main>${code ? `<script>${code}</script>` : ''}</html>`,
    policy: `default-src 'none'; style-src ${hash(style)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'${code ? `; script-src ${hash(code)}` : ''}`,
  };
}

const answerPage = (response: ServerResponse, { html, policy }: Page): void => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(html);
};
