#!/usr/bin/env node
// Plain JavaScript, for an older Node to say what it lacks: npx brings Node 24 along.
import { fileURLToPath } from 'node:url';

const commands = {
  start: ['main.ts', 'starts everything; with api, bot or worker behind it, those parts'],
  migrate: ['main.ts', 'brings the database up to date and ends', 'migrate'],
  doctor: ['doctor.ts', 'says what is wrong with the set-up, and what to do'],
  summarize: ['summarize.ts', 'FILE: one log, here in the terminal'],
  changes: ['changes.ts', 'preview: a changelog of a git repository; push: its changes to a server'],
  'triage-report': ['triage-report.ts', 'how predictions compare with what people decided'],
};

const usage = ['Usage: npx aiops COMMAND [-- OPTIONS]', ...Object.entries(commands).map(([name, [, does]]) => `  ${name.padEnd(14)}${does}`)];

const main = async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name)) {
    const isHelp = ['', '-h', '--help', 'help'].includes(name);
    console[isHelp ? 'log' : 'error']([...(isHelp ? [] : [`"${name}" is not a command.`]), ...usage].join('\n'));
    process.exitCode = isHelp ? 0 : 1;
    return;
  }
  if (Number.parseInt(process.versions.node, 10) < 24) {
    console.error(`This is Node ${process.versions.node}; it takes 24. "npx aiops ${name}" brings it along.`);
    process.exitCode = 1;
    return;
  }
  const [script, , ...first] = commands[name];
  const root = new URL('../', import.meta.url);
  // As npm does: settings and data lie here, and files are named from where it was called.
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(fileURLToPath(root));
  const file = new URL(`src/${script}`, root);
  process.argv.splice(1, process.argv.length - 1, fileURLToPath(file), ...first, ...(args[0] === '--' ? args.slice(1) : args));
  await import('../src/compile-cache.js');
  await import(file.href);
};

await main();
