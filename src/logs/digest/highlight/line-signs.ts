/** What one line says by itself. A line may carry several signs; none is of one project, all are of a kind of tool. */
export type Sign = keyof typeof signs | keyof typeof colours;

const ext = String.raw`[\w./\\@~$-]+\.[A-Za-z][\w+]{0,9}`;

const signs = {
  /** Begins with a word of failure: 'Error: …', 'fatal: …', 'FAILED …', 'panic: …', '** (CompileError) …'. */
  opensFailure:
    /^\W{0,6}(?:\w+[ :])?(?:error|errors|fatal|fatal error|failed|failure|exception|panic|aborted|abort|traceback|uncaught|unhandled|critical|segmentation fault)\b(?!\w)|^\W{0,6}[\w.$]*(?:Error|Exception)\b|\b\w+ aborted!/i,
  /** Ends the program: 'fatal: …', 'panic: …', 'Traceback …', 'Exception in thread …'. */
  opensFatal: /^\W{0,6}(?:fatal|panic|traceback|exception in thread|segmentation fault|uncaught|unhandled|\*\* \()/i,
  /** Says failure anywhere, and not that there was none. */
  saysFailure:
    /\b(?:error|errors|fatal|fail|failed|fails|failing|failure|failures|exception|exceptions|panic|abort|aborted|crash\w*|killed)\b/i,
  /** A failure's class: 'TypeError', 'java.io.IOException'. */
  namesFailure: /\b[A-Za-z_$][\w.$]*(?:Error|Exception|Failure|Fault)\b/,
  /** A runner or a build tool marks the line as an error: '##[error]…', '[ERROR] …', '::error …'. */
  markedError: /^(?:\S+ )?(?:##\[error\]|::error|\[(?:ERROR|FATAL|SEVERE)\]|ERROR[: ]|E {2,})/,
  /** A place in a source file: 'src/a.c:12:3', 'A.java:[3,13]', 'b.ts(4,5)', 'line 12'. */
  place: new RegExp(String.raw`${ext}(?::\s?\d+|:?\[\d+,\s?\d+\]|\(\d+(?:,\s?\d+)?\))|\bline \d+`),
  /** Begins with a place: how compilers and linters tell of one finding. */
  opensWithPlace: new RegExp(String.raw`^\W{0,6}(?:\[ERROR\]\s*|##\[error\])?${ext}(?::\s?\d+|:?\[\d+,\s?\d+\]|\(\d+(?:,\s?\d+)?\))`),
  /** A compiler's words for what is wrong. */
  compilerWords:
    /\b(?:undefined|undeclared|unexpected|expected|cannot (?:find|access|resolve|use|assign|be)|redeclared|does not (?:exist|conform|match|compile)|not formatted|has no|incompatible|syntax error|parse error|parsing error|unresolved|missing|invalid|mismatch\w*|is required|wrong|redefinition|unused|no such|duplicate)\b/i,
  /** A test that failed: '--- FAIL: TestX', 'x > y FAILED', '1) Suite::case', '● suite', '✖ name', 'not ok 3'. */
  testFailed:
    /^\s*--- FAIL|\bFAILED\s*$|^\s*FAIL\b|^\s*\d+\)\s+\S|^\s*[●✕✗✖✘×❌]|❌|^\s*not ok\b|<<< (?:FAILURE|ERROR)!|^\s*(?:FAIL|ERROR):\s|\bERROR\s*$|^=+ (?:FAILURES|ERRORS) =+|^_{3,} .+ _{3,}$/,
  /** An assertion or the difference it shows. */
  assertion:
    /\bassert\w*|\b(?:expected|actual|got|received|should (?:be|have|equal)|to (?:equal|be|match|have))\b.{0,80}(?::|'|"|\b(?:but|got|was|found)\b)|^\s*(?:[-+]{1,3} ?(?:Expected|Actual)|@@)|^\s*E\s{2,}/i,
  /** The lines of a difference. */
  difference: /^\s*[-+](?![-+]{2,}$)\s?\S.{0,200}$/,
  /** A caret or an underline below the place that is meant. */
  caret: /^[\s\d|nl]*[~^-]*\^[~^\s]*(?:\s.{0,60})?$|^\s*[~^]{3,}/,
  /** A frame of a stack trace, in any language. */
  frame:
    /^\s*(?:at \S.*[)\d>]$|at \S+ ?\(|File ".+", line \d+|#\d+ +\S|\S+\.(?:rb|ex|exs|erl|py|php|go|js|ts):\d+:in |from \S+:\d+|\.\.\. \d+ more|\(\S+ [\d.]+\S*\) \S+:\d+)|^\/\S+\.\w+:\d+(?::in .*)?$/,
  /** Why a failure happened: 'Caused by: …', 'reason: …', 'due to'. */
  cause: /^\s*(?:caused(?: by)?|reason|because|also|suppressed)\s*:|\bdue to\b|\bbecause\b/i,
  /** Something is not there, not allowed, or not answering: what most failures come down to. */
  roots:
    /\b(?:not found|no such file|no space left|could ?n[o']t|cannot|can't|unable to|denied|refused|timed? ?out|timeout|not installed|does not exist|doesn't exist|not available|unavailable|unreachable|unknown|unsupported|not (?:up-to-date|allowed|permitted|recognized|supported|resolve)|disconnected|out of memory|exceeded|conflict\w*|no \w+ can|No \w+ found|not resolve)\b/i,
  /** Says that the command or the build failed, and nothing more. */
  echo: /\bexit(?:ed)?(?: with)?(?: (?:status|code))?(?: of)?:? [1-9]\d*\b|\bexit (?:status|code)|^npm ERR!|^make(?:\[\d+\])?: \*\*\*|recipe for target|Process completed with exit code|BUILD FAIL|FAILURE: Build failed|marked build as failure|^Finished: \w+|error Command failed|ELIFECYCLE|^FAIL$|^FAIL\t|build failed|Failed to execute goal|Job failed/i,
  /** What tools print after any failure: where to read more, how to run again. */
  boilerplate:
    /\[Help \d\]|re-run|full (?:stack ?)?trace|for more (?:information|details)|see above|run with --|complete log of this run|probably not a problem with|possible solutions|stack trace of the errors|^\s*https?:\/\/\S+$|npm-debug\.log|--stacktrace|Get more help/i,
  /** Counts at the end of a run of tests. */
  tally:
    /\b\d+ (?:failed|failing|failures?|errors?|passed|passing|tests?|skipped|pending|examples?|problems?|assertions)\b|\b(?:Tests?(?: run)?|Failures|Errors|Assertions|Test Suites)\s*[:=]\s*\d+/i,
  /** A command as a shell or a runner shows it before it runs. */
  command: /^(?:\$ |> |\+ ?\S|>>> |##\[group\]|\[command\]|##\[command\]|==> |travis_(?:time|fold):start|Running |Executing )|^\s*\$ \S/,
  /** A whole build's or a command's good end. */
  passed:
    /\bexited with 0\b|BUILD SUCCESS|^(?:ok|PASS|PASSED)\b|\bPASS(?:ED)?\b|\bSUCCESS\b|^\s*[✓✔√]|^\s*ok \d|--- PASS|\bSKIPPED\b|\bSKIP\b|\bup[- ]to[- ]date\b|\[no test files\]/,
  /** Downloads, progress, notices: what fills a build log. */
  routine:
    /\b(?:download(?:ing|ed)?|fetch|fetching|fetched|install(?:ing|ed)|resolving|unpacking|cloning|restored|cache|extracting|building|compiling|copying|checking out|setting up|processing|updating|get:\d+|progress|receiving|counting|\d+%|inflating|generated|synced?)\b|^\s*[.·*#=\s-]{8,}$|^\[INFO\]/i,
  /** A warning or a deprecation: seldom why a build fails. */
  warning: /\bwarn(?:ing|ings)?\b|deprecat\w+|\[WARN(?:ING)?\]/i,
  /** Denies a failure, or handles the word only: '0 errors', 'error handling', 'no failures'. */
  denied:
    /\b(?:0|no|without|zero) (?:errors?|failures?|failed|warnings?|problems?)\b|(?:errors?|failures?|failed)\w*\s*[:=]\s*0\b|errors? (?:handl|report|page|message)|fail(?:ed)?-?(?:fast|safe|over)|on-?error|--warnings-as-errors/i,
  /** Lines of a script that is shown, not run: the words in it did not happen. */
  script:
    /^\s*(?:if |fi\b|then\b|else\b|do\b|done\b|echo |export |for |while |case |esac|function |set [-+]e|exit \d|&&|\|\|)|\becho ["'>]|>&2|\$\{?[A-Z_]+\}?.*(?:==|!=|-eq|-ne)/,
  /** A fold, timing or group mark of a runner. */
  runnerMark: /^travis_(?:time|fold):|^##\[(?:end)?group\]|^section_(?:start|end):|^\[Pipeline\]|^Post job cleanup/,
  /** Begins a test or a suite: 'Running com.acme.CartTest', '=== RUN TestX'. */
  testBegins: /^(?:\[INFO\] )?(?:Running \S+|=== (?:RUN|CONT|PAUSE)\b|Test Suite|Suite:)/,
  indented: /^(?:\s{2,}|\t)/,
  /** A quotation of code beside a line number, as compilers show it. */
  quotedCode: /^\s*\d*\s*\|/,
} as const satisfies Record<string, RegExp>;

/** How a terminal would show the line: red is for failures, green for what is well, and runners show scripts in bold cyan. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminal codes are made of them
const colours = {
  red: /\u001b\[(?:\d+;)*(?:31|91|41)(?:;\d+)*m/,
  green: /\u001b\[(?:\d+;)*(?:32|92)(?:;\d+)*m/,
  yellow: /\u001b\[(?:\d+;)*(?:33|93)(?:;\d+)*m/,
  cyan: /\u001b\[36;1m/,
} as const satisfies Record<string, RegExp>;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: terminal codes are made of them

const patternNames = Object.keys(signs) as (keyof typeof signs)[];
const colourNames = Object.keys(colours) as (keyof typeof colours)[];
export const signNames: readonly Sign[] = [...patternNames, ...colourNames];

/** A line of the log that may be shown: its number, how it is shown, its text without a runner's stamp, its signs. */
export type SignedLine = { line: number; shown: string; text: string; blank: boolean; signs: ReadonlySet<Sign> };

export const readSigns = (line: number, raw: string): SignedLine => {
  const shown = plainText(raw);
  const text = shown.replace(stamp, '');
  const blank = !/[\p{L}\p{N}^~]/u.test(text) && !/[^\s\-=_.*#]/.test(text);
  const found = new Set<Sign>();
  if (!blank) {
    for (const name of patternNames) if (signs[name].test(text)) found.add(name);
    if (raw.includes('\u001b')) for (const name of colourNames) if (colours[name].test(raw.slice(0, longest))) found.add(name);
  }
  return { line, shown, text, blank, signs: found };
};

/** The time a runner puts in front of every line. */
const stamp =
  /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]? ?|\[\d\d:\d\d:\d\d(?:\.\d+)?\] |\[ *\d+\.\d{6}\] )/;
const terminalCode = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007|.)/g;
const longest = 400;

/** Without terminal codes and what a carriage return wrote over. */
const plainText = (raw: string): string =>
  raw
    .slice(0, longest * 4)
    .replace(terminalCode, '')
    .replace(/^.*\r(?=[^\r])/, '')
    .slice(0, longest)
    .trimEnd();
