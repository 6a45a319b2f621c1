import type { Supported } from './check-evidence.ts';
import { sourceOf } from './check-source.ts';
import { failureKinds } from './failure-kinds.ts';
import { readWording } from './read-wording.ts';
import { acronyms, glue, products, timeWords } from './vocabulary.ts';

/**
 * Advice may be general. But what it names (a host, a service, a product, a person, a number, a time) must be in the log, tools aside; and
 * nothing that cannot be taken back is ever advised, least of all by a log that asks for it.
 */
export const isAdvice = (text: string, log: Supported, cited: Supported): boolean => {
  if (ours.has(text)) return true;
  if (destructive.test(text)) return false;
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
  if (/^\p{Lu}\p{Ll}/u.test(text)) return opens || glue.has(lower);
  // 'orders-db', 'billing_worker': a name; 'back-off' and 'read-only' are words.
  return !/\p{L}_\p{L}/u.test(text) && !(/\p{L}-\p{L}/u.test(text) && namedParts.test(text));
};

const namedParts =
  /-(?:db|api|svc|service|worker|server|prod|dev|test|staging|cluster|node|queue|gateway|app|web|cache)$|^(?:prod|staging|dev)-/i;

// What we ship is general knowledge, and names tools.
const ours: ReadonlySet<string> = new Set(failureKinds.flatMap(({ steps }) => steps));

const destructive =
  /\brm\s+-\w*[rf]|\bmkfs\b|\bdd\s+if=|\b(?:drop|truncate|delete|wipe|erase|destroy|purge)\s+(?:the |all |any |every |your |a )*(?:\w+ )?(?:databases?|tables?|schemas?|data|backups?|volumes?|logs?|buckets?|records?|rows|users?|accounts?|files|clusters?|namespaces?)\b|\bformat\s+(?:the |a )?(?:disk|drive|volume)|\b(?:disable|turn off|switch off|bypass|skip)\s+(?:the |all |any )*(?:firewall|auth\w*|tls|ssl|certificate|security|verification|password|mfa|2fa|encryption|audit)|chmod\s+(?:-R\s+)?777|kill\s+-9\s+(?:-1|1\b)|curl\b.*\|\s*(?:ba|z)?sh|force[- ]push|git\s+push\s+(?:-f|--force)|\bshut ?down\s+(?:the )?(?:production|database)/i;

const tools: ReadonlySet<string> = new Set(
  `kubectl systemctl journalctl docker git npm pg_stat_activity explain df du lsof ss netstat curl openssl s_client dig nslookup getent top htop free iostat vmstat
  dmesg tcpdump strace jstack jmap gdb ulimit ps grep tail psql mysql ping traceroute nc telnet ssh sudo vacuum analyze show processlist -h -x -p -ltnp -l`.split(
    /\s+/,
  ),
);

const common =
  /^(?:ipv[46]|utf-?8|oauth2?|x509|http\/[12](?:\.[01])?|h2|p\d{2}|[45]xx|sha-?\d+|tls(?:v?1(?:\.[0-3])?)?|e\.g|i\.e|24\/7|i\/o|-\d{1,2})$/i;
