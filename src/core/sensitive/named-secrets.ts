import type { Around, Detector, DetectorGroup } from './detectors.ts';
import { isMethod, isNumber, looksChosen } from './looks-chosen.ts';
import { isComplaint, isMessage, isQuoted, saysNothing } from './message-words.ts';
import { isPassword, nameStems, names, passwordNames } from './secret-names.ts';
import { toldSecrets } from './told-secrets.ts';
import { writtenSecrets } from './written-secrets.ts';

// What stands behind a name ("password", "api key") or within a frame that gives it away, and how to tell it from a message about one.

// A quoted value, with the escapes of its language, at no, one and two levels of JSON in JSON; the closing mark may have been cut off.
const quoted = String.raw`(?:\[\s?)?(?:\\{3}"((?:[^"\\\r\n]|\\{7}"|\\(?!\\{2}")){1,2000})|\\"((?:[^"\\\r\n]|\\{3}"|\\(?!")){1,2000})|"((?:[^"\\\r\n]|\\[^\r\n]){1,2000})|\\'((?:[^'\\\r\n]|\\(?!')){1,2000})|'((?:[^'\\\r\n]|\\[^\r\n]|''){1,2000})|“([^”\r\n]{1,2000}))`;
// Marks belong to a bare value when it goes on behind them, unless another name and value do (a=b,c=d).
const goesOn = String.raw`(?=[\w!@#$%^*+])`;
const mark = String.raw`["'()\[\]}]${goesOn}|[,;&]${goesOn}(?![\w.$%-]{1,60}\s?[=:])|<(?![\w/!-]{1,40}>)${goesOn}|>${goesOn}|\\(?![nrtu\\/"'])${goesOn}`;
const bare = String.raw`([^\s"'“”\\,;&<>{}()\[\]](?:[^\s"'“”\\,;&<>{}()\[\]]|${mark}){0,2000})`;
const value = `(?:${quoted}|${bare})`;
const assigned = String.raw`(?:\\{0,3}["'])?\s{0,3}(?:=>|->|→|:=|==?|(?<!:):(?!:)|：)\s{0,3}(?:(?:Some|Just|Optional|Secret(?:String)?)(?=[(\[ ]["'\w])[(\[ ]\s?)?`;

