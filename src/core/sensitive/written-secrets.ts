import type { Detector } from './detectors.ts';
import { isMethod, isNumber, looksChosen } from './looks-chosen.ts';
import { isMessage, isQuoted, saysNothing } from './message-words.ts';
import { names } from './secret-names.ts';

const named = String.raw`(?:[\w.-]{0,40}(?:${names})|(?:[\w.-]{0,40}[_.-])?(?:pass|pw))`;

/** Does a client talk to a server in front of this command? Then what follows it is what was sent. */
const isDialogue = (before: string): boolean => /(?:[>$#]|\bC:|["'])\s{0,2}$/.test(before) || dialogue.test(before);
const dialogue =
  /(?:redis|valkey|keydb|ftpd?|pop3?d?|imap|smtp|\b(?:command|cmd|client|sent|send))\b[^\r\n]{0,60}$|\bUSER \S{1,64}\s{1,4}[^\r\n]{0,60}$/i;

/** What tests print: PASS src/a.test.ts, PASS TestLogin. */
const isTest = (value: string): boolean => /\/|\.\w{1,5}$|tests?|spec|::/i.test(value);

const plain = (value: string): boolean => !saysNothing(value) && !isMessage(value) && !isMethod.test(value) && !isNumber.test(value);

/** Secrets known by the form they are written in: commands of protocols and programs, dumps of PHP and PostgreSQL, YAML, addresses. */
export const writtenSecrets: readonly Detector[] = [
  {
    kind: 'password',
    secret: true,
    hint: /PASS["']?\s/,
    // FTP and POP3.
    pattern: /(?<![\w-])PASS\s([^\s"'\\]{3,256})(?=["'\\]|[ \t]{0,4}(?:[\r\n]|$))/dg,
    accepts: (value, match, { before, after }) =>
      !isTest(value) &&
      (after.startsWith('\\r') || isDialogue(before.slice(0, value.length - match.length))
        ? !saysNothing(value) && !isMessage(value)
        : (looksChosen(value) && !/[_:.-]/.test(value)) || /[a-z][A-Z]{2,}$/.test(value)),
  },
  {
    kind: 'password',
    secret: true,
    hint: /AUTH\s|"auth"\s/i,
    // Redis, with or without a user; SMTP with its mechanism.
    pattern:
      /(?:(?<![\w-])AUTH|(?<=")auth(?="))(?:"?\s"?(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER))?"?\s"?(?:[\w-]{1,64}"?\s"?(?=[^\s"'\\]{4,512}["'\\]?[ \t]{0,4}(?:[\r\n]|$)))?([^\s"'\\]{4,512})(?=["'\\]|[ \t]{0,4}(?:[\r\n]|$))/dg,
    accepts: (value, match, { before }) =>
      plain(value) &&
      !/^(?:[A-Z]+|CRAM-.*|[a-z]+=.*)$/.test(value) &&
      (looksChosen(value) ||
        /[a-z][A-Z]{2,}$/.test(value) ||
        /\s"?(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|default)"?\s/.test(match) ||
        isDialogue(before.slice(0, value.length - match.length))),
  },
  {
    kind: 'password',
    secret: true,
    hint: /(?:store|key)pass|passin|passout/i,
    // keytool and openssl.
    pattern:
      /(?<![\w-])-{1,2}(?:(?:src|dest|trust)?(?:store|key)pass(?:word)?[ =]|pass(?:in|out)?[ =]pass:)(?:'([^'\r\n]{1,256})|"([^"\r\n]{1,256})|([^\s'"-][^\s'"]{0,255}))/dgi,
    accepts: (value) => !saysNothing(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /\s(?:-U|--user)/,
    // Samba: user%password.
    pattern: /(?<=\s)(?:-U|--user)[ =]?["']?[\w.\\@/-]{1,128}%([^\s"']{1,256})/dg,
  },
  {
    kind: 'password',
    secret: true,
    hint: /:[^\s@:]{1,256}@/,
    // user:password@host, without a scheme, behind a word that says it is one.
    pattern:
      /(?<![A-Za-z])(?:log[io]n|logon|auth(?:enticat(?:e|ed|ing))?|connect(?:ed|ing)?(?: to| as)?|credentials?|proxy|dsn|using|as|user|ssh|s?ftp)[ :=]{1,2}["']?(?!(?:mailto|to|from|cc|user|email|sips?|acct)(?=:))[A-Za-z][\w.-]{0,63}:([^\s"'@/:]{1,256})@(?!sha\d)[A-Za-z\d[]/dgi,
    accepts: (value) => !/^v?\d+(?:\.\d+)*$/.test(value) || /^\d{6,}$/.test(value),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /%(?:25)?3d/i,
    // A query within a query.
    pattern: new RegExp(
      String.raw`(?:(?<![A-Za-z])|(?<=%(?:25)?[0-9A-F]{2}))(?:${names}|pass|pw)%(?:25)?3D((?:[^\s"'&<>%;,()]|%(?!(?:25)?(?:26|20|22|3B))[0-9A-F]{2}){1,512})`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /value\s{0,2}:/,
    // The environment of a container, in YAML.
    pattern: new RegExp(
      String.raw`(?:name|key):[ \t]{1,4}["']?${named}["']?[ \t]{0,8}(?:\\n|\r?\n)[ \t]{0,64}value:[ \t]{1,4}(?:"([^"\r\n]{1,2000})"|'([^'\r\n]{1,2000})'|([^\s"'][^\r\n\\]{0,2000}))`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value.trim()),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /=>/,
    // var_dump and print_r of PHP.
    pattern: new RegExp(
      String.raw`\[\\?["']?${named}\\?["']?(?::"?[\w\\]{1,60}"?){0,2}\]\s{0,4}=>\s{0,64}(?:string\(\d{1,6}\)\s\\?"([^"\r\n]{1,2000}?)\\?"|(?!string\(|int\(|bool\(|NULL|array|object|Array|Object)([^\s"'(][^\r\n]{0,2000}))`,
      'dgi',
    ),
    accepts: (value, _match, { before }) => (isQuoted(before) ? !saysNothing(value) : !saysNothing(value.trim()) && !isNumber.test(value)),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /\)=\(/,
    // PostgreSQL: Key (password)=(x) already exists.
    pattern: new RegExp(
      String.raw`\((?:[\w"]{1,64}, ){0,8}"?(?:lower\()?${named}(?:::text)?\)?"?(?:, [\w"]{1,64}){0,8}\)=\(([^)\r\n]{1,512})\)`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value) && !/^\d{1,9}$/.test(value),
  },
  {
    kind: 'token',
    secret: true,
    hint: /[?&]code=/,
    // OAuth: whoever has it is let in. A code of an error or a voucher is shorter.
    pattern: /[?&]code=((?:\d(?:\/|%2F)[\w%./-]{3,1024}|[\w%.~/-]{16,1024}))(?![\w%])/dgi,
    accepts: (value) => /^\d(?:\/|%2F)0A/i.test(value) || (/\d/.test(value) && /[A-Za-z]/.test(value) && value.length >= 16),
  },
];
