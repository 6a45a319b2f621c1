import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern, Sample } from '#src/logs/digest/types.ts';
import { shownVariables } from './shown-values.ts';

/** The digest as it may be printed: secrets in templates, samples, values and passages are masked. */
export const shownDigest = (digest: Digest): Digest => ({
  ...digest,
  patterns: digest.patterns.map(shownPattern),
  ...(digest.highlights && { highlights: digest.highlights.map(shownSample) }),
  ...(digest.missing && { missing: digest.missing.map((one) => ({ ...one, template: redactSecrets(one.template) })) }),
});

const shownPattern = (pattern: Pattern): Pattern => ({
  ...pattern,
  template: redactSecrets(pattern.template),
  samples: pattern.samples.map(shownSample),
  variables: shownVariables(pattern).map((variable) => ({
    ...variable,
    top: variable.top.map(({ value, count }) => ({ value: redactSecrets(value), count })),
  })),
});

const shownSample = ({ lines, text }: Sample): Sample => ({ lines, text: redactSecrets(text) });
