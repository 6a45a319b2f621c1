import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';
import type { FailureKind } from './failure-kinds.ts';
import { ownFailureOf } from './own-failure.ts';
import { problemKindOf } from './problem-kind.ts';
import { gravestStatus } from './request-status.ts';

export type Problem = { pattern: Pattern; kind: FailureKind | null };

/** Patterns that say something is wrong: errors first, then warnings, then what only looks like trouble; each by rank. */
export const problemsOf = (digest: Digest): Problem[] => {
  const known = found.get(digest);
  if (known) return known;
  const problems = findProblems(digest);
  found.set(digest, problems);
  return problems;
};

// The summary, its check and its report each ask, and knowledge of failures is a lot of expressions.
const found = new WeakMap<Digest, Problem[]>();

const findProblems = (digest: Digest): Problem[] => {
  const all = digest.patterns
    .filter(maySayTrouble)
    .map((pattern) => ({ pattern, kind: problemKindOf(pattern) }))
    .filter(isProblem);
  if (all.length < 2) return all;
  const places = new Map(all.map((problem) => [problem, placeOf(problem)]));
  return all.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
};

/** What was never seen before is asked for before what is there on any day. */
const placeOf = ({ pattern, kind }: Problem): number => {
  if (kind?.hard) return 0;
  if (!isReadable(pattern) && kind === null) return 6;
  if (saysAfterFailure(pattern.template)) return 5;
  if (isFrame(pattern)) return 5.2;
  if (saysItIsBack(pattern.template)) return 5.5;
  if (isUsual(pattern)) return isSevere(pattern) ? 3.2 : 4.5;
  if (isSevere(pattern))
    return pattern.past?.isNew
      ? 0.5
      : opensWithCode.test(pattern.samples[0]?.text ?? '')
        ? 0.9
        : isTerse(pattern) && (kind === null || kind.vague)
          ? 1.85
          : 1;
  if (ownFailureOf(pattern)?.by === 'event') return 1;
  if (isDeprecation(pattern)) return 4;
  if (kind?.loud && kind.root >= 2) return kind.vague ? 2.1 : 1.9;
  // Among warnings, those that are known to be a root of trouble.
  const isRoot = kind !== null && !kind.vague && kind.root >= 2;
  return pattern.level === 'warn' ? (isRoot ? 1.8 : 2) : isRoot && pattern.level === 'unknown' ? 2 : 3;
};

/** 'AMQ9208E: …', 'SQL0911N …': a message that its program numbers says what the prose below it explains. */
const opensWithCode = /^(?:\S+ )?[A-Z]{3,6}\d{4,5}[EFSN]:? [A-Z]/;

/** Written at the level of what went before it: 'changed state to up' of a link that was down. */
const saysItIsBack = (text: string): boolean => isBack.test(text);

const isBack =
  /\b(?:state|status|link|interface|server|host|node|peer|member|connection)\b.{0,60}\b(?:to|is|is now|now|as|are|becomes?|came|back|went) (?:up|reachable|online|healthy|alive|ready|green|normal)\b|\bfrom \S+ to (?:FULL|UP|RUNNING|READY|HEALTHY|OK)\b|\bback (?:online|to normal|in service)\b|\b(?:has |have )?recovered\b(?! \S* ?(?:panic|from panic))|\bre-?established\b/i;

/** A line of a trace that its program wrote as a record of its own: where it was, and not what happened. */
export const isFrame = ({ template }: Pattern): boolean => frame.test(template);

