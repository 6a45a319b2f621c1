import { isIPv6 } from 'node:net';
import { providerKeys } from './provider-keys.ts';

/** `pattern` has flags g and d; its first group that took part is the value, or the whole match when it has none. */
export type Detector = {
  kind: string;
  secret: boolean;
  pattern: RegExp;
  /** A cheap test that must hold somewhere in the text for the pattern to be worth running. */
  hint?: RegExp;
  accepts?: (value: string, match: string) => boolean;
};

// Every repetition is bounded or starts behind a look-behind on its own character class, so no text makes these slower than linear.

const secretNames = [
  'pass(?:word|wd|phrase|code)',
  'pwd',
  'secret(?:[-_]?(?:access[-_]?)?key)?',
  'client[-_]?secret',
  '(?:access|refresh|id|auth|bearer|session|csrf|xsrf)?[-_]?token',
  'api[-_]?key',
  'apikey',
  'access[-_]?key(?:[-_]?id)?',
  'account[-_]?key',
  'shared[-_]?access[-_]?(?:key|signature)',
  'private[-_]?key(?:[-_]?id)?',
  'encryption[-_]?key',
  'signing[-_]?key',
  'credentials?',
  'session[-_]?id',
  'jsessionid',
  'phpsessid',
  'signature',
  'otp',
  'cvv2?',
  'cvc',
].join('|');

/** `PWD=/home/ana` is a folder; `sessionid: 0x34ede65503f0010` and `token: android.os.BinderProxy@2bd79ce` are handles as programs print them. */
const namesNoSecret = (value: string, match: string): boolean =>
  notASecret.test(value) ||
  (/^pwd/i.test(match) && /^[/~]/.test(value)) ||
  (/^session/i.test(match) && /^0x[0-9a-f]{1,16}$/i.test(value)) ||
  /^(?:[a-z]\w{0,40}\.){1,12}[A-Z][\w$]{0,80}@[0-9a-f]{1,8}$/.test(value);

const quotedOrBare = String.raw`(?:\\?"([^"\r\n\\]{1,2000})|'([^'\r\n]{1,2000})'|([^\s"'“”\\,;&<>{}()\[\]]{1,2000}))`;

