import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Route } from './server.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 42rem; margin: 4rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } label { display: block; margin: .8rem 0 } input { display: block; width: 100%; padding: .5rem; font: inherit; box-sizing: border-box }
button { padding: .6rem 1.2rem; font: inherit; margin-top: .5rem } pre { padding: 1rem; overflow: auto; background: color-mix(in srgb, currentColor 8%, transparent); border-radius: .4rem }
[role=alert] { color: #c33 }`;

const script = `
const form = document.querySelector('form'), problem = document.querySelector('[role=alert]'), done = document.querySelector('section');
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
  const input = Object.fromEntries(new FormData(form));
  try {
    const { session } = await ask('mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { message } } }', input);
    const { secret } = await ask('mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }', { name: 'First token', scopes: ['LOGS_READ', 'LOGS_WRITE'] }, session.accessToken);
    form.hidden = true;
    done.hidden = false;
    done.querySelector('pre').textContent = 'export AIOPS_TOKEN=' + secret + '\\ncurl -T app.log -H "Authorization: Bearer $AIOPS_TOKEN" ' + location.origin + '/logs';
  } catch (error) { problem.textContent = error.message; }
});`;

const setup = page(
  'Make the first admin',
  `<h1>Make the first admin</h1>
<p>The one-time token is in the terminal where the server was started.</p>
<form autocomplete="off">
<label>One-time token <input name="setupToken" required autocomplete="off"></label>
<label>Your name <input name="name" required autocomplete="name"></label>
<label>E-mail <input name="email" type="email" required autocomplete="email"></label>
<label>Password, 12 characters or more <input name="password" type="password" minlength="12" required autocomplete="new-password"></label>
<p role="alert"></p><button>Make admin</button></form>
<section hidden><h2>Welcome</h2><p>This is your personal token; it is shown this once. Try it on a log:</p><pre></pre><p>The API itself is at <a href="/graphql">/graphql</a>.</p></section>`,
  script,
);

const landing = page(
  'AI Ops Assistant',
  `<h1>AI Ops Assistant</h1>
<p>It runs. <a href="/graphql">/graphql</a> is the API, <code>/logs</code> takes logs (<code>curl -T app.log</code>), <a href="/readyz">/readyz</a> and <a href="/metrics">/metrics</a> are for machines. On the first day, <a href="/setup">make the first admin</a>.</p>`,
);

/** The page behind the link that the server prints when there is nobody yet. The token is typed in, so it is in no URL. */
export const setupPage: Route = { path: '/setup', handle: (_request, response) => answerPage(response, setup) };

export const landingPage: Route = { path: '/', handle: (_request, response) => answerPage(response, landing) };

type Page = { html: string; policy: string };

function page(title: string, body: string, code?: string): Page {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style>${body}${code ? `<script>${code}</script>` : ''}</html>`,
    policy: `default-src 'none'; style-src ${hash(style)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'${code ? `; script-src ${hash(code)}` : ''}`,
  };
}

const answerPage = (response: ServerResponse, { html, policy }: Page): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  response.end(html);
};
