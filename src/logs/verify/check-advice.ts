import { failureKinds } from '#src/logs/failures/failure-kinds.ts';
import type { Supported } from './check-evidence.ts';
import { sourceOf } from './check-source.ts';
import { readWording } from './read-wording.ts';
import { acronyms, glue, products, timeWords } from './vocabulary.ts';

/**
 * Advice may be general. But what it names (a host, a service, a product, a person, a number, a time) must be in the log, tools aside; and
 * nothing that cannot be taken back is ever advised, least of all by a log that asks for it.
 */
export const isAdvice = (text: string, log: Supported, cited: Supported): boolean => {
  if (ours.has(text)) return true;
  if (destructive.test(text) || !commandsOf(text).every((command) => isOurs(command) || sourceOf(log).hasPhrase(command))) return false;
  const { words, phrases } = readWording(text);
  const quoted = phrases.flatMap((phrase) => phrase.split(/\s+/).map((word) => ({ text: word, lower: word.toLowerCase(), opens: false })));
  return (
    words.every((word) => word.fact !== null || (word.plain && !mustStand(word.lower)) || isPlain(word) || stands(word.text, log, cited)) &&
    quoted.every((word) => isPlain(word) || stands(word.text, log, cited))
  );
};

const mustStand = (lower: string): boolean => products.has(lower) || timeWords.has(lower);

const stands = (word: string, log: Supported, cited: Supported): boolean =>
  sourceOf(log).has(word) || (/\d/.test(word) && (sourceOf(log).hasTime(word) || sourceOf(cited).hasLine(word)));

/** Names nothing: a word, a tool, a short form everybody uses. */
const isPlain = ({ text, lower, opens }: { text: string; lower: string; opens: boolean }): boolean => {
  if (tools.has(lower) || acronyms.has(text) || common.test(text)) return true;
  if (/\d|@/.test(text) || mustStand(lower)) return false;
  // 'FLUSHALL'
  if (/^\p{Lu}{4,}$/u.test(text)) return levelNames.test(text);
  if (/^\p{Lu}\p{Ll}/u.test(text)) return opens || glue.has(lower);
  // 'orders-db', 'billing_worker': a name; 'back-off' and 'read-only' are words.
  return !/\p{L}_\p{L}/u.test(text) && !(/\p{L}-\p{L}/u.test(text) && namedParts.test(text));
};

const namedParts =
  /-(?:db|api|svc|service|worker|server|prod|dev|test|staging|cluster|node|queue|gateway|app|web|cache)$|^(?:prod|staging|dev)-/i;

const ourCommands: ReadonlySet<string> = new Set(
  failureKinds.flatMap(({ steps }) => steps.flatMap((step) => [...step.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command))),
);

// What we ship is general knowledge, and names tools.
const ours: ReadonlySet<string> = new Set(failureKinds.flatMap(({ steps }) => steps));

const levelNames = /^(?:ERROR|FATAL|WARN|WARNING|INFO|DEBUG|HEAD|PATCH|HOST|PORT|NAME|SELECT|NOTE)$/;

/** Whatever is to be typed: between backticks, or a program with what follows it. */
const commandsOf = (text: string): string[] => {
  const typed = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, command = '']) =>
    command.trim().includes(' ') || program.test(command) ? [command.trim()] : [],
  );
  const prose = text.replace(/`[^`]*`/g, ' ');
  const called = [...prose.matchAll(calls)].map(([command]) => command.trim());
  return [...typed, ...called];
};

const programs = String.raw`(?:[a-z][\w.]*-cli|[a-z]\w*ctl|rm|mv|dd|kill|pkill|killall|shutdown|reboot|halt|helm|terraform|aws|gcloud|az|mongosh?|nodetool|kafka-[\w-]+|docker|git|apt(?:-get)?|yum|dnf|brew|pip|chmod|chown|iptables|swapoff|crontab|wget|scp|rsync|psql|mysql|mysqladmin|service|sudo|sh|bash|zsh|python\d?|node|npx|npm|yarn|curl)`;
const program = new RegExp(String.raw`^${programs}(?:\s|$)`);
// A program's name alone is a word; with what it is told to do it is a command.
const calls = new RegExp(
  String.raw`(?<![\w/.-])(?!(?:node|service|kill|host) )${programs} +(?!(?:to|and|or|on|in|for|with|is|at|the|a|by|of|that|which|from)\b)[\w./:=-]+`,
  'g',
);

/** What we would type ourselves: it looks, and changes nothing. */
const isOurs = (command: string): boolean => (ourCommands.has(command) || looking.test(command)) && !/[;&|<>$]/.test(command);

const looking =
  /^(?:kubectl (?:-n \S+ )?(?:get|describe|logs|top|events|explain|rollout (?:status|history))|systemctl (?:status|show|cat|list-\w+|is-\w+)|journalctl|docker (?:ps|logs|inspect|stats|events|info)|git (?:log|diff|show|status|blame|bisect)|npm (?:ls|test|audit|outdated|view)|redis-cli (?:info|ping|dbsize|slowlog|client list|config get|memory)|helm (?:status|history|list)|(?:psql|mysql|redis-cli|mongosh)$|curl -[Iv]|service \w+ status|(?:df|du|free|ps|top|htop|uptime|vmstat|iostat|lsof|ss|netstat|dig|nslookup|host|getent|ping|traceroute|dmesg|tail|head|grep|less|ls|ulimit|openssl (?:s_client|x509|verify)|nc -z|jstack|jmap|strace|tcpdump|telnet)\b)/i;

const destructive =
  /\brm\s+-\w*[rf]|\bmkfs\b|\bdd\s+if=|\b(?:drop|truncate|delete|wipe|erase|destroy|purge)\s+(?:the |all |any |every |your |a )*(?:\w+ )?(?:databases?|tables?|schemas?|data|backups?|volumes?|logs?|buckets?|records?|rows|users?|accounts?|files|clusters?|namespaces?)\b|\bformat\s+(?:the |a )?(?:disk|drive|volume)|\b(?:disable|turn off|switch off|bypass|skip)\s+(?:the |all |any )*(?:firewall|auth\w*|tls|ssl|certificate|security|verification|password|mfa|2fa|encryption|audit)|chmod\s+(?:-R\s+)?777|kill\s+-9\s+(?:-1|1\b)|curl\b.*\|\s*(?:ba|z)?sh|force[- ]push|git\s+push\s+(?:-f|--force)|\bshut ?down\s+(?:the )?(?:production|database)|\b(?:drop|delete|wipe|erase|destroy|purge|flush|truncate|format|decommission|nuke)\s+(?:the |all |any |every |of |from )*`?[\w./]*[-_\d/][\w./-]*|\bflush(?:all|db)\b/i;

const tools: ReadonlySet<string> = new Set(
  `kubectl systemctl journalctl docker git npm pg_stat_activity explain df du lsof ss netstat curl openssl s_client dig nslookup getent top htop free iostat vmstat
  dmesg tcpdump strace jstack jmap gdb ulimit ps grep tail psql mysql ping traceroute nc telnet ssh sudo vacuum analyze show processlist -h -x -p -ltnp -l`.split(
    /\s+/,
  ),
);

const common =
  /^(?:ipv[46]|utf-?8|oauth2?|x509|http\/[12](?:\.[01])?|h2|p\d{2}|[45]xx|sha-?\d+|tls(?:v?1(?:\.[0-3])?)?|e\.g|i\.e|24\/7|i\/o|-\d{1,2})$/i;
