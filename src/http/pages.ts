import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Route } from './server.ts';

const style = `
:root { color-scheme: light dark; --page: light-dark(#f3f4f6, #11151c); --card: light-dark(#fff, #1a202a); --line: light-dark(#d3d7de, #3a4250); --quiet: light-dark(#5b6472, #a0a9b8); --accent: light-dark(#1d5fd1, #7aa7ff); --bad: light-dark(#b3261e, #ff8a80); font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 4rem 1rem; background: var(--page) }
main { max-width: 36rem; margin: auto; padding: 2rem 2.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
header { max-width: 41rem; margin: 0 auto 1rem; font-weight: 600 } header a { color: inherit; text-decoration: none }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 1.5rem 0 0 } p, small { color: var(--quiet) } a { color: var(--accent) } [hidden] { display: none }
label { display: block; margin: 1.1rem 0; font-weight: 600 } small { display: block; font-weight: 400 }
input, textarea { display: block; width: 100%; margin-top: .3rem; padding: .55rem .7rem; font: inherit; font-weight: 400; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; box-sizing: border-box }
button { padding: .6rem 1.3rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: .4rem; cursor: pointer } button:disabled { opacity: .6; cursor: default }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px } input:focus-visible { outline-offset: -1px } input:user-invalid { border-color: var(--bad) }
.line { display: flex; gap: .5rem; align-items: center; margin: -.6rem 0 1.1rem; font-weight: 400 } .line input { width: auto; margin: 0 } main > :last-child, main > :last-child > :last-child { margin-bottom: 0 }
textarea { min-height: 9rem; font: .875rem/1.4 ui-monospace, monospace; resize: vertical } pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; background: var(--page); border-radius: .4rem } li { margin: .5rem 0; color: var(--quiet) } ul { padding-left: 1.2rem }
main form + div:not(:empty) { margin-top: 1.5rem } [role=alert] { color: var(--bad); font-weight: 600 } [role=alert]:empty { display: none }`;

const script = `
const form = document.querySelector('form'), problem = document.querySelector('[role=alert]:not(noscript *)'), done = document.querySelector('section');
const send = form.querySelector('button:not([type])'), commands = done.querySelector('pre'), copy = done.querySelector('button');
const trial = done.querySelector('form'), said = done.querySelector('[aria-live]');
let token;
const { setupToken, password, shown } = form.elements, left = form.querySelector('output');
const ask = async (query, variables, bearer) => {
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...(bearer ? { authorization: 'Bearer ' + bearer } : {}) }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  const payload = data && Object.values(data)[0];
  const failed = errors?.[0] ?? payload?.userErrors?.[0];
  if (failed) throw new Error(failed.message);
  return payload;
};
if (setupToken && location.hash.length > 1) {
  setupToken.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  form.elements.name.focus();
}
shown.addEventListener('change', () => { password.type = shown.checked ? 'text' : 'password'; });
if (left) password.addEventListener('input', () => {
  const missing = password.minLength - password.value.length;
  left.textContent = missing > 0 ? missing + ' more to go' : 'long enough';
});
const enter = setupToken
  ? 'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { message } } }'
  : 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }';
const wished = ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE'];
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  send.disabled = true;
  try {
    const { session } = await ask(enter, { input: Object.fromEntries(new FormData(form)) });
    const { scopes } = await ask('{ me { scopes } }', {}, session.accessToken);
    const input = { name: form.dataset.token, scopes: wished.filter((scope) => scopes.includes(scope)) };
    const { secret } = await ask('mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }', { input }, session.accessToken);
    form.hidden = true;
    done.hidden = false;
    trial.hidden = !input.scopes.includes('LOGS_WRITE');
    token = secret;
    commands.textContent = 'export AIOPS_TOKEN=' + secret + '\\ncurl -T docs/examples/checkout-outage.txt -H "Authorization: Bearer $AIOPS_TOKEN" ' + location.origin + '/logs/';
    copy.hidden = !navigator.clipboard;
    done.querySelector('h1').focus();
  } catch (error) { problem.textContent = error.message; }
  send.disabled = false;
});
const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
const listed = (title, claims) => {
  const list = make('ul', '');
  list.append(...claims.map(({ text, evidence: [found] }) => make('li', text + (found?.lines ? ' (line ' + found.lines.from + ')' : ''))));
  return claims.length > 0 ? [make('h2', title), list] : [];
};
const finished = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
trial.addEventListener('submit', async (event) => {
  event.preventDefault();
  const start = trial.querySelector('button');
  start.disabled = true;
  said.textContent = 'Reading …';
  try {
    const { log } = await ask('mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } userErrors { message } } }', { input: { text: trial.elements.text.value, title: 'Pasted in the browser' } }, token);
    let summary;
    do {
      await new Promise((resolve) => setTimeout(resolve, 500));
      summary = await ask('query ($id: ID!) { logSummary(logId: $id) { status headline whatIsGoingOn { ...claim } likelyCauses { ...claim } nextSteps { ...claim } failure { message } } } fragment claim on Claim { text evidence { lines { from } } }', { id: log.id }, token);
    } while (!finished.includes(summary.status));
    said.replaceChildren(make('h2', summary.headline ?? summary.failure?.message ?? 'There is no summary.'), ...listed('What is going on', summary.whatIsGoingOn), ...listed('What likely caused it', summary.likelyCauses), ...listed('What to do next', summary.nextSteps));
  } catch (error) { said.textContent = error.message; }
  start.disabled = false;
});
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(commands.textContent);
  copy.textContent = 'Copied';
});`;

