import type { Around, Detector } from './detectors.ts';
import { isMethod, looksChosen } from './looks-chosen.ts';
import { isComplaint, isMessage, isQuoted, saysNothing } from './message-words.ts';
import { isPassword, passwordNames } from './secret-names.ts';

// Whose it is may stand between: the password for user bob is x.
const ofSomebody = String.raw`(?:\s(?:for|of)(?:\s[^\s"'“”,;:]{1,64}){1,3}?)?`;
const told = String.raw`(?:"([^"\r\n]{3,256})"|'([^'\r\n]{3,256})'|“([^”\r\n]{3,256})”|([^\s"'“”,;]{4,256}))`;

/** A plain word right behind "the password is": what state it is in, or the password itself? */
const isState = (word: string): boolean => {
  const plain = word.replace(/[.,:;!?)]+$/, '').toLowerCase();
  return (
    plain.length < 4 ||
    saysNothing(plain) ||
    isMethod.test(plain) ||
    isMessage(plain) ||
    states.has(plain) ||
    /(?:[a-z]{3}ed|ous|ive|ful|less|ly)$/.test(plain)
  );
};

const states = new Set(
  (
    'weak strong stale good fine okay right correct long short same different public plain plaintext cleartext base64 bcrypt argon2 scrypt sha256 sha512 unsafe insecure secure ' +
    'due here there going longer likely case-sensitive sensitive sent kept lost found given shown stolen written broken overwritten ' +
    'forgotten chosen known left made seen taken obsolete complex simple identical ready available active inactive locked unlocked what stored ' +
    'overdue mandatory visible gone under temporary permanent yours mine ours theirs being having subject part equal bound later soon today ' +
    'tomorrow yesterday three four five seven eight several many both every case text data word letter limit strength history nowhere somewhere ' +
    'everywhere anything something custom random unique vault email mail console'
  ).split(' '),
);

