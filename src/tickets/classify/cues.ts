import type { CleanText } from './clean-text.ts';

/** General knowledge of how people write: what a question, a wish and a complaint sound like in English. Not of any data set. */
const titleCues: [name: string, pattern: RegExp][] = [
  ['ask', /[?？]\s*$/],
  ['how', /^\W*(?:how|what|why|where|when|which|who|is it|is there|are there|can i|can we|could|does|do|should|any way)\b/i],
  ['question', /\b(?:question|help|how to|how do|how can|any idea|is it possible|advice|clarif|confus|understand|explain)\w*/i],
  ['bug', /^\W*(?:bug|regression|fix)\b|\[bug\]|\bbug\b/i],
  ['wish', /^\W*(?:feature|request|proposal|rfc|enhancement|idea|suggestion)\b|\bfeature request\b|\[(?:feature|rfc|request)/i],
  [
    'imperative',
    /^\W*(?:\[?[\w./-]{1,20}[\]:]\s*)?(?:add|allow|support|enable|implement|make|provide|introduce|improve|expose|consider|use|remove|replace|show|update|create|extend|refactor|drop|move|change|include|port|optimi[sz]e|bump|document)\b/i,
  ],
  [
    'broken',
    /\b(?:fail|crash|error|exception|broken|break|wrong|incorrect|not work|doesn'?t|does not|can'?t|cannot|unable|hang|freeze|leak|segfault|missing|invalid|unexpected|stuck|lost|slow|timeout|no longer|won'?t|undefined|nan)\w*/i,
  ],
  ['want', /\b(?:want|need|wish|would like|please|could you|should (?:be|have|support)|ability|option|support for|add)\b/i],
];

const bodyCues: [name: string, pattern: RegExp][] = [
  ['ask', /[?？]/],
  ['repro', /\b(?:steps to reproduce|to reproduce|repro\b|reproduc\w+|minimal example)/i],
  [
    'expected',
    /\b(?:expected (?:behaviou?r|result|output)|actual (?:behaviou?r|result|output)|instead of|should have|but (?:it )?(?:got|get|gives|returns))/i,
  ],
  [
    'wish',
    /\b(?:would be (?:nice|great|good|useful|helpful|cool|better)|feature request|i(?:'d| would) like|it would|proposal|propose|suggest\w*|motivation|use ?case|alternatives|enhancement|improve\w*|wish|could we|allow\w* (?:us|users|to)|ability to|new feature)/i,
  ],
  [
    'how',
    /\b(?:how (?:do|can|to|should)|is (?:it|there) (?:possible|a way|any)|any (?:idea|help|suggestion|advice)|what (?:is|does|should)|can (?:anyone|someone|i|you)|am i|do i|my question|i(?:'m| am) (?:trying|wondering|not sure|confused|new)|wonder\w*|please (?:help|advise|explain|let me know)|help me|thanks in advance|i don'?t (?:know|understand))/i,
  ],
  [
    'broken',
    /\b(?:crash\w*|fails?|failed|failing|broken|doesn'?t work|does not work|not working|stopped working|regression|bug|wrong|incorrect\w*|exception|segfault|panic\w*|unexpected\w*)/i,
  ],
  [
    'regress',
    /\b(?:used to work|worked (?:fine|before|in)|since (?:upgrad|updat|version)|after (?:upgrad|updat)\w+|regress\w*|no longer|git bisect)/i,
  ],
  ['thanks', /\b(?:thanks|thank you|please|hi\b|hello|dear)/i],
  ['version', /\bv?\d+\.\d+(?:\.\d+)?\b/],
  ['change', /\b(?:this (?:pr|patch|commit|change)|pull request|fixes #\d+|closes #\d+|this adds|i have read)/i],
];

/** Names of what was noticed about the way a ticket is written: 'title:ask', 'body:repro', 'shape:frames', 'length:3'. */
export const noticeCues = (title: string, body: CleanText): string[] => {
  const cues: string[] = [];
  for (const [name, pattern] of titleCues) if (pattern.test(title)) cues.push(`title:${name}`);
  const prose = body.prose.slice(0, 6000);
  for (const [name, pattern] of bodyCues) if (pattern.test(prose)) cues.push(`body:${name}`);
  if (body.frames > 1) cues.push('shape:frames');
  if (body.codeLines > 0) cues.push(body.codeLines > 15 ? 'shape:code:long' : 'shape:code:short');
  if (body.errors.length > 0) cues.push('shape:errors');
  if (body.images > 0) cues.push('shape:images');
  if (body.links > 0) cues.push(body.links > 2 ? 'shape:links' : 'shape:link');
  if (body.headings.length > 2) cues.push('shape:form');
  cues.push(...voiceOf(prose), `title:length:${Math.min(5, Math.floor(title.length / 25))}`);
  cues.push(`length:${Math.min(8, Math.round(Math.log2(1 + prose.length / 40)))}`);
  return cues;
};

const voices: [name: string, pattern: RegExp][] = [
  ['i', /\b(?:i|my|me|i'm|i've)\b/gi],
  ['we', /\b(?:we|our|us)\b/gi],
  ['you', /\b(?:you|your)\b/gi],
  ['modal', /\b(?:should|would|could|may|might|can|will)\b/gi],
  ['past', /\b(?:was|were|did|had|tried|got|used|ran|found|noticed|installed|updated|\w{3,}ed)\b/gi],
  ['asks', /\?/g],
];

/** How often the writer speaks of themselves, of others, in the past, in wishes: none, some, much. */
const voiceOf = (prose: string): string[] => {
  const words = prose.length / 6 + 10;
  return voices.map(([name, pattern]) => {
    const share = (prose.match(pattern)?.length ?? 0) / words;
    return `voice:${name}:${share === 0 ? 0 : share < 0.02 ? 1 : share < 0.05 ? 2 : 3}`;
  });
};
