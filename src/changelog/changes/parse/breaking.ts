import type { ChangeType } from './change-types.ts';

/** Whether a text says that what it tells of breaks readers, and the words in which it says what does. */
export type Breakage = { breaking: boolean; note: string | null };

const footer =
  /^(?:#{1,6}[ \t]*|\*{1,2})?(?:BREAKING(?:[ -]CHANGES?)?|Breaking [Cc]hanges?|💥 ?BREAKING)(?:\*{1,2})?[ \t]*(?::|(?<=CHANGES?|[Cc]hanges?|\*)(?=\n))(?:\*{1,2})?\s*([\s\S]+?)(?:\n\s*\n|\n[A-Z][\w-]+: |\n#{1,6} |$(?![\s\S]))/m;
/** What forms ask for and people answer so. */
const isNothing =
  /^(?:[-*]\s*)?(?:\W*|(?:there are )?(?:none|no|nope|nothing|n\/?a|not applicable|false|null|nil)(?: (?:breaking )?changes?)?\W*|(?:this is )?(?:not|non)\b.{0,40})$/i;

/** A BREAKING CHANGE footer or heading, else a sentence that says so: "This is a breaking change for clients of the API." */
export const findBreakage = (body: string): Breakage => {
  if (!/breaking|compatib/i.test(body)) return { breaking: false, note: null };
  const text = body.replaceAll(/<!--[\s\S]*?-->|```[\s\S]*?```/g, '');
  const note = footer
    .exec(text)?.[1]
    ?.replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  if (note !== undefined) return isNothing.test(note) ? { breaking: false, note: null } : { breaking: true, note };
  if (ticked.test(text)) return { breaking: true, note: null };
  const said = sentencesOf(text).find((sentence) => !hedged.test(sentence) && (states.test(sentence) || parts.test(sentence)));
  if (said === undefined) return { breaking: false, note: null };
  // "This is a breaking change" says that something breaks, not what.
  return {
    breaking: true,
    note: states.test(said) ? null : said.replace(/^(?:note|nb|attention|warning|important|heads[- ]up)\b[:!,]?\s*/i, ''),
  };
};

/** A box of a form. */
const ticked = /^\s*[-*] \[x\] .{0,40}\bbreaking change/im;
const states =
  /\b(?:this|it|these|which|that|pr|commit|patch|release|rename|removal)\b[^.?!:]{0,40}?\b(?:is|are|introduces?|contains?|makes?|brings?|counts as|constitutes)\b(?: (?:a|an|the|some|one|therefore|thus|also|technically|strictly|unfortunately))*(?: (?:api|wire|config(?:uration)?|schema|small|minor|major|big))?[- ]breaking\b/i;
const parts =
  /^(?:\w+: )?(?:(?:this|it|these|they|that|(?:the )?new (?:\S+ ){1,3}?)\s?(?:is|are) )?(?:a |an )?(?:not backwards?[- ]compatible|backwards?[- ]incompatible|incompatible with (?:the |all |any )?(?:old|older|previous|existing|earlier|former|prior|current)\b|this breaks (?:backwards? |api |abi |wire )*compatibility\b)/i;
/** What is denied, asked, only feared, or was so before. */
const hedged =
  /\bnon[- ]?breaking\b|\b(?:not|isn't|aren't|never|without|avoid\w*|doesn't|don't|won't|shouldn't) (?:\S+ ){0,4}(?:breaking|incompatib|break)|\bno (?:\S+ ){0,2}breaking|\b(?:if|unless|whether|would|could|might|may|potential\w*|previously|upstream|supersedes|unlike|reverts?|fixes|fixed|detects?|lists?)\b|\?$/i;

/** Paragraphs as they are read, without the breaks of a narrow window. */
const sentencesOf = (text: string): string[] =>
  text
    .replaceAll(/(?<=\S)[ \t]*\n(?![ \t]*(?:\n|[-*#>]|\d+\.|[A-Z][\w-]+: ))/g, ' ')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

const mark =
  /^(?:⚠️?\s*|❗\s*|💥\s*)?(?:breaking(?: api)?(?: changes?)?|incompatible change|action required)(?:\s*\(([^)]*)\))?\s*!?\s*(?::\s*|\s[–—-]\s+)(?=\S)/i;
const shout = /^BREAKING(?: CHANGES?)?\s+(?=\S)/;
const markAtTheEnd = /\s*[([]\s*(?:breaking(?: api)?(?: changes?)?)\s*[)\]]\s*$/i;

/** "Breaking: users are logged out" and "Drop the v1 API (breaking)", without the mark; null where there is none. */
export const readBreakingMark = (title: string): { subject: string; scope: string | null } | null => {
  const found = mark.exec(title) ?? shout.exec(title);
  if (found) return { subject: title.slice(found[0].length), scope: found[1] ?? null };
  const subject = title.replace(markAtTheEnd, '');
  return subject === title ? null : { subject, scope: null };
};

/** 'breaking', 'type: breaking change', 'semver-major'; not 'non-breaking', nor 'priority: major'. */
export const isBreakingLabel = (label: string): boolean =>
  /^(?:(?!(?:non|not|no)\b)[\w-]*[:/ ])?\s*breaking(?:[ -]changes?)?$/i.test(label) ||
  /^(?:[\w-]*[:/ ])?\s*(?:semver|version|bump|release)\s*[-:/ ]\s*major$/i.test(label);

const refuses =
  /\b(?:is|are|will be) no longer (?:read|accepted|supported|recogni[sz]ed|honou?red|understood|served|loaded|available)(?=$|[.,;:]| (?:by|and|as|from|use|since)\b)/i;

/** The end is the reason for something else. */
const reason = /\b(?:as|since|because|for|that|which|if|when|where)\b.* no longer\b/i;

/** "Old settings are no longer read": what readers have stops working. A fix that says so ends what should not have worked. */
export const endsWhatWorked = (subject: string, type: ChangeType | null): boolean =>
  (type === null || type === 'change' || type === 'feat') && refuses.test(subject) && !reason.test(subject);

const runtimes =
  '(?:python|node(?:\\.?js)?|go|ruby|php|java|jdk|rust|\\.net|typescript|postgres(?:ql)?|mysql|kubernetes|react|angular|vue|django|rails|laravel|ios|android|macos|windows)';
const offered =
  '(?:option|flag|setting|config(?:uration)? (?:key|option)|endpoint|route|command|subcommand|env(?:ironment)? var(?:iable)?|property|query parameter)s?';

/*
 * What whoever uses it has to follow, whatever their code looks like: a name that is exported, called or set is gone or another one, what it runs
 * on has to be newer, or a program ends with another code. That a default is another one, or that an old runtime is no longer supported, is told
 * under its section, but maintainers rarely call it breaking.
 */
const breaks: readonly RegExp[] = [
  /^(?:remov|drop|delet)\w* .{1,120} from (?:the )?(?:package['’]?s )?(?:(?:public )?exports|public (?:api|interface))$/i,
  /^(?:\S+ ){0,6}(?:is|are) no longer exported\b|^(?:stop|no longer) export(?:ing)?\b|^unexport\b/i,
  new RegExp(String.raw`^renam\w* (?:the )?(?:\S+ ){1,4}?${offered} (?:to|into|as|→|->) \S`, 'i'),
  /^renam\w* .{1,80} (?:to|into) .{1,80} in the (?:public |rest |http |graphql )?api$/i,
  /^renam\w* `?--[a-z][\w-]*`? (?:to|into|→|->) `?--/i,
  new RegExp(String.raw`^(?:now )?requir\w* (?:at least )?${runtimes} ?(?:version )?(?:>=? ?)?v?\d`, 'i'),
  new RegExp(
    String.raw`^(?:rais|bump|increas)\w* (?:the )?(?:minimum|min\.?) (?:required |supported )?${runtimes}(?: version)? (?:requirement )?to\b`,
    'i',
  ),
  new RegExp(String.raw`^${runtimes} ?v?\d[\w.]* (?:or (?:newer|later|higher|above) )?is (?:now )?(?:required|the minimum)\b`, 'i'),
  /\bexit(?:s|ing)? (?:code|status|with(?: code| status)?) \d+ instead of \d|\bexit (?:code|status)\b.{0,40}\bfrom \d+ to \d/i,
];
/** The old way goes on, or none but its makers had it. */
const spares =
  /\b(?:alias(?:es|ed)?|deprecat\w*|backwards?[- ]compatib\w*|still (?:works?|accepted|read)|internal(?:ly)?|private|unused|tests?|ci|fixtures?|to (?:build|develop|contribute)|development|dev)\b/i;

const outward = new Set<ChangeType | null>([null, 'change', 'feat', 'refactor', 'perf', 'chore', 'build', 'remove']);

/** By what is done to what others rely on, where nobody says that it breaks. */
export const breaksByItself = (subject: string, type: ChangeType | null): boolean =>
  outward.has(type) && !spares.test(subject) && breaks.some((pattern) => pattern.test(subject));
