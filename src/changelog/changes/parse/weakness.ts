import type { Group } from '#src/changelog/changes/group/item.ts';
import { isOfBot } from './dependency-bump.ts';
import type { ParsedChange } from './parse-change.ts';

const holes =
  /\b(?:CVE-\d{4}-\d+|GHSA-\w+|(?<!\bnot )vulnerab\w+|xss|csrf|ssrf|xxe|rce|idor|cross[- ]site scripting|security (?:issues?|fix(?:es)?|holes?|flaws?|bugs?|advisor(?:y|ies)|patch(?:es)?|leaks?|problems?|breach(?:es)?)|denial of service|(?:re)?dos\b(?! mode)|(?:path|directory) traversal|zip slip|open redirects?|privilege escalation|remote code execution|prototype pollution|clickjacking|session (?:fixation|hijack\w*)|brute[- ]?forc\w+|(?:csv|sql|nosql|ldap|xml|xpath|html|script|shell|command|code|formula|headers?|log|crlf|template|prompt|argument) injections?|attackers?|(?:prevent|stop|block|against|mitigat\w+|from|by|possible|timing|replay|downgrade|rebinding|phishing|spoofing|enumeration|dictionary|oracle|channel|middle) (?:\w+ )?attacks?)\b/i;

const secrets =
  '(?:api |signing |private |access |session |encryption |ssh |tls )?(?:keys?|secrets?|tokens?|passwords?|credentials?|certificates?|cookies|personal data|pii)';
/** What others must not have, in their hands; what they must not reach, reached. */
const laidOpen = [
  new RegExp(String.raw`\b(?:leaked|leaking|exposed|disclosed|stolen|compromised) (?:\w+ )?${secrets}\b`, 'i'),
  new RegExp(
    String.raw`\b(?:leaks?|exposes?|discloses?|logs|logging|expos(?:ing|ure of)|disclosure of) (?:the |user |users' )?${secrets}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b${secrets} (?:(?:are|is|were|was|get|gets|got|in) )?(?:leaked|exposed|disclosed|logged|stored in plain|(?:shown|visible) (?:to|in the logs?)|the logs?)\b`,
    'i',
  ),
  /\bbypass\w* (?:of )?(?:the )?(?:auth\w*|log-?in|permissions?|access|2fa|mfa|two[- ]factor|rate limits?|sandbox|csp|cors)\b|\b(?:auth\w*|log-?in|permissions?|access control|2fa|mfa|sandbox) bypass/i,
  /\b(?:unauthori[sz]ed|unauthenticated) (?:access|users?|requests?|calls?|reads?|writes?)\b/i,
  /\b(?:could|were able to|was able to) (?:\w+ )?(?:read|see|view|access|change|delete|edit|download|open|list|modify|impersonate)\b.{0,30}\b(?:others?|another|foreign|someone else|anybody|anyone|each other|strangers?|private|hidden|deleted)\b/i,
  /\bsaniti[sz]\w* (?:\w+ ){0,2}(?:urls?|redirects?|html|svg|markdown|inputs?|user|scripts?|output|headers?|parameters?|links?)\b/i,
];
/** The same said as what is wrong: "users can see other tenants' files". */
const reached =
  /\bcan (?:\w+ )?(?:read|see|view|access|change|delete|edit|download|open|list|modify|impersonate)\b.{0,20}\b(?:(?:other|another|foreign|someone else)['’]?s?\b|each other)/i;

const elsewhere =
  /sicherheits(?:lücke|leck|problem|fehler)|schwachstelle|failles? de sécurité|vulnérabilit|vulnerabilidad|vulnerabilità|vulnerabilidade|fallo de seguridad|beveiligingslek|kwetsbaarhe|podatnoś|luk[aię] bezpieczeństwa|уязвимост|漏洞|脆弱性|취약점|セキュリティ(?:上の)?(?:問題|ホール|修正)/i;

/** A hole that is closed, by what a sentence says of it. */
export const tellsWeakness = (text: string, isFix: boolean): boolean =>
  holes.test(text) || elsewhere.test(text) || laidOpen.some((pattern) => pattern.test(text)) || (isFix && reached.test(text));

const id = /\bCVE-\d{4}-\d{4,}\b|\bGHSA(?:-\w{4}){3}\b/gi;
const mended =
  /\b(?:fix\w*|address\w*|resolv\w*|mitigat\w*|patch\w*|clos\w*|remediat\w*|security|vulnerab\w*|advisor\w*|cve|ghsa)\b[^.\n]{0,80}?(?:\bCVE-\d{4}-\d{4,}|\bGHSA(?:-\w{4}){3})|^\W*(?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3})/im;
const mends = (body: string): boolean => /CVE-|GHSA-/i.test(body) && mended.test(body);
const alert = /\bsecurity (?:alerts?|advisor(?:y|ies)|fix(?:es)?|updates?|patch(?:es)?|issues?|releases?)\b|\bvulnerabilit(?:y|ies)\b/i;

type Said = Pick<ParsedChange, 'type' | 'subject' | 'deed' | 'bump' | 'body' | 'merge'>;

/** Ids of the advisories that a change says it mends, below its title. */
export const advisoriesOf = ({ items }: Group): string[] => [
  ...new Set(
    items
      .flatMap(({ parsed }) => (mends(parsed.body) ? (parsed.body.match(id) ?? []) : []))
      .map((one) => one.replace(/^cve|^ghsa/i, (name) => name.toUpperCase())),
  ),
];

/** Of a raise, that it is made for security; of any change, that it closes a hole. */
export const closesHole = ({ type, subject, deed, bump, body, merge }: Said): boolean => {
  if (type === 'security' || merge?.advisory) return true;
  if (type === 'test' || type === 'docs') return false;
  if (mends(body)) return true;
  if (bump !== null) return bump.security || (!isOfBot(body) && alert.test(body));
  return type !== 'ci' && tellsWeakness(subject, type === 'fix' || deed === 'fix');
};
