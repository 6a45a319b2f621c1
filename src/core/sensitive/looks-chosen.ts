import { isMessage, saysNothing } from './message-words.ts';

/** A count, a time or a share. */
export const isNumber = /^[+-]?\d[\d.,]*(?:%|[a-zµ]{1,3}|\/\d+|\/s)?$/i;

/** A way to log in, not what one logs in with. */
export const isMethod =
  /^(?:basic|digest|bearer|oauth2?|ldaps?|md5|scram.*|peer|trust|ident|cert|gssapi|kerberos|krb5|ntlm|plain|login|token|jwt|saml2?|oidc|sso|password|aws.*|gcp|azure|iam|internal|external|local|public|private|anonymous|user.*|https?:.*|[./~].*)$/i;

/** Letters and digits or signs, as no word, number, time or path has them. */
export const looksChosen = (value: string): boolean => {
  const plain = value.replace(/[.,:;!?)]+$/, '');
  if (plain.length < 4 || !/[A-Za-z]/.test(plain) || !/[\d!@#$%^&*+]/.test(plain)) return false;
  if (
    saysNothing(plain) ||
    isNumber.test(plain) ||
    /^(?:\d[\dT:.Z+-]*|[./~].*|\w+:\/\/.*|v\d[\w.]*|0x[0-9a-f]+|[\w.-]+@[\w.-]+|<.*>|[\w.]+\/\d+)$/i.test(plain)
  )
    return false;
  const word = plain.replace(/[-_#]?\d+$/, '');
  return (
    !isMessage(word) &&
    !/^(?:sha|aes|hmac|bcrypt|argon|scrypt|pbkdf|utf|base|rsa|ssh|req(?:uest)?|step|rule|line|version|id|policy|attempts?|test|case|db|host|node|job)$/i.test(
      word,
    )
  );
};