const showIt = '<label class="line"><input type="checkbox" id="shown"> Show it</label>';
const welcome = (title: string, opening: string): string =>
  `<section hidden><h1 tabindex="-1">${title}</h1><p>${opening} It is shown this once, so keep it; try it on a log:</p><pre></pre>
<button type="button" hidden>Copy</button>
<form><label>Or paste one here <textarea name="text" required spellcheck="false"></textarea></label><button>Summarize</button></form>
<div aria-live="polite"></div>
<h2>From here</h2><ul><li><a href="/graphql">/graphql</a> is the API; send the token as <code>Authorization: Bearer …</code>.</li><li>More tokens come from its mutation createToken, more people from createUser.</li><li>To have it in Slack, follow the README.</li></ul></section>`;

const setup = page(
  'Make the first admin',
  `<form autocomplete="off" data-token="First token">
<h1>Make the first admin</h1>
<p>This is asked once. It makes the person who looks after everybody else here.</p>
<noscript><p role="alert">This page needs JavaScript. Without it, send the mutation createFirstAdmin to /graphql.</p></noscript>
<label>One-time token <small>It is in the terminal where the server was started, after “First admin”; the link there fills it in.</small><input name="setupToken" required autocomplete="off" spellcheck="false" autofocus></label>
<label>Your name <input name="name" required autocomplete="name"></label>
<label>E-mail <small>You sign in with it. Nothing is sent to it.</small><input name="email" type="email" required autocomplete="email"></label>
<label>Password <small>12 characters or more (<output>a few words in a row are easy to remember</output>).</small><input name="password" type="password" minlength="12" required autocomplete="new-password"></label>${showIt}
<p role="alert"></p><button>Make admin</button></form>
${welcome('Welcome', 'You are the admin now. Here is a token of your own for logs, tickets and changelogs.')}`,
  script,
);

const setUp = page(
  'There is an admin already',
  `<h1>There is an admin already</h1>
<p>The first admin was made. Ask them for an account, or <a href="/">sign in</a>.</p>`,
);

const firstDay = page(
  'Welcome',
  `<h1>It runs</h1>
<p>It summarises logs, triages tickets and writes changelogs, in Slack and by an API. One thing is left to do: <a href="/setup">make the first admin</a>.</p>`,
);

