import { cutLong } from './clean-text.ts';
import type { TicketText } from './features.ts';

export type Priority = 'P1' | 'P2' | 'P3' | 'P4';
export type Level = 'low' | 'medium' | 'high';

/** A phrase of the ticket that moved its priority: `quote` stands in the text at `start` of its title or body. */
export type PriorityReason = { field: 'title' | 'body'; quote: string; start: number; says: string };

/** `points` say how far inside its level each of the two is. */
export type PriorityJudgement = {
  priority: Priority;
  impact: Level;
  urgency: Level;
  points: { impact: number; urgency: number };
  reasons: PriorityReason[];
};

type Rule = { says: string; impact?: number; urgency?: number; pattern: RegExp };

// Impact: how many, how much. Urgency: how soon. A point is half a level; more than one phrase of a rule counts once.
const rules: Rule[] = [
  {
    says: 'an outage',
    impact: 3,
    urgency: 3,
    pattern:
      /\b(?:outage|(?:is|are|went|goes|gone|completely|totally|all|system|site|service) down\b|down for (?:all|every|us)|unreachable for (?:all|every)|total(?:ly)? unavailable|service unavailable|sev-?[01]\b|p1\b|severity 1)/gi,
  },
  {
    says: 'everybody is hit',
    impact: 3,
    urgency: 1,
    pattern:
      /\b(?:all (?:users|customers|clients|employees|staff|of us|teams|sites|offices|regions|tenants)|every(?:one|body)\b|every (?:user|customer|client|employee|office)|entire (?:company|team|office|site|department|cluster)|whole (?:company|team|office|site|department|cluster)|company[- ]wide|nobody can|no[ -]?one can|none of (?:us|the users|our customers))/gi,
  },
  {
    says: 'data is lost or corrupt',
    impact: 4,
    urgency: 2,
    pattern:
      /\b(?:data ?loss|los(?:t|es|ing) (?:all |our |customer |user )?(?:data|files|records|messages|writes)|corrupt(?:ed|ion|s)?\b|overwritten|wiped|irrecoverabl\w+)/gi,
  },
  {
    says: 'security is at stake',
    impact: 4,
    urgency: 3,
    pattern:
      /\b(?:security (?:breach|incident|hole|issue|vulnerabilit\w+|flaw)|vulnerabilit(?:y|ies)|cve-\d{4}-\d+|data breach|leaked|exposed (?:credentials|secrets|data|passwords?)|ransomware|malware|phishing|hacked|compromised|unauthori[sz]ed access|stolen|privilege escalation|remote code execution|sql injection)/gi,
  },
  { says: 'production is named', impact: 2, urgency: 1, pattern: /\b(?:production|prod\b|live (?:system|site|environment)|go-?live)/gi },
  {
    says: 'customers or money are hit',
    impact: 2,
    urgency: 1,
    pattern:
      /\b(?:customers? (?:are|is|cannot|can ?not|can't|report\w*|complain\w*)|payments? (?:fail\w*|are not|is not)|checkout|revenue|lo(?:st|sing) (?:money|sales|orders)|payroll (?:is|run|fail\w*)|sla\b|contractual|legal|compliance|gdpr|regulator\w*)/gi,
  },
  {
    says: 'several are hit',
    impact: 1,
    pattern:
      /\b(?:several|multiple|many|most) (?:users|people|colleagues|customers|teams|hosts|servers|nodes)|\bour (?:whole )?team (?:cannot|can't|is)/gi,
  },
  {
    says: 'work is blocked',
    urgency: 3,
    impact: 1,
    pattern:
      /\b(?:block(?:ed|er|ing)\b|cannot work|can't work|can ?not work|unable to work|work is stopped|show ?stopper|stuck (?:completely|entirely)|no workaround|stops? (?:us|me) from working)/gi,
  },
  {
    says: 'it is called urgent',
    urgency: 3,
    pattern:
      /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.|as soon as possible|immediate(?:ly)?|right (?:now|away)|emergency|critical(?:ly)?|high(?:est)? priority|top priority|time[- ]sensitive|quick(?:ly)? as possible|without delay)\b/gi,
  },
  {
    says: 'there is a deadline',
    urgency: 2,
    pattern:
      /\b(?:deadline|due (?:today|tomorrow|tonight)|by (?:today|tomorrow|tonight|noon|end of (?:the )?day|eod|cob)|until (?:today|tomorrow|noon|tonight)|before (?:the )?(?:release|launch|demo|audit|go-?live|meeting)|starts? (?:today|tomorrow)|in (?:an|one|two|2|1) hours?)\b/gi,
  },
  {
    says: 'something crashes',
    impact: 1,
    urgency: 2,
    pattern:
      /\b(?:crash(?:es|ed|ing)?|segfault\w*|segmentation fault|kernel panic|panics?\b|out ?of ?memory|oom(?:killed)?\b|deadlock\w*|hangs?\b|hung\b|infinite loop|freez(?:es|ing)|frozen|memory leak|npe\b|null ?pointer\w*|core dump\w*|data race|race condition)/gi,
  },
  {
    says: 'it cannot be built, started or opened',
    impact: 1,
    urgency: 1,
    pattern:
      /\b(?:build (?:is )?(?:broken|fail\w*)|(?:does|do|did|will|can) ?(?:n[o']t|not) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\w*|(?:cannot|can't|unable to|fail(?:s|ed|ing)? to|won't|doesn't|didn't) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\w*|100 ?% cpu|classnotfound\w*|noclassdef\w*|unsatisfiedlink\w*)/gi,
  },
  {
    says: 'something fails',
    urgency: 1,
    pattern:
      /\b(?:fail(?:s|ed|ing|ure|ures)?\b|error(?:s|ed)?\b|[a-z]*exceptions?\b|broken\b|breaks?\b|(?:does|do|did|is|are) ?n[o']t work\w*|not working|cannot|can't|unable to|regress\w+|incorrect\w*|wrong\b|stopped working|no longer)/gi,
  },
  {
    says: 'it is slow or comes and goes',
    urgency: 0.5,
    pattern: /\b(?:slow(?:ly|er|ness)?|latency|timeouts?|timing out|intermittent\w*|sporadic\w*|flaky|degraded)\b/gi,
  },
  {
    says: 'it is a question',
    impact: -1,
    urgency: -2,
    pattern:
      /^\s*(?:how (?:do|can|to)|what (?:is|are)|where (?:is|can)|is (?:it|there)|question\b)|\b(?:just (?:a question|wondering|curious|asking)|quick question|(?:i )?(?:was )?wondering (?:if|whether)|out of curiosity)/gi,
  },
  {
    says: 'it is a wish',
    impact: -2,
    urgency: -2,
    pattern:
      /\b(?:nice[- ]to[- ]have|would be (?:nice|great|good|cool|useful|helpful)|feature request|enhancement|wish ?list|suggestion|it would be|could we (?:have|add)|in the future|some ?day)\b/gi,
  },
  {
    says: 'it is cosmetic',
    impact: -3,
    urgency: -2,
    pattern:
      /\b(?:typos?\b|mis-?spell\w*|spelling|cosmetic\w*|wording|grammar|javadoc|checkstyle|white ?space|indentation|(?:wrong|different) colou?r|alignment|misaligned|tooltip|comment(?:s)? in|unused (?:import|variable|code)|clean ?up|trivial|minor\b|rename\b|readme|documentation|\bdocs?\b)/gi,
  },
  {
    says: 'there is no hurry',
    urgency: -4,
    pattern:
      /\b(?:no (?:rush|hurry|urgency)|not urgent|non-?urgent|low(?:est)? priority|when(?:ever)? (?:you (?:have|get|find) )?(?:a )?(?:time|chance|convenient|possible)|at your convenience|can wait|take your time|not (?:a )?(?:big deal|important|critical|blocking)|eventually)\b/gi,
  },
  {
    says: 'one person is hit',
    impact: -1,
    pattern:
      /\b(?:only (?:me|i|my|one (?:user|person|machine))|just (?:me|my (?:machine|laptop))|single user|one (?:user|colleague)|my (?:laptop|monitor|mouse|keyboard|headset|phone|computer|pc|account))\b/gi,
  },
  {
    says: 'there is a way around',
    impact: -1,
    urgency: -2,
    pattern: /\b(?:work ?around (?:is|exists|available|:)|as a work ?around|can work around|there is a work ?around)\b/gi,
  },
];

const denial =
  /\b(?:not|no|never|without|nobody|none|isn't|aren't|wasn't|doesn't|don't|didn't|neither|nor|nothing|hardly|rather than|instead of|avoid(?:s|ing)?|prevent(?:s|ing)?|if)\s+(?:\w+\s+){0,2}$/i;
const deniedAfter =
  /^\s+(?:(?:is|are|was|were)\s*(?:n't|not)\s+(?:affected|impacted|concerned|touched|down|involved)|(?:is|are) (?:fine|ok|okay|unaffected|up)\b)/i;
const hypothetical = /\b(?:test(?:s|ing)? (?:for|of)|documentation (?:for|of|about))\s+(?:\w+\s+){0,2}$/i;

/** Priority from impact and urgency as the words tell them, with those words. A word that is denied ("no outage") does not count. */
export const judgePriority = ({ title = '', body }: TicketText): PriorityJudgement => {
  const points = { impact: 0, urgency: 0 };
  const reasons: (PriorityReason & { weight: number })[] = [];
  const parts = [
    { field: 'title', text: title.slice(0, 1000), share: 1 },
    { field: 'body', text: cutLong(body), share: title.trim() === '' ? 1 : 0.7 },
  ] as const;
  for (const rule of rules)
    for (const { field, text, share } of parts) {
      const match = firstMeant(rule, text);
      if (match?.index === undefined) continue;
      points.impact += (rule.impact ?? 0) * share;
      points.urgency += (rule.urgency ?? 0) * share;
      reasons.push({
        field,
        quote: match[0],
        start: match.index,
        says: rule.says,
        weight: Math.abs(rule.impact ?? 0) + Math.abs(rule.urgency ?? 0),
      });
      break;
    }
  const levels = { impact: toLevel(points.impact), urgency: toLevel(points.urgency) };
  return {
    priority: matrix[levels.impact][levels.urgency],
    ...levels,
    points,
    reasons: reasons.sort((x, y) => y.weight - x.weight || x.start - y.start).map(({ weight: _, ...reason }) => reason),
  };
};

const firstMeant = ({ pattern, says }: Rule, text: string): RegExpExecArray | undefined => {
  let looked = 0;
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (
      says === 'there is no hurry' ||
      !(
        denial.test(before) ||
        hypothetical.test(before) ||
        deniedAfter.test(text.slice(match.index + match[0].length, match.index + match[0].length + 40))
      )
    )
      return match;
    if (++looked > 20) return undefined;
  }
  return undefined;
};

const toLevel = (points: number): Level => (points >= 2 ? 'high' : points <= -1 ? 'low' : 'medium');

const matrix: Record<Level, Record<Level, Priority>> = {
  high: { high: 'P1', medium: 'P2', low: 'P3' },
  medium: { high: 'P2', medium: 'P3', low: 'P4' },
  low: { high: 'P3', medium: 'P4', low: 'P4' },
};
