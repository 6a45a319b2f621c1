import type { Digest } from '#src/logs/digest/types.ts';
import { textsOf } from './check-source.ts';

/**
 * Replaces links that the log itself does not contain: nothing a model makes up is ever one click away (law 8). A host alone counts, too,
 * whatever its ending: new endings come every month, so no list of them is asked. Each word with dots in it that could be a host and does not stand
 * in the log goes, unless its ending is one that no domain has: of a file (`package.json`), an exception's class
 * (`java.lang.IllegalStateException`) or a setting (`pool.max`, `request.timeout.ms`). What is both, such as `install.sh` or `README.md`, goes
 * unless the log names it. No host of documentation is let through: engines are told to give no links.
 */
export const removeUnknownLinks = (text: string, digest: Digest): string => {
  if (!mayHoldLink.test(text)) return text;
  const keepKnown = (found: string): string => {
    const target = found.replace(/[.,;:!?)\]}'"”>…]+$/, '');
    // One that was cut says so, and leads nowhere else than the whole one begins.
    const isCut = found[target.length] === '…';
    return (isCut ? knownText(digest).includes(target.toLowerCase()) : isKnown(target, knownText(digest))) ? found : '[link removed]';
  };
  return (
    text
      // The log's own markup is quoted as it stands there; our posts show it as text.
      .replace(markup, (found, target: string) => (knownText(digest).includes(found.toLowerCase()) ? found : target))
      .replace(link, keepKnown)
      .replace(disguised, keepKnown)
      .replace(dotted, (found) => (endsLikeNoHost.test(found) ? found : keepKnown(found)))
  );
};

// Wider than what is looked for, and soon over.
const mayHoldLink = /[/／]{2}|[.。][^\s\d]|www\.|mailto:|\]\(/i;

// [text](target) and <target|text>: what is shown must be what it is.
const markup = /(?:\[[^\]\n]{0,200}\]\(|<)((?:https?:\/\/|mailto:|www\.)[^\s)>|]{1,500})(?:\)|\|[^>\n]{0,200}>|>)/gi;

// Chat programs make links of bare domains too, so these count; endings that are files or code to an engineer do not.
const endings =
  'com|org|net|io|dev|app|co|ai|info|biz|me|xyz|site|online|top|link|click|page|cloud|tech|shop|store|live|club|info|ru|cn|de|uk|eu|us|fr|nl|in|br|jp|it|es|pl|ch|au|ca|to|ly|gg|cc|tv|ws|su|tk|ml|ga|cf|zip|mov';
const link = new RegExp(
  String.raw`(?:[a-z][a-z0-9+.-]{1,20}:\/\/|mailto:|www\.)[^\s<>|"'”]{1,500}|(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:${endings})(?![\p{L}\p{N}_-]|\.\p{L})(?:[:/][^\s<>|"'”]{0,500})?`,
  'giu',
);
// With a path, whatever the ending; and without a scheme, or written with wide signs, which browsers read all the same.
const disguised =
  /(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}-]{1,63}[.。]){1,8}\p{L}{2,24}\/[^\s<>|"'”]{1,500}|(?<!\S)(?:https?[:：])?[/／]{2}[^\s<>|"'”]{1,500}/giu;

// A host alone; what an ellipsis cuts off is compared as far as it goes.
const dotted =
  /(?<![\p{L}\p{N}@._/\\${-])(?:[\p{L}\p{N}_-]{1,63}[.。]){1,8}\p{L}{2,24}(?![\p{L}\p{N}_-]|[.。]\p{L}|[/\\])(?:…|:\d{1,5}(?!\d))?/gu;
const endsLikeNoHost = new RegExp(
  String.raw`(?:(?:Exception|Error|Throwable)|\.(?:local|internal|localhost|${[
    'json|ya?ml|log|conf|cfg|txt|xml|ini|toml|properties|lock|[cm]?[jt]s|[jt]sx|java|jar|war|kt|go|rb|php|html?|s?css|sql|csv|tsv|service|socket|timer',
    'mount|slice|gz|tgz|tar|bz2|xz|exe|dll|pem|crt|cer|csr|jks|pfx|sqlite|pid|sock|tmp|bak|out|err|hcl|gradle|bat|cmd|proto|parquet|bin|dat|dmp|hprof',
    'jfr|lua|swift|scala|cpp|hpp|rst|adoc|tpl|mod|sum|timeout|interval|size|bytes|enabled?|disabled|max|min|count|limits?|retries|level|port|ur[il]|path',
    'threads|records|memory|cpu|mode|ttl|hours|minutes|seconds|factor|replicas|user|username|password|file|dir|pool|queue|connections|somaxconn|requests',
    'period|delay|backoff|class|root|version|format|prefix|key|value|policy|strategy|args|opts|env|default|(?:timeout|interval|delay|backoff|age|wait|idle|time).ms',
  ].join('|')}))(?::\d{1,5})?$`,
);

/** As a whole: 'https://example.org' must not pass because the log has 'https://example.org.evil.test'. */
const isKnown = (target: string, known: string): boolean => {
  const wanted = target.toLowerCase();
  for (let at = known.indexOf(wanted); at >= 0; at = known.indexOf(wanted, at + 1)) {
    const before = known.slice(Math.max(0, at - 1), at);
    const after = known.slice(at + wanted.length, at + wanted.length + 2);
    if (!/[\p{L}\p{N}.-]/u.test(before) && !/^(?:[\p{L}\p{N}@-]|\.\p{L})/u.test(after)) return true;
  }
  return false;
};

const knownTexts = new WeakMap<Digest, string>();

const knownText = (digest: Digest): string => {
  const known =
    knownTexts.get(digest) ??
    [...digest.patterns.flatMap(textsOf), ...(digest.highlights ?? []).map(({ text }) => text)].join('\n').toLowerCase();
  knownTexts.set(digest, known);
  return known;
};
