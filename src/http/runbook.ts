import { readFileSync } from 'node:fs';
import type { Route } from './server.ts';

/** `/runbook#alertname`: docs/runbook.md as it is written, with a place to jump to for each alert, so that a link in an alert leads somewhere. */
export const runbook = (): Route => {
  const [preface = '', ...sections] = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8').split(/^## /m);
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Runbook</title>
<body><pre style="white-space: pre-wrap; max-width: 60rem; margin: 2rem auto; padding: 0 1rem">${inHtml(preface)}</pre>
${sections.map(drawSection).join('\n')}</body></html>\n`;
  return {
    path: '/runbook',
    handle(_request, response) {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'x-content-type-options': 'nosniff',
      });
      response.end(page);
    },
  };
};

const drawSection = (section: string): string => {
  const [title = '', ...text] = section.split('\n');
  return `<section id="${inHtml(title.trim().toLowerCase())}" style="max-width: 60rem; margin: 2rem auto; padding: 0 1rem"><h2>${inHtml(title)}</h2>
<pre style="white-space: pre-wrap">${inHtml(text.join('\n').trim())}</pre></section>`;
};

const inHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