const otherDays = page(
  'Sign in',
  `<form data-token="Token from the start page">
<h1>Get a token</h1>
<p>Sign in, and you get a token of your own for logs, tickets and changelogs. The rest happens in Slack, or at the <a href="/graphql">API</a>.</p>
<noscript><p role="alert">This page needs JavaScript. Without it, send the mutations signIn and createToken to /graphql.</p></noscript>
<label>E-mail <input name="email" type="email" required autocomplete="username"></label>
<label>Password <input name="password" type="password" required autocomplete="current-password"></label>${showIt}
<p role="alert"></p><button>Make a token</button></form>
${welcome('Here it is', 'A token of your own for logs, tickets and changelogs, as far as your role goes.')}`,
  script,
);

const readScript = `
const form = document.querySelector('form'), problem = document.querySelector('[role=alert]:not(noscript *)');
const { email, password, shown } = form.elements, send = form.querySelector('button'), kept = 'aiops-access-token';
shown.addEventListener('change', () => { password.type = shown.checked ? 'text' : 'password'; });
const signIn = async (input) => {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }';
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { input } }) });
  const { data, errors } = await response.json();
  const failed = errors?.[0] ?? data.signIn.userErrors[0];
  if (failed) throw new Error(failed.message);
  return data.signIn.session.accessToken;
};
const read = async (token) => {
  const response = await fetch(location.href, { headers: { accept: 'text/html', authorization: 'Bearer ' + token } });
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (response.status === 401) localStorage.removeItem(kept);
  if (!response.ok) throw new Error(response.status === 401 ? 'Sign in again.' : answer.querySelector('p').textContent);
  // A token of somebody's own lives too long to lie about.
  if (!token.startsWith('aiops_')) localStorage.setItem(kept, token);
  document.replaceChild(document.adoptNode(answer.documentElement), document.documentElement);
};
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  send.disabled = true;
  try { await read(password.value.startsWith('aiops_') ? password.value : await signIn({ email: email.value, password: password.value })); }
  catch (error) { problem.textContent = error.message; }
  send.disabled = false;
});
const known = localStorage.getItem(kept);
if (known) read(known).catch((error) => { problem.textContent = error.message; });`;

/**
 * What a browser meets before a page that needs somebody: they sign in, and it is fetched and shown in this one's place. The access token, which
 * soon ends, is kept for the next such page; a page's own style must be allowed here.
 */
export const readDoor = (styleOfPage: string): Page =>
  page(
    'Sign in to read',
    `<form>
<h1>Sign in to read this</h1>
<p>These lines are for people of their workspace.</p>
<noscript><p role="alert">This page needs JavaScript. Without it: curl -H "Authorization: Bearer $AIOPS_TOKEN" and this address.</p></noscript>
<label>E-mail <input name="email" type="email" autocomplete="username"></label>
<label>Password <small>Or a token of yours, aiops_…, without an e-mail.</small><input name="password" type="password" required autocomplete="current-password"></label>${showIt}
<p role="alert"></p><button>Read</button></form>`,
    readScript,
    [style, styleOfPage],
  );

/** What a browser is shown where a program would get a code. */
export const problemPage = (sentence: string, status: number): Page => {
  const title = status === 404 ? 'Nothing here' : 'That did not work';
  return page(title, `<h1>${title}</h1><p>${escapeHtml(sentence)}</p><p><a href="/">Start page</a></p>`);
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The page behind the link that the server prints when there is nobody yet, and the one at the root. The token is in the link's fragment, which browsers
 * send to nobody.
 */
export const pages = (needsFirstAdmin: () => Promise<boolean>): Route[] => [
  { path: '/setup', handle: async (_request, response) => answerPage(response, (await needsFirstAdmin()) ? setup : setUp) },
  { path: '/', handle: async (_request, response) => answerPage(response, (await needsFirstAdmin()) ? firstDay : otherDays) },
];

export type Page = { html: string; policy: string };

function page(title: string, body: string, code?: string, styles = [style]): Page {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · AI Ops Assistant</title><style>${style}</style><header><a href="/">AI Ops Assistant</a></header><main>${body}</main>${code ? `<script>${code}</script>` : ''}</html>`,
    policy: `default-src 'none'; style-src ${styles.map(hash).join(' ')}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'${code ? `; script-src ${hash(code)}` : ''}`,
  };
}

export const answerPage = (response: ServerResponse, { html, policy }: Page, status = 200): void => {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(html);
};
