import type { ChangeKind } from './changes/types.ts';
import { parseEventFields } from './parse-event-fields.ts';
import { fromSlack } from './slack-text.ts';

/** What a message of another bot says that changed. */
export type ChangeEvent = {
  kind: ChangeKind;
  system: string;
  title: string;
  body: string;
  labels: string[];
  breaking: boolean;
  time: Date | undefined;
  url: string | undefined;
};

const MOST_CHARACTERS = 20_000;

/**
 * Reads a bot's message: a block of `key: value` lines, or a sentence as deploy tools, flag services, Terraform, Argo CD and migration
 * runners write them. Null when it tells of nothing that has changed: plans, starts and failures change nothing.
 */
export const parseEvent = (message: string): ChangeEvent | null => {
  const { text, urls } = fromSlack(message.slice(0, MOST_CHARACTERS));
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const fields = parseEventFields(lines);
  if (fields === 'not a change') return null;
  if (fields) return { ...fields, url: fields.url ?? urls[0] };
  for (const [place, line] of lines.entries()) {
    if (nothingChanged.test(line)) return null;
    const found = matchRule(line);
    if (!found) continue;
    const [system, kind] = found;
    return {
      kind,
      system: system ?? systemIn(lines) ?? unnamed[kind] ?? 'company',
      title: line.slice(0, 500),
      body: lines.filter((_, other) => other !== place).join('\n'),
      labels: [],
      breaking: false,
      time: undefined,
      url: urls[0],
    };
  }
  return null;
};

const nothingChanged =
  /\b(fail(?:ed|ure|ing)?|error(?:ed)?|cancel(?:led|ed)|abort(?:ed)?|reject(?:ed)|denied|pending|queued|waiting|started|starting|in progress|will be|about to|needs (?:approval|confirmation)|plan(?:ned)?(?: and)? (?:finished|complete|to)|awaiting|out ?of ?sync|degraded|0 added, 0 changed, 0 destroyed|no changes)\b|\?$/i;

// A name of a service, flag, database: a word, quoted or not.
const NAME = String.raw`["'“]?(?<system>(?!(?:to|version|the|an?|in|on|by|of|was|has|is|and|for|from|with|new)(?![\w-]))(?:[A-Za-z][\w./-]{0,80}\w|[A-Za-z])(?!\w))["'”]?`;
const A = String.raw`(?:the |a |our )?(?:new )?(?:app(?:lication)?|service|flag|feature flag|feature|toggle|workspace|stack|database|cluster|release|version of)?\s*`;

