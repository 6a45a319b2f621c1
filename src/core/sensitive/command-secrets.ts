import type { Detector, DetectorGroup } from './detectors.ts';
import { looksChosen } from './looks-chosen.ts';
import { isMessage, saysNothing } from './message-words.ts';
import { names } from './secret-names.ts';

// What shells, their histories and traces of processes show: secrets handed to programs, by place, by flag, through a pipe or in a list.

const word = String.raw`(?:'([^'\r\n]{1,256})'?|"([^"\r\n]{1,256})"?|([^\s'"|;&<>-][^\s'"|;&<>]{0,255}))`;
// What stands between a program and its flag.
const between = String.raw`\s(?:[^\r\n|;&]{0,200}?\s)?`;
const secretName = String.raw`(?:[\w.:/@-]{0,80}?(?:${names})|(?:[\w.-]{0,60}[_.-])?(?:pass|pw|pwd))`;

const isSaid = (value: string): boolean => !saysNothing(value) && !value.startsWith('$') && !value.startsWith('%');

/** A password that programs take without its name: by the flag or the place where they expect it. */
const taken: readonly [RegExp, string][] = [
  [/curl\s/, String.raw`curl${between}-\w{0,6}[uU]\s?["']?[^\s:"']{1,128}:([^\s"']{1,256})`],
  [/curl\s/, String.raw`curl${between}--proxy-user[ =]["']?[^\s:"']{1,128}:([^\s"']{1,256})`],
  [/htpasswd\s/, String.raw`htpasswd\s(?:-\w{1,8}\s){0,4}-(?!\w*n)\w{0,6}b\w{0,6}\s(?:-\w{1,8}\s){0,4}[^\s-]\S{0,199}\s\S{1,128}\s${word}`],
  [/htpasswd\s/, String.raw`htpasswd\s(?:-\w{1,8}\s){0,4}-(?=\w*b)\w{0,6}n\w{0,6}\s(?:-\w{1,8}\s){0,4}[^\s-]\S{0,127}\s${word}`],
  [/\baz\slogin\s/, String.raw`az\slogin${between}-p\s${word}`],
  [/\b(?:un)?zip\s/, String.raw`(?:un)?zip${between}-P\s?${word}`],
  [
    /\b(?:7z\w?|rar|unrar)\s/,
    String.raw`(?:7z\w?|(?:un)?rar)${between}-h?p(?:'([^'\r\n]{1,256})'|"([^"\r\n]{1,256})"|([^\s'"-][^\s'"]{0,255}))`,
  ],
  [/\bsnmp\w+\s/, String.raw`snmp\w{2,12}${between}-c\s(?!public\b)${word}`],
  [/\bsnmp\w+\s/, String.raw`snmp\w{2,12}${between}-[AX]\s${word}`],
  [/\bipmitool\s/, String.raw`ipmitool${between}-P\s${word}`],
  [/rdp\s|rdesktop\s/, String.raw`(?:\w{0,4}freerdp|rdesktop)${between}(?:\/p:|-p\s)${word}`],
  [/\bschtasks\s/i, String.raw`schtasks${between}\/rp\s${word}`],
  [/\bnet\suse\s/i, String.raw`net\suse\s[^\r\n|;&]{0,200}?\/user:\S{1,128}\s(?!\/)${word}`],
  [/\bnet\suse\s/i, String.raw`net\suse\s(?:\w:\s)?\\\\[^\s]{1,200}\s(?![/*])${word}(?=\s\/user:)`],
  [/\bnet\suser\s/i, String.raw`net\suser\s[^\s/]{1,128}\s(?![/*])${word}(?=\s\/|\s{0,4}(?:[\r\n]|$))`],
  [
    /\bsqlplus\s|\brman\s|\bsqlldr\s|\b(?:exp|imp)dp\s/,
    String.raw`(?:sqlplus|rman|sqlldr|(?:exp|imp)dp)${between}["']?[A-Za-z][\w$#.]{0,63}\/([^\s@"'/]{1,256})@`,
  ],
  [/SecureString\s/i, String.raw`ConvertTo-SecureString\s(?:-(?:String|AsPlainText|Force)\s){0,3}${word}`],
  [/\bsecret\sset\s/, String.raw`secret\sset${between}(?:--body|-b)[ =]?${word}`],
];

/** `echo x | sudo -S`: what is piped into a program that takes a password there. */
const readers = String.raw`(?:sudo\s(?:-\w{1,8}\s){0,4}-S|[^|\r\n]{1,120}(?:-stdin(?![\w-])|--with-token|--stdin(?![\w-])|--passphrase-fd|--key-file[ =]-)|cryptsetup|kinit|su\s|passwd\s|docker-credential)`;

