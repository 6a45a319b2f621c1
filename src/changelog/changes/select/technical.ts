import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';
import { withoutGossip } from '#src/changelog/changes/wording/plain-words.ts';

// How it is made: nobody who uses it reads that.
const insides =
  /(?<![\p{L}\p{N}_])(?:memoi[sz]\w*|re-?renders?|re-?rendering|oom\w*|service (?:mesh|discovery)|npe|null ?pointers?(?: exceptions?)?|stack ?traces?|n\+1|mutex(?:es)?|semaphores?|deadlocks?|goroutines?|(?:thread|connection) pools?|gc|garbage collect\w*|event loop|refactor\w*|god class|singletons?|dtos?|orm|middlewares?|dependency injection|re-?hydrat\w*|reducers?|eslint|mypy|ruff|webpack|babel|esbuild|tsc|tsconfig|linter|unit tests?|back-?fill\w*|cron ?jobs?|feature flags?|env(?:ironment)? var(?:iable)?s?|(?:liveness|readiness)(?: probes?)?|consumer lag|dead code|tech(?:nical)? debt|code ?base|boilerplate|(?<=^(?:add|improve|extend|more|better|extra) (?:\w+ )?)logging|(?<=^(?:add|fix|new|run|update) (?:\w+ )?)migrations?(?! (?:from|to|of|assistant|wizard|guide))|index(?:es)? on (?:the )?\w+ (?:table|column)s?)(?![\p{L}\p{N}_])/iu;
/** Names of code, signs of code: useCart, order_id, CartService#merge, MAX_ROWS, a == b. What stands in `code` was written to be read. */
const code =
  /\b(?!(?:i(?:OS|Pad\w*|Phone\w*|Cloud|Message|CAL\w*)|macOS|eBook\w*|ePub|eSIM|eID|eCommerce|jQuery|gRPC|mTLS|vCards?)\b)[a-z]{2,}[A-Z]\w*|\b[a-z]\w*_[a-z]\w+|\b[A-Z][A-Z\d]+_[A-Z\d_]+\b|\b[A-Z]\w+(?:#|::)\w+|\b[A-Z]\w*\.\w+\(|\b[a-z]\w*\(\)|\s(?:===?|!==?|&&|\|\|)\s/;
/** What it runs on: of those who use it only such read of it as connect it themselves. */
const machinery =
  /(?<![\p{L}\p{N}_])(?:kubernetes|k8s|helm|terraform|ansible|docker\w*|pods|daemonsets?|sharding|redis|memcached|kafka|rabbitmq|postgres\w*|mysql|mariadb|mongo\w*|elasticsearch|opensearch|nginx|envoy|traefik|grpc|protobuf|prometheus|grafana|opentelemetry|otel|telemetry|tracing|sentry|datadog|prod|staging)(?![\p{L}\p{N}_])/iu;
const offered =
  /\b(?:support(?:s|ed)?|integrat\w+|connect(?:s|or|ors)?|plugins?|sdks?|cli|api|webhooks?|templates?|guide|import|export)\b/i;
const places =
  /^(?:infra\w*|k8s|kubernetes|helm|terraform|ansible|docker|ops|devops|db|database|migrations?|worker|workers|queue|internal|internals|backoffice|logging|metrics|telemetry|tracing|monitoring|observability|dx)$/i;

type Said = Pick<ParsedChange, 'subject' | 'scope'>;

/** Whether only those read it who build or run it, by its words, its signs of code or the place it names. */
export const isTechnical = ({ subject, scope }: Said): boolean => {
  if (scope !== null && places.test(scope)) return true;
  const text = withoutGossip(subject).replaceAll(/`[^`]*`|https?:\/\/\S+/g, ' ');
  return insides.test(text) || code.test(text) || (machinery.test(text) && !offered.test(text));
};
