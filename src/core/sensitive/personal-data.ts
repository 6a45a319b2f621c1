import { isIPv6 } from 'node:net';
import type { Detector, DetectorGroup } from './detectors.ts';

// Some pad with zeros: 192.168.001.010.
const octet = String.raw`(?:25[0-5]|2[0-4]\d|[01]?\d?\d)`;
// Never padded: 12-01-02-03 in a file's name is a time.
const octetInName = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const addressInName = String.raw`(?<![\d.]|(?<![A-Za-z\d])\d{1,5}-)(?:${octetInName}-){3}${octetInName}(?!-?\d)`;
const archiveEnding = 'gz|bz2|xz|zst|zip|bak|old|tmp|log|txt|csv|json|lock|jar|war|tgz|rpm|deb|whl|exe|dll|so';

const detectors: readonly Detector[] = [
  {
    kind: 'card',
    secret: true,
    hint: /\d[\d .-]{11}/,
    pattern: /(?<![\w.+-])[2-6]\d{3}(?:[ .-]?\d{2,7}){2,4}(?![\w-]|\.\d)/dg,
    accepts: (value) => isCard(value.replace(/[ .-]/g, '')),
  },
  {
    kind: 'iban',
    secret: true,
    hint: /[A-Z]{2}\d\d ?[A-Z\d]{4}/,
    pattern: /(?<![A-Za-z\d_-])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?![A-Za-z\d_-])/dg,
    accepts: (value) => isIban(value.replaceAll(' ', '')),
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
    // git@github.com:org/repo is where a repository is.
    accepts: (value, _match, { after }) => !(/^(?:git|hg|gitea|gitlab)@/.test(value) && /^[:/]/.test(after)),
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
      String.raw`(?<![\d.\w-]|version[ :="]{1,3}|rv:|\b(?:nginx|httpd|[Aa]pache|[Tt]omcat|[Oo]pen[Ss][Ss][LH]|curl|haproxy|envoy|[Rr]edis|[Pp]ostgre(?:s|SQL)|[Mm]y[Ss][Qq][Ll]|[Jj]ava|[Nn]ode|[Pp]ython|[Pp]hp|PHP|[Kk]ernel|[Rr]elease|[Bb]uild|[Vv]er\.?) (?=\d{1,2}\.\d{1,2}\.)|\b[A-Z][A-Za-z.]{2,20}/(?=\d\.)|(?:Chrome|Chromium|HeadlessChrome|Edg|EdgA|OPR|CriOS|Safari|Version|YaBrowser)/)(?!127\.|0\.0\.0\.0|255\.255\.255\.255)${octet}(?:\.${octet}){3}(?![\d\w]|\.\d|-\w)`,
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
    hint: /[a-zA-Z]:\+?[1-9]/,
    // In an address: sip:+14155552671@pbx.
    pattern: /(?<=(?<![A-Za-z])(?:sips?|tel|callto|sms|smsto|whatsapp):)\+?[1-9]\d{8,14}(?![\w:-]|\.\d)/dg,
  },
  {
    kind: 'phone',
    secret: false,
    hint: /\d{4}|\d[ .-]\d/,
    pattern:
      /(?<![\w+.:-])\+[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d(?=[ .-]\d\d))?(?:[ .-]?\d{2,4}){2,5}(?<=\+(?:[ .()-]{0,2}\d){9,15})(?![\w:]|-\d)|(?<![\w.+(-])(?:1-)?(?:\([2-9]\d{2}\) ?[2-9]\d{2}[ .-]|[2-9]\d{2}-[2-9]\d{2}-|[2-9]\d{2}\.[2-9]\d{2}\.)\d{4}(?![\w-]|\.\d)/dg,
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

/** Fifteen to 34 characters, and 1 when divided by 97 (ISO 13616). */
const isIban = (value: string): boolean => {
  if (!between(value.length, 15, 34)) return false;
  let rest = 0;
  for (const character of value.slice(4) + value.slice(0, 4)) {
    const number = Number.parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
};

const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

// One by one: an alternation of them takes twice as long.
const signs = [
  /@|%40/,
  /\d\.\d{1,3}\.\d/,
  /::|:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/,
  /\d-\d{1,3}-\d{1,3}-\d/,
  /(?<![\w.+-])[2-6]\d{3}(?:[ .-]?\d){9}/,
  /\d{3}-\d\d-\d{4}|\d{3}[-.]\d{3}[-.]\d/,
  /[A-Z]{2}\d\d ?[A-Z\d]{4} ?[A-Z\d]/,
  /\+[1-9]|\(\d{3}\)/,
  /(?<!\d)00[1-9]/,
  /(?<![\w.:+/#-])(?:\(0[1-9]|0[1-9](?:\d{1,3}[ /-]{1,2}\d{5}|\d{0,3} \d{2,4} \d\d|\d{0,3}-\d{3}|\.\d\d\.))/,
];
const phoneWords = /(?:phone|mobile|msisdn|whatsapp|tel|fax|cell|sms|call|dial|text)[^\d]{0,30}\d/;

export const personalData: DetectorGroup = {
  hasSign: (text) => signs.some((sign) => sign.test(text)) || phoneWords.test(text.toLowerCase()),
  detectors,
};