const taking: readonly Detector[] = [
  ...taken.map(
    ([hint, pattern]): Detector => ({
      kind: 'password',
      secret: true,
      hint,
      pattern: new RegExp(`(?<![\\w.-])${pattern}`, hint.flags.includes('i') ? 'dgi' : 'dg'),
      accepts: isSaid,
    }),
  ),
  {
    kind: 'password',
    secret: true,
    hint: /\|/,
    pattern: new RegExp(
      String.raw`(?<![\w-])(?:echo|printf)\s(?:-\w{1,3}\s)?(?:'([^'\r\n]{1,256})'|"([^"\r\n]{1,256})"|([^\s'"|]{1,256}))\s{0,3}\|\s{0,3}${readers}`,
      'dg',
    ),
    accepts: isSaid,
  },
  {
    kind: 'password',
    secret: true,
    hint: /chpasswd/,
    pattern:
      /(?<![\w-])(?:echo|printf)\s(?:-\w{1,3}\s)?["']?[\w.-]{1,64}:([^\r\n"'|]{1,256}?)(?:\\n)?["']?\s{0,3}\|\s{0,3}(?:sudo\s)?chpasswd/dg,
    accepts: isSaid,
  },
  {
    kind: 'secret',
    secret: true,
    hint: /(?:setx|set|add|put|create)\s/,
    // setx API_KEY x, npm config set //registry/:_authToken x, rclone config create r s3 secret_access_key x.
    pattern: new RegExp(
      String.raw`(?<![\w-])(?:setx|(?:config(?:ure)?|secrets?|env|vars?|variables?)\s(?:--?\w[\w-]{0,30}\s){0,3}(?:set|create|add|put|update)(?:\s[\w./:@=-]{1,100}){0,4}?)\s(?:--?[\w-]{1,30}\s){0,3}["']?${secretName}["']?\s${word}`,
      'dgi',
    ),
    accepts: (value) => isSaid(value) && !isMessage(value) && /\d|[^\w.:/-]/.test(value),
  },
];

/** `["--password","x"]`, `("X-Api-Key", "x")`, `execve("/usr/bin/mysql", ["mysql", "-px"])`: the next item of a list. */
const listed: readonly Detector[] = [
  {
    kind: 'secret',
    secret: true,
    hint: /\\?["']\s?,\s?\\?["']/,
    pattern: new RegExp(String.raw`\\?["'](?:--?${secretName}|[\w-]{0,40}?(?:${names}))\\?["']\s?,\s?\\?["']([^"'\\\r\n]{1,512})`, 'dgi'),
    accepts: (value, match) => isSaid(value) && !isFlag(value) && (/^\\?["']--?/.test(match) || (looksChosen(value) && /\d/.test(value))),
  },
  {
    kind: 'password',
    secret: true,
    hint: /["']-p/,
    pattern:
      /(?:mysql\w{0,12}|mariadb(?:-\w{1,12})?|sshpass)["'](?:\s?,\s?["'][^"'\r\n]{0,100}["']){0,12}?\s?,\s?["']-p([^"'\r\n]{1,256})/dg,
    accepts: isSaid,
  },
];

const isFlag = (value: string): boolean => /^--?[a-z]/i.test(value);

/** PostgreSQL's .pgpass: host:port:database:user:password. */
const passwordFile: Detector = {
  kind: 'password',
  secret: true,
  hint: /:(?:5432|6432|\*):/,
  pattern:
    /(?<![\w.:*-])(?:[\w.-]{1,128}|\*):(?:5432|6432|\*):(?:[\w$.-]{1,64}|\*):[\w$.@-]{1,64}:([^\s:"']{1,256})(?=["']|[ \t]{0,4}(?:[\r\n]|$))/dg,
  accepts: isSaid,
};

// Case folded beforehand, and words alone: three times as fast as the expressions they stand for.
const signs =
  /curl |passwd|az login|zip |7z|rar |snmp|ipmitool|rdp|rdesktop|schtasks|net use|sqlplus|rman |sqlldr|(?:ex|im)pdp |securestring|secret set|(?:echo|printf) |setx|\b(?:config(?:ure)?|secrets?|env|vars?|variables?) [^\n]{0,60}(?:set|create|add|put|update) |["'] ?, ?\\?["']|:(?:5432|6432|\*):/;

export const commandSecrets: DetectorGroup = {
  hasSign: (text) => signs.test(text.toLowerCase()),
  detectors: [...taking, ...listed, passwordFile],
};