/** `PWD=/home/ana` is a folder; `sessionid: 0x34ede65503f0010` and `token: android.os.BinderProxy@2bd79ce` are handles as programs print them. */
const isHandle = (value: string, match: string): boolean =>
  (/^pwd/i.test(match) && /^[/~]/.test(value)) ||
  (/^session/i.test(match) && /^0x[0-9a-f]{1,16}$/i.test(value)) ||
  /^(?:[a-z]\w{0,40}\.){1,12}[A-Z][\w$]{0,80}@[0-9a-f]{1,8}$/.test(value) ||
  /^(?:[A-Za-z_]+\.)*[a-z]{2,}[A-Z][a-z]{2,}[A-Za-z]*\(/.test(value) ||
  /^(?:this|self|config|settings|options|process\.env|env|os\.environ|args|request|req|user)\.[\w.]{1,80}$/.test(value);

/** `password= user=bob`: there is none. */
const isNextPair = (value: string, match: string): boolean =>
  /=\s+$/.test(match.slice(0, -value.length)) && /^[a-z_][\w.-]{0,40}=[^=]/i.test(value);

/** Behind `password:`, `token =` and the like: a value, or the rest of a sentence about it? */
const isSecret = (value: string, match: string, { before, after }: Around): boolean => {
  if (saysNothing(value) || isHandle(value, match) || isNextPair(value, match)) return false;
  const isOfPassword = isPassword.test(match);
  // Branches and mappings point with arrows too.
  if (/(?:->|→)\s*["'“]?$/.test(match.slice(0, -value.length)) && (!isOfPassword || value.includes('/'))) return false;
  if (isQuoted(before)) {
    // The mark closed another string: "no password:", or is one of a parser's complaints: near token: ";".
    if (/^[\s,})\]:]/.test(value) || (!isOfPassword && !/[A-Za-z0-9]/.test(value))) return false;
    const words = value.trim().split(/\s+/);
    if (words.length === 1 || !words.every((word) => /^[A-Za-z'’-]+[.,:;!?]?$/.test(word))) return true;
    return /=/.test(match) ? isOfPassword || !isMessage(value) : (isOfPassword || /^secret/i.test(match)) && !isComplaint(value);
  }
  const next = /^[ \t]{1,3}([A-Za-z][A-Za-z'’]*)(?![\w.-]*\s?[=:])/.exec(after)?.[1];
  if (/^\d{1,5}$/.test(value) && (next !== undefined || /^\w*(?:token|key)/i.test(match))) return false;
  if (!/^[A-Za-z]+[.,:;!?]?$/.test(value)) return !/^[:;.!?)]+$/.test(value);
  if (match.endsWith(`=${value}`)) return !isMessage(value) || value !== value.toLowerCase();
  // What scanners call a token: IDENTIFIER, EOF.
  if (/^(?:[a-z]+[-_ ]?)?token[^=]*$/i.test(match.slice(0, match.length - value.length)) && /^[A-Z]+$/.test(value)) return false;
  if (next === undefined) return true;
  // Words follow: of keys and tokens, which are no words, this is a sentence; a password may be one.
  return isOfPassword && !isMessage(value) && !isMessage(/^[^\r\n.;,|"']{0,80}/.exec(after)?.[0] ?? '');
};

/** Somebody is named in front of it: user=bob pass=…, login: ana, pass: … */
const namesSomebody = /(?:user(?:name)?|login|uid|usr|account|email|host|server)(?:\\?["'])?\s{0,3}(?:[:=]|=>)\s{0,3}[^\r\n]{1,80}$/i;

/** `pass` alone is also what tests and renderers do. */
const isPass = (value: string, match: string, around: Around): boolean => {
  const { before, after } = around;
  if (saysNothing(value) || isNumber.test(value) || /^(?:tests?|spec|it|should)|(?:tests?|spec)$/i.test(value)) return false;
  if (isQuoted(before))
    return /^(?:pass|pw)\\{0,3}["']/i.test(match) || /=/.test(match) ? !/\s/.test(value) || !isMessage(value) : namesSomebody.test(before);
  if (namesSomebody.test(before)) return isSecret(value, match, around);
  if (/^PASS\s*:/.test(match)) return false;
  if (looksChosen(value)) return true;
  return /[a-z]/i.test(value) && !/^\s{0,3}[A-Za-z(]/.test(after.replace(/^[ \t]+[\w.-]+\s?[=:].*/s, '')) && !isMessage(value);
};

const detectors: readonly Detector[] = [
  {
    kind: 'password',
    secret: true,
    hint: /:\/\//,
    pattern: /:\/\/[^\s:@/"'<>[\]]{0,128}:((?!\d{1,5}(?:[/?#,;)\]}]|$))(?:(?!:\/\/)[^\s"'<>]){1,512})@/dg,
  },
  { kind: 'token', secret: true, hint: /:\/\//, pattern: /:\/\/([A-Za-z0-9_-]{20,256})@/dg },
  // The same inside another address, percent-encoded; as Oracle writes it: jdbc:oracle:thin:user/password@host; and as Go does: user:password@tcp(host).
  { kind: 'password', secret: true, hint: /%3a%2f%2f/i, pattern: /%3a%2f%2f[^\s%]{0,128}%3a([^\s%]{1,256})%40/dgi },
  { kind: 'password', secret: true, hint: /oracle:/i, pattern: /oracle:\w{2,8}:[^\s:/@"']{1,128}\/([^\s@/"']{1,256})@/dgi },
  { kind: 'password', secret: true, hint: /@(?:tcp|unix)\d?\(/, pattern: /(?<![\w.-])[\w.-]{1,64}:([^\s"'(]{1,256})@(?:tcp|unix)\d?\(/dg },
  {
    kind: 'authorization',
    secret: true,
    hint: /authorization/i,
    pattern:
      /authorization(?:\\?["'])?\s{0,3}(?:=>|[:=])\s{0,3}(?:\[\s?)?(?:\\?["'])?(?:(?:Bearer|Basic|Token|ApiKey|Negotiate|NTLM|Digest|AWS4-HMAC-SHA256)\s{1,3}([A-Za-z][\w-]{0,30}=(?:\\?"[^"\\\r\n]{0,512}\\?"|[^\s",\\]{1,512})(?:(?:,[ \t]{0,2}|[ \t]{1,2})[A-Za-z][\w-]{0,30}=(?:\\?"[^"\\\r\n]{0,512}\\?"|[^\s",\\]{1,512})){0,15}|[^\s"'\\]{4,4096})|([^\s"'\\]{6,4096}(?:,? ?[A-Za-z]{1,20}="?[^\s",]{1,512}"?){0,12}))/dgi,
    accepts: (value) =>
      !saysNothing(value) && !/^(?:required|header|failed|missing|auth|scheme|(?:bearer|basic|digest|token)$)/i.test(value),
  },
  {
    kind: 'token',
    secret: true,
    hint: /(?:key|token|secret)\s/i,
    // Hexadecimal says nothing about itself: its name does, also without a sign between them.
    pattern:
      /(?<!unexpected )(?<![A-Za-z])(?:x-)?(?:(?:api|access|auth|secret|private|session|client|refresh)[-_ ]?)?(?:key|token|secret)\s{1,3}([0-9a-f]{32,512})(?![\w-])/dgi,
    accepts: (value, match) => /\d/.test(value) && /[a-f]/i.test(value) && !/^key\s/i.test(match),
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
    accepts: (value) => holdsUserAndPassword(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /auth["']/i,
    // Docker's config.json.
    pattern: /(?<![A-Za-z])auth\\?["']\s?:\s?\\?["']([A-Za-z0-9+/]{4,1024}={0,2})/dgi,
    accepts: (value) => holdsUserAndPassword(value),
  },
  {
    kind: 'cookie',
    secret: true,
    hint: /cookie/i,
    pattern: /(?<![A-Za-z])(?:set-)?cookie2?(?:\\?["'])?\s{0,3}(?:=>|[:=])\s{0,3}(?:\[\s?)?(?:\\?["'])?([^\r\n"'\\]{3,4096})/dgi,
    accepts: (value) => /^\s?[\w.$!%*`~^|#&+-]{1,128}=/.test(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /-pass|identified/i,
    pattern:
      /(?<![A-Za-z])(?:identified\s{1,4}by\s{1,4}|--?pass(?:word|wd|phrase)?[ =])(?:\\?'([^'\\\r\n]{1,256})|\\?"([^"\\\r\n]{1,256})|([^\s'"-][^\s'"]{0,255}))/dgi,
    accepts: (value) => !saysNothing(value),
  },
  {
    kind: 'password',
    secret: true,
    hint: /\s-[pPaw]/,
    // The flags by which well-known programs take it.
    pattern:
      /(?<![\w.-])(?:(?:mysql\w{0,12}|mariadb(?:-\w{1,12})?|sshpass|mongo\w{0,8}|(?:docker|podman|buildah|skopeo|helm registry) login|(?:sqlcmd|bcp|osql)(?=\s(?:[^\r\n|;&]{0,200}?\s)?-P))\s(?:[^\r\n|;&]{0,200}?\s)?-[pP]|(?:redis|keydb|valkey)-cli\s(?:[^\r\n|;&]{0,200}?\s)?-a|ldap\w{2,12}\s(?:[^\r\n|;&]{0,200}?\s)?-w)\s?(?:'([^'\r\n]{1,256})|"([^"\r\n]{1,256})|([^\s'"-][^\s'"]{0,255}))/dg,
  },
  {
    kind: 'password',
    secret: true,
    hint: /\s-{1,2}u/,
    pattern: /(?<=\s)(?:-u|--user)[ =](?:["'][^\s:"']{1,128}:([^\r\n"']{1,256})["']|[^\s:"']{1,128}:([^\s"']{1,256}))/dg,
    accepts: (value) => !/^\$[\w{(]/.test(value),
  },
  ...toldSecrets,
  ...writtenSecrets,
  // In connection strings a value runs to the semicolon, spaces and all; the last one to where words go on.
  {
    kind: 'secret',
    secret: true,
    hint: /;/,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:${passwordNames}|accountkey|sharedaccesskey)\s?=\s?(?:\{([^}\r\n]{1,256})\}|([^\s;"'=\r\n{][^;"'\r\n]{0,256})(?<!\s)(?=\s{0,2};(?:\s?[A-Za-z][\w ]{0,40}=|\s{0,4}(?:["'\r\n]|$)))|(?<=;\s?[A-Za-z]{2,20}\s?=\s?)([^\s;"'=\r\n{][^;"'\r\n]{0,256}?)(?=["'\r\n]|$|\s{1,3}(?:at|for|in|on|from|to|failed|timed|was|is|and|with|after|while|[(\[]|-|\w{1,40}=)))`,
      'dgi',
    ),
    accepts: (value, match) => !saysNothing(value) && !/\s[\w-]{1,40}=/.test(value) && !isHandle(value, match),
  },
  // <password>x</password>, <property name="password" value="x"/>, {"name":"DB_PASSWORD","value":"x"}.
  {
    kind: 'secret',
    secret: true,
    hint: /<\/|&lt;\/|<!\[/,
    pattern: new RegExp(
      String.raw`(?:<|&lt;)[\w.:-]{0,60}?(?:${names}|(?<=[<;:._-])(?:pass|pw))(?:\s[^<>\r\n]{0,200})?(?:>|&gt;)\s{0,4}(?:<!\[CDATA\[)?((?:(?!&lt;|\]\])[^<\r\n]){1,2000})(?=<\/|&lt;\/|\]\]>)`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value.trim()) && value.trim() !== '' && !(/\s/.test(value.trim()) && isComplaint(value)),
  },
  // <property name="password">x</property>, <key>Password</key><string>x</string>.
  {
    kind: 'secret',
    secret: true,
    hint: /<\/|&lt;\//,
    pattern: new RegExp(
      String.raw`(?:(?:name|key|id)=\\?["'][\w.-]{0,60}?(?:${names}|(?<=["'._-])pass)\\?["'][^<>\r\n]{0,200}(?<!\/)>|(?:<|&lt;)key(?:>|&gt;)[\w. -]{0,60}?(?:${names})(?:<|&lt;)\/key(?:>|&gt;)\s{0,16}(?:<|&lt;)(?:string|data)(?:>|&gt;))((?:(?!&lt;)[^<\r\n]){1,2000})(?=<\/|&lt;\/)`,
      'dgi',
    ),
    accepts: (value) => value.trim() !== '' && !saysNothing(value.trim()) && !(/\s/.test(value.trim()) && isComplaint(value)),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /value/i,
    pattern: new RegExp(
      String.raw`(?:name|key)\\?["']?\s?[:=]\s?\\?["'](?:[\w.-]{0,60}(?:${names})|[\w.-]{0,60}[_.-]pass|pass)\\?["'][,;]?\s{0,2}\\?["']?value\\?["']?\s?[:=]\s?${quoted}`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /value\s?[:=]/i,
    // The same in a log's own form: name=DB_PASSWORD value=x.
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:name|key)\s?[:=]\s?(?:[\w.-]{0,60}(?:${names})|[\w.-]{0,60}[_.-]pass|pass)[,;]?\s{1,2}value\s?[:=]\s?${value}`,
      'dgi',
    ),
    accepts: (value) => !saysNothing(value),
  },
  // YAML may put the value on the next line.
  {
    kind: 'secret',
    secret: true,
    hint: /:[ \t]*\r?\n/,
    pattern: new RegExp(
      String.raw`(?<![A-Za-z])(?:${names})["']?:[ \t]{0,8}\r?\n[ \t]{1,64}["']?([^\s"'#:]{4,256})["']?[ \t]{0,8}(?=\r?\n|$)`,
      'gdi',
    ),
    accepts: (value) => !saysNothing(value) && /\d/.test(value),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /[=:→：]|->/,
    // "Unexpected token: }" is what parsers say; a name like DB_PASSWORD or spring.datasource.password ends in one of the words.
    pattern: new RegExp(`(?<!unexpected )(?<![A-Za-z])(?:${names})${assigned}${value}`, 'gdi'),
    accepts: isSecret,
  },
  {
    kind: 'secret',
    secret: true,
    hint: /pass|pw/i,
    pattern: new RegExp(`(?<![A-Za-z\\d_.-])(?:pass|pw)${assigned}${value}`, 'gdi'),
    accepts: isPass,
  },
  // The same names glued to a word in front (dbPassword, PGPASSWORD, clientSecret, DB_PASS, smtp.pass): no look-behind, so only the unmistakable ones.
  {
    kind: 'secret',
    secret: true,
    hint: /[=:]/,
    pattern: new RegExp(`(?:[Pp]assword|[Pp]asswd|secret|apikey|Token|Secret|ApiKey|AccessKey)${assigned}${value}`, 'gd'),
    accepts: (value, match, around) => isSecret(value, match, around) && (/[=]|["']/.test(match) || /\d/.test(value)),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /[Pp]ass|PASS|[Pp]w/,
    pattern: new RegExp(
      `(?:(?<=[a-z\\d])(?:Pass|Pw)|(?<=[A-Za-z\\d][_.-])(?<!(?:first|second|third|last|next|one|two|multi|single|by|low|high|test|tests|num|render|is|did|FIRST|SECOND|LAST|TEST|TESTS|NUM)[_.-])(?:pass|Pass|PASS|pw))${assigned}${value}`,
      'gd',
    ),
    accepts: (value, match, around) =>
      !isNumber.test(value) && isSecret(value, match, around) && (/[=]|["']|^PASS/.test(match) || looksChosen(value)),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /[=:]/,
    // In the environment a value ends where the word does.
    pattern: new RegExp(
      String.raw`(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|(?<=[A-Z\d]_)(?:PASS|PW|PWD))\s{0,1}=\s{0,1}(?:${quoted}|([^\s"'“”\\]{1,2000}))`,
      'gd',
    ),
    accepts: (value, match, around) =>
      !/^[:(]/.test(value) &&
      !/^\d{1,3}[,;)]?$/.test(value) &&
      isSecret(value, match, around) &&
      !/^[\w.-]{0,200}[,;&][\w.$%-]{1,60}[=:]/.test(value),
  },
  {
    kind: 'secret',
    secret: true,
    hint: /_AUTH|_auth/,
    pattern: new RegExp(`(?:(?<=[A-Za-z\\d]_)(?:AUTH|auth)|(?<![A-Za-z\\d_.-])_auth)\\s?=\\s?${value}`, 'gd'),
    accepts: (value) => !saysNothing(value) && !isMethod.test(value) && !isNumber.test(value) && value.length > 3,
  },
  { kind: 'azure key', secret: true, hint: /sig=/, pattern: /[?&]sig=([A-Za-z0-9%/+=_-]{20,512})/dg },
];

const holdsUserAndPassword = (base64: string): boolean =>
  /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));

// Case folded beforehand: three times as fast as the flag.
const signs = new RegExp(`@|%3a|${nameStems}`);
const flags = /\s-{1,2}[apuwPU]|[?&](?:sig|code)=/;

export const namedSecrets: DetectorGroup = {
  hasSign: (text) => {
    const folded = text.toLowerCase();
    // Of one-time codes: nothing is faster than to look for a word.
    return (
      signs.test(folded) ||
      flags.test(text) ||
      folded.includes(' code') ||
      folded.includes('pin ') ||
      text.includes('TAN') ||
      folded.includes('scode')
    );
  },
  detectors,
};
