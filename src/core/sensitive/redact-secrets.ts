import { rememberTexts } from '#src/core/remember-texts.ts';
import { findSensitive } from './find-sensitive.ts';

/** What a person sees in place of a secret. */
export const redaction = (kind: string): string => `[masked: ${kind}]`;

/** Replaces secrets (keys, tokens, passwords, cards) for good; e-mail and network addresses stay. Running it twice changes nothing more. */
export const redactSecrets = rememberTexts((text): string => {
  let redacted = '';
  let at = 0;
  for (const span of findSensitive(text)) {
    if (!span.secret) continue;
    redacted += text.slice(at, span.from) + redaction(span.kind);
    at = span.to;
  }
  return redacted + text.slice(at);
});
