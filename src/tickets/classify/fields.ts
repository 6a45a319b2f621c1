import { type Language, languages } from './languages/index.ts';

export type FieldKind = 'service' | 'environment' | 'version' | 'order' | 'customer' | 'ticket' | 'vulnerability' | 'host' | 'link';

/** A fact of a ticket as its text has it: `value` is `text.slice(start, end)`, never anything else. */
export type Field = { kind: FieldKind; value: string; start: number; end: number };

type Rule = { kind: FieldKind; pattern: RegExp; accepts?: (value: string, text: string, start: number) => boolean };

const fieldLimit = 40;

// What people name with a bare number behind it. Words that mean other things as well (Go, Teams, Word) are not among them.
const products =
  'firefox|chrome|chromium|microsoft edge|safari|opera|thunderbird|ios|ipados|android|macos|windows(?: server)?|ubuntu|debian|rhel|fedora|java|jdk|openjdk|python|php|ruby|node(?:\\.js)?|angular|react|\\.net|postgres(?:ql)?|mysql|mariadb|mongodb|redis|kafka|elasticsearch|kubernetes|docker|office|outlook|excel|sharepoint|exchange|acrobat|autocad|s/4hana';
const readLimit = 50_000;

/** Earlier rules win where two would take the same letters; the first group, where there is one, is the value. */
const rules: Rule[] = [
  { kind: 'link', pattern: /\bhttps?:\/\/[^\s<>|"'`)\]}]+[^\s<>|"'`)\]}.,;:!?]/giu },
  { kind: 'vulnerability', pattern: /\bCVE-\d{4}-\d{4,7}\b/gi },
  {
    kind: 'order',
    pattern: numbered(({ order }) => order, '(?:[A-Z]{1,5}-?)?\\d[\\d-]{2,18}\\d(?:-[A-Z]{1,3})?|[A-Z]{2,5}-?\\d{3,12}'),
  },
  { kind: 'customer', pattern: numbered(({ customer }) => customer, '(?:[A-Z]{1,4}-?)?\\d[\\d-]{2,14}\\d') },
  // What stands behind the noun of a device is its name, though it looks like a ticket's: host NB-0457.
  { kind: 'host', pattern: numbered(({ device }) => device, '[A-Z]{1,6}-?(?:[A-Z]{1,6}-)?\\d{2,8}') },
  // As service desks number their tickets, with no noun before them.
  { kind: 'ticket', pattern: /\b(?:INC|REQ|RITM|SCTASK|TASK|CHG|PRB|TKT|CASE|SR)\d{5,12}\b/g },
  { kind: 'ticket', pattern: /\b[A-Z][A-Z0-9]{1,9}-\d{1,7}\b/g, accepts: (value) => !standards.test(value) },
  { kind: 'ticket', pattern: /(?<![\w&/#])#\d{2,8}\b/g },
  { kind: 'ticket', pattern: numbered(({ ticket }) => ticket, '(?:INC|REQ|CHG|TKT|CS)?\\d{4,12}') },
  { kind: 'host', pattern: /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?!\.\d)/g, accepts: isAddress },
  {
    kind: 'host',
    pattern: /\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:internal|local|corp|lan|intranet|cluster|svc|localdomain|compute)\b/gi,
  },
  { kind: 'host', pattern: /\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,6}(?:com|net|org|io|dev|cloud|de|eu|uk|fr|app|co)\b/gi },
  {
    kind: 'host',
    pattern:
      /\b(?:web|app|db|sql|mail|file|print|proxy|node|worker|host|srv|server|vm|cache|redis|pg|mysql|kafka|es|lb|gw)-?(?:[a-z]{2,8}-?)?\d{1,4}\b/gi,
    accepts: (value) => /\d$/.test(value) && !/^(?:es|node|app|web)\d$/i.test(value),
  },
  { kind: 'version', pattern: /\bv\d{1,4}(?:\.\d{1,6}){1,4}(?:-?(?:rc|beta|alpha|snapshot|dev|m)[\d.]*)?\b/gi },
  {
    kind: 'version',
    pattern: /(?<![\d.])\d{1,4}(?:\.\d{1,6}){2,4}(?:-?(?:rc|beta|alpha|snapshot|dev|m)[\d.]*)?(?![\d.]*\d)/gi,
    accepts: (value) => !/^(?:19|20)\d\d\.|^\d{1,2}\.\d{1,2}\.(?:19|20)\d\d$/.test(value),
  },
  {
    kind: 'version',
    pattern:
      /\b(?:version|release|ver\.?|build|upgraded? to|updated? to)[:\s]+(?:is\s+)?(\d{1,4}(?:\.\d{1,6}){0,3}(?:-?(?:rc|beta|alpha)[\d.]*)?)\b(?!\s*(?:%|days?|hours?|minutes?|weeks?|users?|people|gb|mb))/gi,
  },
  {
    kind: 'version',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}_.-])(?:${products})[ /-]v?\\d{1,4}(?:\\.\\d{1,6}){0,3}(?![\\p{L}\\p{N}])(?!\\s*(?:%|x\\b|times|users?|people|licen))`,
      'giu',
    ),
  },
  {
    kind: 'environment',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${languages.map(({ environments }) => environments).join('|')})(?![\\p{L}\\p{N}_])`, 'giu'),
  },
  {
    kind: 'environment',
    pattern:
      /\b(dev|development|test|testing|qa|integration|demo|stage|live)[\s-]+(?:env\b|environment|cluster|server|system|stage|instance)/gi,
  },
  { kind: 'environment', pattern: /\b(?:env(?:ironment)?|stage)\s*[:=]\s*([a-z][a-z0-9-]{1,20})\b/gi },
  {
    kind: 'service',
    pattern:
      /(?<![\w-])[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){0,5}-(?:api|service|svc|db|worker|gateway|server|backend|frontend|proxy|queue|consumer|scheduler|ui|app)\b/gi,
  },
  { kind: 'service', pattern: /\bservice\s*[:=]\s*([a-z][\w-]{1,40})\b/gi },
  {
    kind: 'service',
    pattern:
      /\b(?:the|our|your) ([a-z][a-z0-9-]{2,30} (?:service|gateway|api))\b(?! (?:desk|provider|level|agreement|team|hours|charge))/gi,
    accepts: (value) => !anyService.test(value),
  },
];

