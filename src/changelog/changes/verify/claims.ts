import type { SectionName } from '#src/changelog/changes/types.ts';

/** What a reader acts on, or is frightened by: said only where the changes say it, or the section means it. */
const claims: { words: RegExp; meant: readonly SectionName[] /** Of changes that say this it may be said. */; said?: RegExp }[] = [
  {
    words:
      /\b(?:remov(?:e[sd]?|ing|als?)|delet(?:e[sd]?|ing|ions?)|eras(?:e[sd]?|ing)|wip(?:e[sd]?|ing)|drop(?:s|ped|ping)?|discontinu\w+|withdrawn?|no longer (?:works?|supported|supports?|available|possible|offered|there))\b/i,
    meant: ['Removed'],
  },
  { words: /\b(?:secur\w+|insecure\w*|vulnerab\w+|exploit\w*|attack\w*|hack\w*|breach\w*|malicious\w*)\b/i, meant: ['Security'] },
  { words: /\bdeprecat\w+\b/i, meant: ['Deprecated'] },
  {
    words:
      /\b(?:not|cannot|never|no longer|unable|unavailable|impossible|nobody|fail(?:s|ed|ing|ures?)?|block(?:s|ed|ing)?|disabled?|broken?|breaks|crash(?:es|ed|ing)?)\b|n['’]t\b/i,
    meant: ['Removed', 'Deprecated'],
    said: /\b(?:fix\w*|bugs?|crash\w*|fail\w*|errors?|broke\w*|wrong\w*|prevent\w*|avoid\w*|stop\w*|without|no|remov\w*|drop\w*|deprecat\w*|instead|only|disallow\w*|reject\w*|panic\w*|leak\w*|vulnerab\w*|hang\w*)\b/i,
  },
  { words: /\b(?:leak\w*|expos\w+|stolen|steal\w*)\b/i, meant: [] },
  { words: /\b(?:los(?:e[sd]?|ing|t|s)|corrupt\w*)\b/i, meant: [] },
  { words: /\b(?:passwords?|passphrases?|credentials?|secrets?|tokens?|(?:personal|private|customer) data)\b/i, meant: [] },
  { words: /\b(?:breaking|must|urgent\w*|immediately)\b/i, meant: [] },
  { words: /\b(?:contact|visit|click|download|call|pay|send)\b(?! to\b)/i, meant: [] },
  { words: /\bdot (?:com|org|net|io|dev|co|app)\b/i, meant: [] },
];

/** Claims of a text that neither its changes nor its section make. */
export const findClaims = (text: string, source: string, section: SectionName | undefined): string[] =>
  claims.flatMap(({ words, meant, said }) => {
    const claim = words.exec(text)?.[0];
    return claim === undefined || words.test(source) || said?.test(source) || (section !== undefined && meant.includes(section))
      ? []
      : [claim];
  });

/** Names that need no capital to be names: what runs it, what it works with. */
const products =
  /\b(android|angular|ansible|anthropic|apache|asana|auth0|aws|azure|bigquery|bitbucket|cassandra|chatgpt|chrom|clickhouse|cloudflare|datadog|debian|django|docker|dynamo|elasticsearch|fedora|firefox|gcp|github|gitlab|golang|google|grafana|graphql|grpc|haproxy|heroku|hubspot|ios|ipados|iphone|java|jenkins|jira|jwt|k8s|kafka|keycloak|kotlin|kubernetes|laravel|ldap|linux|mac ?os|mailchimp|maria|memcached|microsoft|mongo|mysql|nginx|oauth|okta|openai|opensearch|openssl|pagerduty|paypal|podman|postgres|prometheus|python|rabbitmq|redis|safari|salesforce|saml|sentry|shopify|snowflake|sqlite|stripe|terraform|trello|twilio|typescript|ubuntu|vercel|webauthn|whatsapp|wordpress|zendesk)(?:db|e|ium|ql|script|\d)?\b/gi;

/** Products a text names and its changes do not, in any case of letters. */
export const findProducts = (text: string, holds: (part: string) => boolean): string[] =>
  [...text.matchAll(products)].flatMap(([name, base = name]) => (holds(base) ? [] : [name]));

/** Whether a text speaks of what its changes speak of: a word of substance stands there, in some form. What is told in another language may not. */
export const isAbout = (text: string, source: string): boolean => {
  if (!english.test(source)) return true;
  const own = stemsOf(text);
  const told = new Set(stemsOf(source));
  return own.length === 0 || own.some((stem) => told.has(stem));
};

const english = /\b(?:the|and|for|with|when|from|into|of|to|by|on|that|is|are|was|adds?|removes?|allows?|shows?|uses?)\b/i;

/** 'exporting', 'exports' and 'exported' begin alike. */
export const stemsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !idle.has(word)).map((word) => word.slice(0, 4));

const idle = new Set(
  'the and for with from into that this when where which are was were has have had been being than via you your can now will would not its our all any more most also new add adds added fix fixes fixed change changes changed remove removes removed update updates updated use uses used make makes made work works working feat chore refactor perf build'.split(
    ' ',
  ),
);