/** The first that fits says what kind of change it is, and where it can, of what. */
const rules: readonly (readonly [ChangeKind, RegExp])[] = (
  [
    ['flag', String.raw`\b(?:turned|switched|toggled) (?:on|off)\b ${A}${NAME}`],
    [
      'flag',
      String.raw`\b(?:flag|toggle|feature) ${NAME}.{0,40}\b(?:on|off|enabled|disabled|archived|rolled out|turned|updated|created|deleted)\b`,
    ],
    ['flag', String.raw`\b(?:enabled|disabled|archived|created|updated|deleted|rolled out) (?:the )?(?:feature )?(?:flag|toggle) ${NAME}`],
    ['flag', String.raw`\b${NAME} (?:flag|toggle)\b.{0,30}\b(?:on|off|enabled|disabled|archived|turned|updated)\b`],
    ['infrastructure', String.raw`\bapply complete\b|\bresources: \d+ added, \d+ changed, \d+ destroyed`],
    [
      'infrastructure',
      String.raw`\b(?:terraform|pulumi|run|stack)\b.{0,60}\b(?:applied|updated|deployed)\b(?:.{0,20}\b(?:workspace|stack) ${NAME})?`,
    ],
    ['infrastructure', String.raw`\b(?:scaled|resized)\b (?:up |down )?${A}${NAME}`],
    [
      'infrastructure',
      String.raw`\b(?:cluster|node ?pool|node|instance|server|host|load balancer) ${NAME}.{0,30}\b(?:upgraded|added|removed|resized|replaced|drained)\b`,
    ],
    ['database', String.raw`\b(?:applied|ran|finished|completed) (?:the )?(?:database )?migrations?\b.{0,80}?\b(?:on|to|in|for) ${NAME}`],
    ['database', String.raw`\bmigrations?\b.{0,80}\b(?:applied|ran|finished|completed|succeeded)\b(?:.{0,20}?\b(?:on|to|in|for) ${NAME})?`],
    [
      'database',
      String.raw`\b(?:index|table|column|schema) \S+ (?:was )?(?:added|created|dropped|removed|altered)\b(?:.{0,30}\b(?:on|to|in|from) ${NAME})?`,
    ],
    ['deploy', String.raw`\b(?:rolled back|reverted) ${A}${NAME} (?:to|from)\b`],
    ['deploy', String.raw`\b(?:deployed|released|shipped|rolled out|promoted) version \S+ of ${A}${NAME}`],
    ['deploy', String.raw`\b(?:deployed|released|shipped|rolled out|promoted) ${A}${NAME}`],
    [
      'deploy',
      String.raw`\b(?:deploy(?:ment)?|roll-?out|release) of ${A}${NAME}.{0,80}\b(?:succeeded|successful(?:ly)?|finished|completed?|done|is live)\b`,
    ],
    ['deploy', String.raw`\bsync operation\b.{0,40}\b(?:application|app) ${NAME}.{0,40}\b(?:succeeded|successful)`],
    ['deploy', String.raw`\b(?:application|app) ${NAME}.{0,60}\b(?:synced|is now running|deployed|has been updated)\b`],
    [
      'deploy',
      String.raw`\b${NAME}(?: (?:version |release )?v?\d[\w.+-]*)? (?:was |has been |is (?:now )?)(?:deployed|released|rolled out|rolled back|shipped|live|promoted)\b`,
    ],
    [
      'config',
      String.raw`\b(?:config(?:uration)?|setting|parameter|environment variable|secret|limit|quota)\b.{0,80}\b(?:changed|updated|set|raised|lowered|rotated|added|removed)\b(?:.{0,80}?\b(?:on|in|for|of) ${NAME})?`,
    ],
    [
      'config',
      String.raw`\b(?:changed|updated|set|raised|lowered|rotated) (?:the )?(?:config(?:uration)?|setting|parameter|environment variable|secret|limit|quota)s?\b(?:.{0,80}?\b(?:on|in|for|of) ${NAME})?`,
    ],
    [
      'policy',
      String.raw`\b(?:new|updated|changed|revised|approved|published) (?:\w+ ){0,3}policy\b|\bpolicy\b.{0,80}\b(?:updated|changed|published|takes effect|in effect|approved|retired)\b`,
    ],
    [
      'people',
      String.raw`\b(?:joined|joins|left|leaves|moved to|is the new|was promoted|takes over|starts as|welcome)\b.{0,80}\b(?:team|company|as|lead|manager|engineer|office|department|us)\b|\bon-?call (?:rotation|schedule)\b.{0,40}\b(?:changed|updated)\b`,
    ],
  ] as const
).map(([kind, source]) => [kind, new RegExp(source, 'i')] as const);

const matchRule = (line: string): [system: string | undefined, kind: ChangeKind] | null => {
  for (const [kind, pattern] of rules) {
    const found = pattern.exec(line);
    if (found) return [found.groups?.['system'], kind];
  }
  return null;
};

const systemIn = (lines: readonly string[]): string | undefined => {
  for (const line of lines) {
    const found =
      /^(?:workspace|stack|service|application|app|project|system|repository|database|cluster)\s*[:=]\s*["']?([\w./-]{1,80})/i.exec(line);
    if (found?.[1]) return found[1];
  }
  return undefined;
};

const unnamed: Partial<Record<ChangeKind, string>> = { infrastructure: 'infrastructure', database: 'database', config: 'configuration' };