// Of people, or of no service in particular.
const anyService =
  /^(?:customer|client|self|room|field|public|postal|shuttle|cleaning|bus|emergency|new|old|other|same|whole|entire|first|last|next|following|good|bad|best|slow|support|catering|delivery|courier|health|social|military|web|cloud|external|internal|affected|said) /i;

/** "invoice no. 4711", "Rechnung Nr. 4711", "facture n° 4711": the noun says what the number is. */
function numbered(nouns: (of: Language['numbered']) => string, number: string): RegExp {
  const all = languages.map((language) => nouns(language.numbered)).join('|');
  return new RegExp(
    `(?<![\\p{L}\\p{N}_])(?:${all})(?:\\s+(?:number|nummer|numéro|número|no\\.?|nr\\.?|núm\\.?|n[°º]|id))?\\s*[:#=]?\\s*#?\\s*(${number})\\b`,
    'giu',
  );
}

const standards =
  /^(?:UTF|SHA|ISO|RFC|MD|AES|RSA|TLS|SSL|HTTP|COVID|CVE|IPV|X86|ARM|CP|ECMA|IEEE|EN|DIN|USB|PEP|UTC|GMT|AZ|FY|Q|ES|GPT|MP)-?\d*-\d+$/;

function isAddress(value: string, text: string, start: number): boolean {
  return !/(?:version|release|v|ver\.?)\s*$/i.test(text.slice(Math.max(0, start - 12), start)) && !value.startsWith('0.');
}

/** What a ticket names, in the order of the text: only what stands there. Nothing is taken from an e-mail address. */
export const extractFields = (text: string): Field[] => {
  const readable = text.slice(0, readLimit).replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}/g, (mail) => ' '.repeat(mail.length));
  const taken = new Uint8Array(readable.length);
  const found: Field[] = [];
  for (const { kind, pattern, accepts } of rules) {
    for (const match of readable.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(value);
      const end = start + value.length;
      if (taken.subarray(start, end).includes(1) || (accepts && !accepts(value, readable, start))) continue;
      taken.fill(1, start, end);
      if (!found.some((one) => one.kind === kind && one.value.toLowerCase() === value.toLowerCase()))
        found.push({ kind, value, start, end });
      if (found.length >= fieldLimit) break;
    }
  }
  return found.sort((x, y) => x.start - y.start);
};