const frame =
  /^(?:[\w.-]+: )?(?:\w+: )?(?:at (?:async )?(?:new )?[\w.$<>/]+ ?[([]|\[?call ?stack\]? |\S+\.(?:rb|py|php|ex|pl):(?:\d+|<num>):in |File <?"\S+, line |#(?:\d+|<num>):? +(?:0x|<hex>|in |\S+\())/i;

/** 'Aborting', '=== Critical error: ===': that it ended, and not why. */
const isTerse = ({ template }: Pattern): boolean =>
  (template
    .replace(onlyMarks, ' ')
    .replace(saysOnlyThat, ' ')
    .replace(/\S+=\S*/g, ' ')
    .match(/\p{L}{2,}/gu)?.length ?? 0) < 2;

const saysOnlyThat = /\b(?:critical|fatal|errors?|exceptions?|failures?|fail(?:ed|s)?|job|occurred|in file)\b|\bLog\w+:/gi;

// Rulers, dumps and carets say nothing that could be said again in a sentence.
export const isReadable = ({ template }: Pattern): boolean =>
  /\p{L}{3}/u.test(template.replace(onlyMarks, ' ')) && !onlyLogger.test(template);

/** 'o.s.b.d.LoggingFailureAnalysisReporter :': who spoke, and its message is in the lines below. */
const onlyLogger = /^[\w.$]+\s*:$/;

const onlyMarks = /<[a-z]+>|\b(?:ERROR|FATAL|WARN|WARNING|INFO)\b|\(no message\)/g;

/** What tools print after any failure: true, and no reason. */
export const saysAfterFailure = (text: string): boolean => afterEveryFailure.test(text);

const afterEveryFailure =
  /^npm ERR!$|npm ERR! (?:A complete log|This is probably not|Exit status|Failed at the|code |errno |\S+ \S+: `|Test failed)|exited with|make(?:\[\d+\])?: \*\*\*|recipe for target|completed with exit code|error Command failed|BUILD FAILED|rake aborted|marked build as failure|^Finished: |See above for|re-run Maven|-rf :|resume the build with|\[Help |To see the full stack trace|For more information about the errors|help\.html|\bjob errors$|(?:finished|completed) with (?:\S+ )?errors?\b|due to (?:previous|earlier) (?:errors?|failures?)|^\W*(?:FAIL(?:URES?|ED)?|ERRORS?)[!:]*$|^Failed examples|^There (?:was|were) \S+ (?:failure|error)|Job failed|^npm error (?:A complete|For a full|Fix the|this command|or |to accept|code |errno |path |command |signal )|^npm error\W*$|returned with error code|exit status \S+$|Main process exited|Failed with result '|Control process exited/i;

export const isDeprecation = ({ template, level }: Pattern): boolean =>
  (level === 'warn' || level === 'info' || level === 'unknown') && /deprecat|will be removed in|no longer supported/i.test(template);

export const isSevere = (pattern: Pattern): boolean => pattern.level === 'fatal' || pattern.level === 'error';

/** In most logs of its source, and no more frequent than ever. */
export const isUsual = ({ past }: Pattern): boolean => (past?.usualPerHour ?? null) !== null;

export const isGrave = (pattern: Pattern): boolean => isSevere(pattern) || pattern.level === 'warn';

const maySayTrouble = (pattern: Pattern): boolean =>
  isGrave(pattern)
    ? !(pattern.levelInferred && mentionsErrors(pattern))
    : gravestStatus(pattern) >= 400 ||
      pattern.template.startsWith('# Time') ||
      ownFailureOf(pattern) !== null ||
      (!saysNothingFailed.test(pattern.template) && saysTrouble.test(sayingOf(pattern)));

/** Of a block of lines without times or levels all of it. */
const sayingOf = ({ level, template, samples: [sample] }: Pattern): string =>
  level === 'unknown' && sample?.text.includes('\n') ? `${template}\n${sample.text.slice(0, 6000)}` : template;

const isProblem = ({ pattern, kind }: Problem): boolean => {
  if (isGrave(pattern)) return true;
  // Whatever level an access log is written at: what the server could not do is an error, what it refused is not.
  if (gravestStatus(pattern) >= 500) return true;
  // Nor does a level make well what names its own failure.
  if (ownFailureOf(pattern) !== null) return true;
  // What a program tells only those who debug it, it has dealt with.
  if (pattern.level === 'debug' || pattern.level === 'trace') return gravestStatus(pattern) >= 400;
  if (!kind || (reassures.test(pattern.template) && !kind.loud)) return gravestStatus(pattern) >= 400;
  // Without levels, knowledge decides; a program that says "info" is believed unless it is about a root of trouble.
  if (pattern.level === 'unknown') return kind.root >= 1;
  return (
    kind.loud === true ||
    (kind.id === 'slow' && takesLong(pattern)) ||
    (kind.root === 3 && !believed.has(kind.id)) ||
    gravestStatus(pattern) >= 400
  );
};

/** Databases tell of each statement that takes longer than a tenth of a second; some that all take seconds are another matter. */
const takesLong = (pattern: Pattern): boolean => {
  if (pattern.count < FEWEST_SLOW) return false;
  const parts = pattern.template.split(/<[a-z]+>/);
  return shownVariables(pattern).some(
    ({ index, top }) => inMilliseconds.test(parts[index] ?? '') && top.length > 0 && top.every(({ value }) => Number(value) >= 1000),
  );
};

const FEWEST_SLOW = 5;
const inMilliseconds = /(?:duration|elapsed|took|time)_?(?:ms|millis)["']?\s?[:=]\s?["']?$/i;

const believed = new Set(['missing-config', 'tls-certificate']);

/** A level was guessed from words that tell of no error: a comment in a script, a file's name, the name of a test that was not run. */
const mentionsErrors = ({ template }: Pattern): boolean =>
  isSourceName.test(template) ||
  wasNotRunOrPassed.test(template) ||
  (speaksOfErrors.test(template) && !saysTrouble.test(template.replace(speaksOfErrors, ' ')));

const wasNotRunOrPassed = /\b(?:SKIPPED|PASSED|IGNORED)$/;

const speaksOfErrors =
  /(?:useful|helpful|better|proper|friendly|custom) error|error (?:messages?|handl\w+|report\w+|pages?)$|-as-errors?\b|(?:press|hit) .{0,30}to abort|^(?:echo |\$ |> )|with-all-insults|(?<!\S)--?(?:[a-z][\w-]*-)?(?:error|fail|time-?out|exception)\w*/i;

// 'Compiled lib/exception.ex', 'Recompile: src/elixir_errors', 'go: downloading github.com/pkg/errors': the only word of failure is in a name.
const isSourceName =
  /^(?:\W*(?:re)?(?:compil\w+|download\w+|install\w+|creat\w+|add\w+|load\w+|unpack\w+|fetch\w+|cop(?:y|ied|ying)|generat\w+|go: \w+|updat\w+)\b\W*)?\S*(?:[/._-]\S*(?:error|exception|fail|fault)\w*|(?:error|exception|fail|fault)\w*[/._-]\S*)(?: <\w+>)?$/i;

const saysNothingFailed =
  /\b(?:0|no|without) (?:\w+ )?(?:errors?|failures?|failed|warnings?|down|unreachable|offline|unavailable|degraded|dropped)\b|(?:errors?|failures?|failed)\s*[:=]\s*0\b|corrected|recovered/i;
// 'Pod is evicted successfully'
const reassures = /success|supported|enabled/i;
const saysTrouble =
  /err\b|error|fail|exception|denied|refused|time[d]?[ -]?out|unable|can(?:no|')t|could not|panic|fatal|invalid|lost|reset|abort|kill|full|corrupt|missing|expir|insufficient|\balarm|read-only|not respond|no such|not found|not installed|reject|too many|no space|out of|unreachable|broken|crash|segfault|limit|exit|unauthorized|forbidden|low disk|still waiting for|unread|\bfault|degrad|\bdown\b|offline|\bdead\b|bounce|majority|leader|primary|abend|\bevict|pressure|battery|locked|\bno \w+|incorrect|wrong|low on|drop|unavailable|not restarting|exceeded|discard|fallen|undeliver|slow|collect|mismatch|-{5,} \S+\.\w+$|[^\u0000-\u024f]{2}|voll\b|lleno|plein|cheio|agotado|conexi|connex|verbindung|disk.{0,20}(?:low|watermark)/i;

/** As a person reads it: fields and the trace below it do not make it another message. */
export const openingOf = (pattern: Pattern): string => readable(pattern, 200);
