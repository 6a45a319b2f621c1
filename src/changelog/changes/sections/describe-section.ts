import { type Group, leadOf } from '#src/changelog/changes/group/item.ts';
import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';
import { cues, toCues, wordsOf } from '#src/changelog/changes/select/features.ts';
import { type Deed, deedOf } from '#src/changelog/changes/wording/verbs.ts';

const sectionCues = toCues([
  ['missing', /\b(?:missing|forgotten|omitted|lost|absent|incomplete|partial)\b/i],
  [
    'mend',
    /^(?:[\w`./-]+: )?(?:honou?r|respect|reset|account|align|persist|clamp|suppress|rewind|preserve|patch|fall ?back|correct|flush|discard|raise \w*(?:error|exception)|escape|always|properly|correctly|ensure|re-?add|re-?enable|more robust|case[- ]insensitive|ignore|invalidate|recover|revert|partial\w* revert)\b/i,
  ],
  // As often said of how something is to be from now on.
  [
    'tend',
    /^(?:[\w`./-]+: )?(?:retry|skip|register|restart|close|release|validate|normali[sz]e|wait|reject|raise|encode|decode|check|lower|apply|keep)\b/i,
  ],
  [
    'instead',
    /\b(?:instead of|rather than|no longer|not\b|don'?t|doesn'?t|without|unless|only (?:when|if)|even (?:when|if)|when|if|after|before|during|while)\b/i,
  ],
  ['negative', /\b(?:not|no|don'?t|doesn'?t|never|cannot|can'?t|without|avoid|prevent|stop)\b/i],
  [
    'offers',
    /\b(?:add(?:s|ed)?|new|introduc\w+|implement\w*|expos\w+|public|export\w*)\b.{0,40}\b(?:options?|settings?|flags?|arguments?|parameters?|commands?|methods?|functions?|class(?:es)?|hooks?|events?|rules?|fields?|propert(?:y|ies)|bindings?|actions?|modes?|helpers?|apis?|endpoints?|types?|attributes?|columns?|constructors?|interfaces?|keys?|escape sequences?|support|variables?)\b/i,
  ],
  ['support', /\bsupport(?:s|ed)? (?:for|of)\b|^support\b|\bsupport$/i],
  [
    'opens',
    /\b(?:public|configurable|customi[sz]able|custom|optional(?:ly)?|additional|extra|new|initial|ability|env(?:ironment)? var(?:iable)?s?|chainable|experimental)\b/i,
  ],
  ['default', /\b(?:by default|defaults? (?:to|value)|default\b)/i],
  [
    'renames',
    /\b(?:renam\w+|mov(?:e|ed|ing)|migrat\w+|switch\w*|replac\w+|upgrad\w+|bump\w*|updat\w+|=>|->|minimum|msrv|drop\w* support)\b/i,
  ],
  ['faster', /\b(?:faster|speed|perf\w*|optimi[sz]\w+|reduce|allocations?|memory usage|lazy|lazily|cache)\b/i],
  ['shows', /\b(?:message|warning|colou?rs?|render\w*|display\w*|output|print\w*|look|icon|wording)\b/i],
  [
    'symptom',
    /\b(?:bugs?|crash\w*|panic\w*|hang\w*|freez\w*|deadlock\w*|leak\w*|race|corrupt\w*|wrong\w*|incorrect\w*|broken|regress\w*|fail\w*|errors?|exceptions?|invalid|unexpected\w*|out of (?:bounds|sync)|infinite|overflow\w*|underflow|off[- ]by[- ]one|edge[- ]cases?|issues?|problems?|trouble|collision|conflicts?|glitch\w*|quadratic|pathological)\b/i,
  ],
]);

const allCues = [...cues, ...sectionCues];

/** What a model of sections may look at: the words of a change and what they do, nothing of how the input is kept. */
export const describeSection = (group: Group): string[] => {
  const { parsed } = leadOf(group);
  const body = parsed.body.slice(0, 800);
  const deed = readDeed(parsed);
  const found = ['bias', `deed:${deed}`, `type:${parsed.type ?? 'none'}`, ...wordsOf(parsed.subject)];
  for (const [inTitle, inBody, pattern] of allCues) {
    if (pattern.test(parsed.subject)) found.push(inTitle, `${deed}:${inTitle.slice('title:'.length)}`);
    if (body !== '' && pattern.test(body)) found.push(inBody);
  }
  if (group.items.some((item) => item.parsed.closes.length > 0)) found.push('closes');
  if (/\bfix(?:e[sd])?:?\s+(?:#\d|https?:)/i.test(`${parsed.body}`)) found.push('fixes', `${deed}:fixes`);
  const told = /\bthis (?:patch |commit |change |pr |pull request |also )*(\w+)/i.exec(body)?.[1];
  if (told) found.push(`this:${deedOf(told)}`);
  if (!found.some((name) => signsOfTrouble.has(name))) found.push('calm');
  return found;
};

/** "No colour in pipes" is how something is to be; "No longer panics" is what was wrong. */
export const readDeed = ({ deed, subject }: ParsedChange): Deed => (deed === 'fix' && tends.test(subject) ? 'change' : deed);

const tends = /^(?:[\w`./-]+: )?no (?!longer\b|more\b)/i;

const signsOfTrouble = new Set([
  'deed:fix',
  'fixes',
  'this:fix',
  'title:symptom',
  'title:crash',
  'title:wrong',
  'title:missing',
  'title:mend',
]);