/** Words that follow "password:" and friends in sentences, and values that say there is no secret. */
const notASecret =
  /^(?:null|none|nil|true|false|undefined|empty|redacted|masked|hidden|unknown|\*+|x{3,}|\.{3,}|-+|incorrect|invalid|expired|missing|required|failed|failure|must|is|are|was|has|not|no|cannot|can|the|a|an|for|of|in|to|and|or|wrong|rejected|mismatch|denied|too|error|unauthorized|unsupported|unexpected|does|should|authentication|accepted|changed|updated|reset|refresh(?:ed)?|validation|verified|ok|success(?:ful)?|string|number|bytes|tokens?|passwords?|secrets?|<[a-z]+>|\$\{?\w+\}?|%\w+%?|\[masked|<[A-Z][A-Z0-9_]*_\d+>)[.:!?]?$/i;

const context: Detector[] = [
  {
    kind: 'private key',
    secret: true,
    hint: /PRIVATE KEY/,
    // A key cut off before its END line (a sample) is masked as far as it goes; one folded into a JSON string carries \n as two characters.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:[A-Za-z0-9+/=\s\\:,]|-(?!-)){0,16384}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\\[nr]|[\r\n]){0,8}[A-Za-z0-9+/=]{16,4096}){0,2048})/dg,
  },
  { kind: 'password', secret: true, hint: /:\/\//, pattern: /:\/\/[^\s:@/"'<>]{0,128}:([^\s/"'<>]{1,256})@/dg },
  { kind: 'token', secret: true, hint: /:\/\//, pattern: /:\/\/([A-Za-z0-9_-]{20,256})@/dg },
  // The same inside another address, percent-encoded, and as Oracle writes it: jdbc:oracle:thin:user/password@host.
  { kind: 'password', secret: true, hint: /%3a%2f%2f/i, pattern: /%3a%2f%2f[^\s%]{0,128}%3a([^\s%]{1,256})%40/dgi },
  { kind: 'password', secret: true, hint: /oracle:/i, pattern: /oracle:\w{2,8}:[^\s:/@"']{1,128}\/([^\s@/"']{1,256})@/dgi },
  {
    kind: 'authorization',
    secret: true,
    hint: /authorization/i,
    pattern:
      /authorization(?:\\?["'])?\s{0,3}[:=]\s{0,3}(?:\\?["'])?(?:(?:Bearer|Basic|Token|ApiKey|Negotiate|NTLM|Digest|AWS4-HMAC-SHA256)\s{1,3})?([^\s"'\\]{6,4096}(?:,? ?[A-Za-z]{1,20}="?[^\s",]{1,512}"?){0,12})/dgi,
    accepts: (value) => !notASecret.test(value) && !/^(?:required|header|failed|missing)/i.test(value),
  },
  {
    kind: 'token',
    secret: true,
    hint: /bearer\s/i,
    pattern: /(?<![A-Za-z])Bearer\s{1,3}([A-Za-z0-9._~+/=-]{12,4096})/dgi,
    accepts: (value) => /\d/.test(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /basic\s/i,
    pattern: /(?<![A-Za-z])Basic\s{1,3}([A-Za-z0-9+/]{8,1024}={0,2})/dgi,
    accepts: (value) => /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1')),
  },
  {
    kind: 'cookie',
    secret: true,
    hint: /cookie/i,
    pattern: /(?<![A-Za-z])(?:set-)?cookie2?(?:\\?["'])?\s{0,3}:\s{0,3}(?:\\?["'])?([^\r\n"'\\]{4,4096})/dgi,
    accepts: (value) => value.includes('='),
  },
  {
    kind: 'password',
    secret: true,
    hint: /-pass|identified/i,
    pattern: /(?<![A-Za-z])(?:identified\s{1,4}by\s{1,4}|--?pass(?:word|wd)?[ =])'?([^\s'"]{1,256})/dgi,
    accepts: (value) => !notASecret.test(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /\s-p/,
    pattern: /(?<![\w.-])(?:mysql\w{0,12}|mariadb(?:-\w{1,12})?|sshpass)\s(?:[^\r\n|;&]{0,200}?\s)?-p\s?([^\s'"-][^\s'"]{0,255})/dg,
  },
  {
    kind: 'password',
    secret: true,
    hint: /\s(?:is|was)\s/i,
    pattern:
      /(?<![A-Za-z])(?:password|passphrase|passcode|pwd|secret|token|api key)\s(?:is|was)(?:\s(?:now|set to))?\s["'“]?([^\s"'”,;]{4,256})/dgi,
    accepts: (value) => !notASecret.test(value) && /\d/.test(value) && /\D/.test(value.replace(/[.:!?]$/, '')),
  },
  // YAML may put the value on the next line.
  {
    kind: 'secret',
    secret: true,
    hint: /:[ \t]*\r?\n/,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:${secretNames})["']?:[ \t]{0,8}\r?\n[ \t]{1,64}["']?([^\s"'#:]{4,256})["']?[ \t]{0,8}(?=\r?\n|$)`,
      'gdi',
    ),
    accepts: (value) => !notASecret.test(value) && /\d/.test(value),
  },
  { kind: 'password', secret: true, hint: /\s-{1,2}u/, pattern: /(?<=\s)(?:-u|--user)[ =][^\s:"']{1,128}:([^\s"']{1,256})/dg },
  {
    kind: 'secret',
    secret: true,
    hint: /[=:]/,
    // "Unexpected token: }" is what parsers say; a name like DB_PASSWORD or spring.datasource.password ends in one of the words.
    pattern: new RegExp(
      String.raw`(?<!unexpected )(?<![A-Za-z])(?:${secretNames})(?:\\?["'])?\s{0,3}(?:=>|:=|[=:])\s{0,3}${quotedOrBare}`,
      'gdi',
    ),
    accepts: (value, match) => !namesNoSecret(value, match),
  },
  // The same names glued to a word in front (dbPassword, PGPASSWORD, clientSecret): no look-behind, so only the unmistakable ones.
  {
    kind: 'secret',
    secret: true,
    hint: /[=:]/,
    pattern: new RegExp(
      String.raw`(?:[Pp]assword|[Pp]asswd|secret|apikey|Token|Secret|ApiKey|AccessKey)(?:\\?["'])?\s{0,3}(?:=>|:=|[=:])\s{0,3}${quotedOrBare}`,
      'gd',
    ),
    accepts: (value, match) => !notASecret.test(value) && (/[=]|["']/.test(match) || /\d/.test(value)),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /=/,
    pattern: new RegExp(String.raw`(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)\s{0,1}=\s{0,1}${quotedOrBare}`, 'gd'),
    accepts: (value) => !notASecret.test(value),
  },
  { kind: 'azure key', secret: true, hint: /sig=/, pattern: /[?&]sig=([A-Za-z0-9%/+=_-]{20,512})/dg },
];

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
// Never padded: 12-01-02-03 in a file's name is a time.
const octetInName = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const addressInName = String.raw`(?<![\d.]|(?<![A-Za-z\d])\d{1,5}-)(?:${octetInName}-){3}${octetInName}(?!-?\d)`;
const archiveEnding = 'gz|bz2|xz|zst|zip|bak|old|tmp|log|txt|csv|json|lock|jar|war|tgz|rpm|deb|whl|exe|dll|so';

const personal: Detector[] = [
  {
    kind: 'card',
    secret: true,
    hint: /\d[\d -]{11}/,
    pattern: /(?<![\w.+-])[2-6]\d{3}(?:[ -]?\d{2,7}){2,4}(?![\w-]|\.\d)/dg,
    accepts: (value) => isCard(value.replace(/[ -]/g, '')),
  },
  {
    kind: 'ssn',
    secret: true,
    hint: /\d-\d\d-\d/,
    pattern: /(?<![\w.+-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-]|\.\d)/dg,
  },
  {
    kind: 'email',
    secret: false,
    hint: /@/,
    // o'brien@… too; a quotation mark in front of an address is none of its own.
    pattern:
      /(?<![\p{L}\p{N}._%+-])(?:[\p{L}\p{N}._%+-]|(?<=\p{L})'(?=\p{L})){1,128}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/dgu,
  },
  {
    kind: 'email',
    secret: false,
    hint: /%40/,
    pattern: /(?<![\w.+-])[\w.+-]{1,128}%40(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![a-z0-9])/dgi,
  },
  {
    kind: 'ip',
    secret: false,
    hint: /\d\.\d{1,3}\.\d/,
    // Four numbers are a version, not an address, after "v", "version" or the name of a program. Loopback and wildcard say nothing about anybody.
    pattern: new RegExp(
      String.raw`(?<![\d.\w-]|version[ :="]{1,3}|rv:|\b[A-Z][A-Za-z.]{2,20}/(?=\d\.)|(?:Chrome|Chromium|HeadlessChrome|Edg|EdgA|OPR|CriOS|Safari|Version|YaBrowser)/)(?!127\.|0\.0\.0\.0|255\.255\.255\.255)${octet}(?:\.${octet}){3}(?![\d\w]|\.\d|-\w)`,
      'gd',
    ),
  },
  {
    kind: 'ip',
    secret: false,
    hint: /:[0-9A-Fa-f]{0,4}:/,
    pattern: /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:]|\.\d)/dg,
    accepts: (value) => value.length >= 6 && /\d/.test(value) && isIPv6(value),
  },
  {
    kind: 'ip',
    secret: false,
    hint: /\d-\d{1,3}-\d/,
    // Hosts named after their address: ip-10-1-2-3, with or without a domain; anything else-54-1-2-3 with one (compute.amazonaws.com).
    pattern: new RegExp(
      String.raw`(?<=(?<![A-Za-z\d])(?:ip|ec2)-)${addressInName}(?!\w)|${addressInName}(?=(?:-?[A-Za-z][\w-]{0,40})?(?:\.[A-Za-z\d-]{1,40}){1,6}\.(?!(?:${archiveEnding})(?!\w))[a-z]{2,24}(?![\w-]))`,
      'gd',
    ),
  },
  { kind: 'mac', secret: false, hint: /:[0-9A-Fa-f]{2}:/, pattern: /(?<![\w:.-])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])/dg },
  {
    kind: 'phone',
    secret: false,
    hint: /\d{4}|\d[ .-]\d/,
    pattern:
      /(?<![\w+.:-])\+[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d{2,4}){2,5}(?![\w:])|(?<![\w.+(-])(?:1-)?(?:\([2-9]\d{2}\) ?[2-9]\d{2}[ .-]|[2-9]\d{2}-[2-9]\d{2}-|[2-9]\d{2}\.[2-9]\d{2}\.)\d{4}(?![\w-]|\.\d)/dg,
    accepts: (value) => between(digitsOf(value), 9, 15),
  },
  {
    kind: 'phone',
    secret: false,
    hint: /(?<!\d)0[1-9]/,
    // As dialled within a country, in groups: 0171 1234567, 020 7946 0958, 01 23 45 67 89. Among other numbers it is a column of a table.
    pattern:
      /(?<![\w.:+/#-]|\d[ ,;|\t])(?:\(0[1-9]\d{1,4}\) ?\d{3,8}|0[1-9]\d{1,3}(?:[ /-]|\/ )\d{5,8}|0[1-9]\d{0,3}(?: \d{2,4}){2,5}|0[1-9]\d{0,3}(?:-\d{3,4}){2}|0[1-9](?:\.\d\d){4})(?![\w:/-]|[.,]\d|[ ,;|\t]{1,2}\d)/dg,
    accepts: (value) => between(digitsOf(value), value.startsWith('(') ? 9 : 10, 12),
  },
  {
    kind: 'phone',
    secret: false,
    hint: /(?<!\d)00[1-9]/,
    // 00 in place of +. A number padded with two zeros looks the same: after 001 and 007 exactly ten digits follow.
    pattern: /(?<![\w.:+/#-]|\d[ ,;|\t])00[1-9]\d{0,2}(?:[ /-]?\(0\))?(?:[ /-]?\d{2,10}){1,5}(?![\w:/-]|[.,]\d|[ ,;|\t]{1,2}\d)/dg,
    accepts: (value) => (/^00[17]/.test(value) ? digitsOf(value) === 13 : between(digitsOf(value), 12, 15)),
  },
  {
    kind: 'phone',
    secret: false,
    hint: /phone|mobile|msisdn|whatsapp|tel|fax|cell|sms|call/i,
    // In any form behind its name; behind a mere word (call, sms to) only with the first digits of a phone number.
    pattern:
      /(?:phone|mobile|msisdn|whatsapp|(?<![A-Za-z])(?:tel|fax|cell|telefon))(?:[ _-]?(?:number|num|no|nr))?\.?(?:\\?["'])?\s{0,2}[:=]\s{0,2}(?:\\?["'])?((?<!\d)\+?\(?\d[\d ()/-]{5,18}\d)(?![\w.:-])|(?<![A-Za-z])(?:phone|mobile|call(?:ed|ing)?|tel|fax|sms|whatsapp|dial(?:led|ing)?|text(?:ed)?)(?: (?:to|from|number|no|is))?\.? ((?:\+|00?)[1-9][\d ()/-]{6,17}\d)(?![\w.:-])/dgi,
    accepts: (value) => between(digitsOf(value), value.startsWith('+') ? 9 : 7, 15) && !/^(?:19|20)\d\d-\d\d-\d\d/.test(value),
  },
];

const digitsOf = (value: string): number => value.replace(/\D/g, '').length;

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/** Lengths and first digits as issued by the networks, then the check digit (ISO/IEC 7812). */
const isCard = (digits: string): boolean =>
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|62\d{14,17})$/.test(
    digits,
  ) && passesLuhn(digits);

const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** By priority: what names a thing most exactly comes first. */
export const detectors: readonly Detector[] = [...providerKeys, ...context, ...personal];
