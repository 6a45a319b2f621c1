/** What passwords are called, as parts of a regular expression. */
export const passwordNames = [
  'pass(?:word|wd|phrase|code|wort)',
  'pwd',
  'kennwort',
  'contrase(?:ñ|n)a',
  'senha',
  'wachtwoord',
  'mot[ _-]de[ _-]passe',
  'пароль',
  '密码',
  '密碼',
  'パスワード',
].join('|');

const otherNames = [
  'secret(?:[-_ ]?(?:access[-_ ]?)?key)?',
  'client[-_]?secret',
  '(?:access|refresh|id|auth|bearer|session|csrf|xsrf)?[-_]?token',
  '(?:api|app|auth|access|account|private|encryption|signing|license|licence)[-_ ]?key(?:[-_ ]?id)?',
  'shared[-_]?access[-_]?(?:key|signature)',
  'credentials?',
  'session[-_]?id',
  'jsessionid',
  'phpsessid',
  'signature',
  'otp',
  'cvv2?',
  'cvc',
].join('|');

/** All of them, as parts of a regular expression. */
export const names = `${passwordNames}|${otherNames}`;

/** In every detector below something of these stands in the text, whatever the case. */
export const nameStems =
  'pass|pwd|pw(?![a-z])|kennwort|contrase|senha|wachtwoord|пароль|密|パス|secret|token|key|credential|session|sess|signature|otp|cv[vc]|auth|bearer|basic|cookie|identified';

/** Does what was found begin with a password's name? */
export const isPassword = new RegExp(`^(?:${passwordNames}|pass|pw)`, 'i');