const isToldWord = (value: string, { after }: Around): boolean =>
  looksChosen(value) ||
  (/^\d{4,}[.!?]?$/.test(value) && !/^[ \t]+[A-Za-z]/.test(after)) ||
  (/^[\p{L}\d!@#$%^&*+_-]+[.!?]?$/u.test(value) && /\p{L}/u.test(value) && !isAddressOrId.test(value) && !isState(value));

const isAddressOrId = /^(?:v?\d+(?:[.-]\d+)*|[0-9a-f]{7,}|[\w-]+id)$/i;

/** What a password may be a part of: "password prompt refused", "password grant rejected". */
const isCompound = (value: string): boolean =>
  /^(?:change|reset|update|login|check|policy|hash|field|prompt|grant|recovery|entry|auth|list|manager|vault|file|service|sync|store|backend|spray|rule|helper|module|plugin|provider|hint|input|form|page|link|mail|token|data|database|cache|history|strength|length|quality|agent|rotation|lookup|mode|flow|logins?|resets?|changes|attempts?|hashes)$/i.test(
    value,
  );

/** Secrets in sentences: the password is x, was changed from x to y; wrong password (x); password x rejected; the otp is 123456. */
export const toldSecrets: readonly Detector[] = [
  {
    kind: 'password',
    secret: true,
    hint: /\s(?:is|was|to|now):?\s/i,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:(?:${passwordNames})${ofSomebody}|secret|token|api key)\s(?:(?:is|was)(?:\s(?:now|set to))?|(?:(?:is|was|has been|will be)\s)?(?:set|reset|changed|updated)\sto):?\s${told}`,
      'dgi',
    ),
    accepts: (value, match, around) => {
      const { before, after } = around;
      if (isQuoted(before)) return !isComplaint(value) && !saysNothing(value);
      if (/^(?:secret|token|api)/i.test(match)) return looksChosen(value) || (/\sto\s\S*$/.test(match) && endsASentence(value, after));
      return /\sto\s\S*$/.test(match) ? looksChosen(value) || endsASentence(value, after) : isToldWord(value, around);
    },
  },
  // The old one and the new one.
  ...[
    `from\\s${told}(?=\\s(?:to|into)\\s)`,
    `from\\s(?:"[^"\\r\\n]{1,256}"|'[^'\\r\\n]{1,256}'|[^\\s"']{1,256})\\s(?:to|into)\\s${told}`,
  ].map(
    (values): Detector => ({
      kind: 'password',
      secret: true,
      hint: /\sfrom\s/i,
      pattern: new RegExp(
        `(?<![A-Za-z])(?:${passwordNames})${ofSomebody}\\s(?:(?:is|was|has been|will be)\\s)?(?:set|reset|changed|updated|rotated)\\s${values}`,
        'dgi',
      ),
      accepts: (value, _match, around) => (isQuoted(around.before) ? !saysNothing(value) : isToldWord(value, around)),
    }),
  ),
  {
    kind: 'password',
    secret: true,
    hint: /\(/,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:wrong|invalid|incorrect|bad|failed|rejected|old|new|temporary|initial)\s(?:${passwordNames})${ofSomebody}:?\s?\(([^\s()"'=:]{4,256})\)`,
      'dgi',
    ),
    accepts: (value, _match, around) => !/^[A-Z\d]+_[A-Z\d_]+$|^E[A-Z]+$/.test(value) && isToldWord(value, around),
  },
  {
    kind: 'password',
    secret: true,
    hint: /(?:ed|wrong|invalid|incorrect|match)(?![a-z])/i,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:${passwordNames})\s\(?([^\s"'“”,;:()=]{4,256})\)?\s(?:(?:is|was|has been)\s)?(?:rejected|refused|denied|accepted|not accepted|failed|incorrect|wrong|invalid|(?:did|does) not match)(?![a-z])`,
      'dgi',
    ),
    accepts: (value, _match, around) => !isCompound(value) && isToldWord(value, around),
  },
  ...[
    String.raw`(?<![A-Za-z])(?:otp|(?:one[- ]time|verification|security|login|2fa|mfa|auth(?:entication)?|access) (?:code|pin)|one[- ]time pass(?:word|code)|passcode|pin(?: code)?|your code)${ofSomebody}\s(?:is|was):?\s(?:now\s)?(\d{4,8}|\d{3}[ -]\d{3})(?![\w-]|[ \t](?:characters|digits|bytes|days|hours|minutes|seconds)|\.\d)`,
    String.raw`(?<![A-Za-z])(?:(?:one[- ]time|verification|security|login|2fa|mfa) (?:code|pin)(?:\s?[:=]\s?|\s)|(?:use|enter) (?:the )?code\s)(\d{4,8}|\d{3}[ -]\d{3})(?![\w-]|\.\d)`,
    String.raw`(?<![\w.-])(\d{4,8}|\d{3}[ -]\d{3})\s(?:is|as)\s(?:your|the)\s(?:[\w-]{1,20}\s){0,3}?(?:otp|(?:verification|security|login|one-time) (?:code|pin|password)|passcode)(?![a-z])`,
    // German banks.
    String.raw`(?<![A-Za-z])(?:(?:[A-Za-z]{1,5}-?)?TAN|Einmalcode|Bestätigungscode|Sicherheitscode)(?:\s?:)?\s(?:(?:ist|lautet|war):?\s)?(\d{6})(?![\w-]|\.\d)`,
  ].map(
    (pattern): Detector => ({
      kind: 'one-time code',
      secret: true,
      hint: /otp|code|pin|tan|one[- ]time/i,
      pattern: new RegExp(pattern, 'dgi'),
    }),
  ),
  {
    kind: 'password',
    secret: true,
    hint: /["'“]/,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z"'])(?:${passwordNames}|api[-_ ]?key|access[-_ ]?key)(?:\s|\s?\(\s?)\\?(?:"([^"\\\r\n]{1,256})\\?"|'([^'\\\r\n]{1,256})\\?'|“([^”\r\n]{1,256})”)`,
      'dgi',
    ),
    accepts: (value, match) =>
      !saysNothing(value) &&
      !isComplaint(value) &&
      !(/\s/.test(value) && /^(?:for|is|was|of|to|in|on|by|from)\s/i.test(value)) &&
      !/^[\s,:]/.test(value) &&
      (isPassword.test(match) || /\d/.test(value)),
  },
  {
    kind: 'token',
    secret: true,
    hint: /token["'`\s]/i,
    // Parsers call tokens what they read, which is seldom so mixed.
    pattern:
      /(?<!unexpected )(?<![A-Za-z])(?:(?:access|auth|refresh|session|api|bearer) )?token\s\\?(?:"([^"\\\s]{8,512})\\?"|'([^'\\\s]{8,512})\\?'|`([^`\\\s]{8,512})\\?`)/dgi,
    accepts: (value) => looksChosen(value) && (value.match(/\d+|[A-Z]+|[a-z]+/g) ?? []).length > 2 && !/[({;=]/.test(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /pass|pwd/i,
    pattern: /(?<![\w-])(?:pass(?:word|wd|phrase|code)|pwd)\s([^\s"'“”,;()<>]{5,256})/dgi,
    accepts: (value) => looksChosen(value) && !/[=:]/.test(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /pass|kenn|wacht/i,
    // Words to the end of the line, none of which a message has.
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:${passwordNames})["']?\s{0,3}[:=]\s{1,3}([A-Za-z]{2,20}(?: [A-Za-z]{2,20}){1,7})(?=[.!]?\s{0,4}(?:[\r\n"'|,;]|$))`,
      'dgi',
    ),
    accepts: (value) => !isMessage(value),
  },
];

/** `set to hunter`, and nothing more is said. */
const endsASentence = (value: string, after: string): boolean =>
  !saysNothing(value) && /[a-z]/i.test(value) && !isMessage(value) && !/^[ \t]+(?!(?:and|but) )[A-Za-z]/.test(after);
