import { type Group, leadOf } from '#src/changelog/changes/group/item.ts';
import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';
import { cues, toCues } from '#src/changelog/changes/select/features.ts';
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
    /^(?!(?:use|switch|move|migrate)\b).*\b(?:add(?:s|ed)?|new|introduc\w+|implement\w*|expos\w+|public|export\w*)\b.{0,40}\b(?:options?|settings?|flags?|arguments?|parameters?|commands?|methods?|functions?|class(?:es)?|hooks?|events?|rules?|fields?|propert(?:y|ies)|bindings?|actions?|modes?|helpers?|apis?|endpoints?|types?|attributes?|columns?|constructors?|interfaces?|keys?|escape sequences?|support|variables?)\b/i,
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

// What speaks of errors, and is none.
const ofErrors =
  /^(?:show|display|list|log|print|report|count|collect|send|track|group)\w* (?:\S+ ){0,4}?(?:errors?|exceptions?|failures?|warnings?)\b|\b(?:errors?|exceptions?|failures?|issues?|warnings?) (?:messages?|locations?|groups?|handl\w+|pages?|codes?|class(?:es)?|types?|reports?|reporting|logs?|names?|outputs?|texts?|objects?|links?|pages?|colou?rs?|icons?)\b/gi;

const allCues = [...cues, ...sectionCues];

/** What decides a section where the rules leave it open: what the change does, cues of its title, and what its body says it is for. */
export const describeSection = (group: Group): string[] => {
  const { parsed } = leadOf(group);
  const { subject, body } = parsed;
  const deed = readDeed(parsed);
  const [first] = /[a-z]{2,}/.exec(subject.toLowerCase()) ?? [];
  const spoken = subject.replaceAll(ofErrors, ' ');
  const found = ['bias', `deed:${deed}`];
  if (first !== undefined) found.push(`first:${first}`);
  for (const [inTitle, , pattern] of allCues) if (pattern.test(spoken)) found.push(inTitle);
  if (deed === 'remove' && found.includes('title:support')) found.push('remove:support');
  if (group.items.some((item) => item.parsed.closes.length > 0)) found.push('closes');
  if (/\bfix(?:e[sd])?:?\s+(?:#\d|https?:)/i.test(body)) found.push('fixes');
  const told = /\bthis (?:patch |commit |change |pr |pull request |also )*(\w+)/i.exec(body.slice(0, 800))?.[1];
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
