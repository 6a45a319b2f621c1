import type { ChangeKind } from './changes/types.ts';

// What stands where a name could, and is none.
const NOT_A_NAME = String.raw`(?:to|version|the|an?|in|on|by|of|at|was|were|has|have|is|are|and|or|for|from|with|new|old|it|that|this|which|who|we|they|flag|toggle|feature|service|app|application|database|cluster|schema|stack|workspace|production|prod|staging|some(?:body|one|thing)|any(?:body|one)|nobody|everybody|yesterday|today|tomorrow|now|successfully|wrong|again)(?![\w-])|v?\d`;
// A name of a service, flag, database: a word, quoted or not.
const NAME = String.raw`["'“]?(?<system>(?!${NOT_A_NAME})(?:[A-Za-z][\w./-]{0,80}\w|[A-Za-z])(?!\w))["'”]?`;
const A = String.raw`(?:the |a |our )?(?:new )?(?:app(?:lication)?|service|flag|feature flag|feature|toggle|workspace|stack|database|cluster|release|version of)?\s*`;
const VERSION = String.raw`(?:version |release )?v?\d[\w.+-]*`;
const DEPLOYED = '(?:deployed|released|shipped|rolled out|promoted)';
const WELL = String.raw`\b(?:succeeded|successful(?:ly)?|finished|completed?|done|is live)\b`;
// "raised to 20", "changed on orders-db", "updated" at the end; not "raised an alert".
const TO_WHAT = String.raw`(?=\s*(?:$|[:;,.(→>-])|\s+(?:from|to|by|on|in|for|of|at|and)\b|\s+\d)`;
const SETTING = 'config(?:uration)?(?: var(?:iable)?s?)?|setting|parameter|environment variable|secret|limit|quota';
const SET = '(?:changed|updated|set|raised|lowered|rotated|added|removed)';

/** The first that fits says what kind of change it is, and where it can, of what (the group `system`). */
export const eventRules: readonly (readonly [ChangeKind, RegExp])[] = (
  [
    ['flag', String.raw`^${NAME}: (?:on|off|enabled|disabled|\d+ ?%) ?(?:→|->|to) ?(?:on|off|enabled|disabled|\d+ ?%)`],
    [
      'flag',
      String.raw`\b(?:turned|switched|toggled) (?:on|off) (?:the )?(?:feature )?(?:flag|toggle) ["'“]?(?<system>\w[\w./-]*(?: [\w./-]+){0,4}?)["'”]? (?:in|for|on|at)\b`,
    ],
    ['flag', String.raw`\b(?:turned|switched|toggled) (?:on|off)\b ${A}${NAME}`],
    [
      'flag',
      String.raw`\b(?:feature flag|flag|toggle|feature) ${NAME}.{0,40}\b(?:on|off|enabled|disabled|archived|rolled out|turned|updated|created|deleted)\b`,
    ],
    [
      'flag',
      String.raw`\b(?:enabled|disabled|archived|created|updated|deleted|changed|rolled out)\b.{0,40}\b(?:feature )?(?:flag|toggle) ${NAME}`,
    ],
    ['flag', String.raw`\b${NAME} (?:flag|toggle)\b.{0,30}\b(?:on|off|enabled|disabled|archived|turned|updated)\b`],
    ['flag', String.raw`\b(?:enabled|disabled) ${NAME} in (?:the )?\w+ environment\b`],
    ['infrastructure', String.raw`\bapply complete\b|\bresources: \d+ added, \d+ changed, \d+ destroyed`],
    [
      'infrastructure',
      String.raw`\b(?:terraform|pulumi|run|stack)\b.{0,60}\b(?:applied|updated|deployed)\b(?:.{0,20}\b(?:workspace|stack) ${NAME})?`,
    ],
    ['infrastructure', String.raw`\bupdate of stack ${NAME}.{0,20}${WELL}`],
    ['infrastructure', String.raw`\b(?:scaled|resized)\b (?:up |down )?${A}${NAME}`],
    ['infrastructure', String.raw`\bupgraded to \S+ (?:on|in) (?:the )?(?:cluster|environment) ${NAME}`],
    [
      'infrastructure',
      String.raw`\b(?:cluster|node ?pool|node|instance|server|host|load balancer) ${NAME}.{0,30}\b(?:upgraded|added|removed|resized|replaced|drained)\b`,
    ],
    ['infrastructure', String.raw`\b${NAME}(?: was| has)? failed over to\b`],
    ['database', String.raw`\b(?:postgres\w*|mysql|mariadb|mongo\w*|redis|database) ${NAME} (?:was |has been )?(?:upgraded|migrated)\b`],
    [
      'database',
      String.raw`\b(?:applied|ran|finished|completed) (?:the )?(?:\d+ )?(?:database )?migrations?\b.{0,80}?\b(?:on|to|in|for) (?:the )?(?:schema |database )?${NAME}`,
    ],
    ['database', String.raw`\bmigrations?\b.{0,80}\b(?:applied|ran|finished|completed|succeeded)\b(?:.{0,20}?\b(?:on|to|in|for) ${NAME})?`],
    [
      'database',
      String.raw`\b(?:index|table|column|schema) \S+ (?:was )?(?:added|created|dropped|removed|altered)\b(?:.{0,30}\b(?:on|to|in|from) ${NAME})?`,
    ],
    ['deploy', String.raw`\b(?:rolled back|reverted) ${A}${NAME} (?:to|from)\b`],
    ['deploy', String.raw`\broll-?back of ${A}${NAME}.{0,80}${WELL}`],
    ['deploy', String.raw`\b${NAME}(?: (?:was|has been))? rolled back (?:to|from)\b`],
    ['deploy', String.raw`\b${DEPLOYED} ${VERSION} of ${A}${NAME}`],
    ['deploy', String.raw`\b${DEPLOYED} ${A}${NAME}`],
    ['deploy', String.raw`\b(?:deploy(?:ment)?|roll-?out|release) (?:of|for) ${A}${NAME}.{0,80}${WELL}`],
    ['deploy', String.raw`\b(?:deploy(?:ment)?|roll-?out) (?:succeeded|successful|finished|complete[d]?): ${A}${NAME}`],
    ['deploy', String.raw`\bnew release(?: published)?: ${NAME}`],
    ['deploy', String.raw`^${NAME}: v?\d[\w.+-]* ?(?:→|->|to) ?v?\d`],
    ['deploy', String.raw`\bsync operation\b.{0,40}\b(?:application|app) ${NAME}.{0,40}\b(?:succeeded|successful)`],
    ['deploy', String.raw`\b(?:application|app) ${NAME}.{0,60}\b(?:synced|is now running|deployed|has been updated)\b`],
    ['deploy', String.raw`\b${NAME}(?: ${VERSION})? (?:was |has been |is (?:now )?)(?:${DEPLOYED}|rolled back|live)\b`],
    ['deploy', String.raw`\b${NAME} ${VERSION} ${DEPLOYED}\b`],
    ['config', String.raw`\bset [A-Z][A-Z0-9_]+ ?= ?\S+ (?:on|in|for) ${NAME}`],
    ['config', String.raw`\b(?:${SETTING})s?\b.{0,80}\b${SET}\b${TO_WHAT}(?:.{0,80}?\b(?:on|in|for|of) ${NAME})?`],
    [
      'config',
      String.raw`\b(?:changed|updated|set|raised|lowered|rotated) (?:the )?(?:${SETTING})s?\b(?:.{0,80}?\b(?:on|in|for|of) ${NAME})?`,
    ],
    ['config', String.raw`\b(?:${SETTING})s? (?:changed|updated): \S`],
    [
      'policy',
      String.raw`\b(?:new|updated|changed|revised|approved|published) (?:\w+ ){0,3}policy\b|\bpolicy\b.{0,80}\b(?:updated|changed|published|takes effect|in effect|approved|retired)\b`,
    ],
    [
      'people',
      String.raw`\b(?:joined|joins|left|leaves|moved to|is the new|was promoted|takes over|starts (?:on \w+ )?as|welcome(?! (?:to|back)\b))\b.{0,80}\b(?:team|company|as|an?|lead|manager|engineer|office|department|us)\b|\bis now (?:the )?(?:\w+ )?(?:lead|head|manager|director)\b|\bon-?call (?:rotation|schedule)\b.{0,40}\b(?:changed|updated)\b`,
    ],
  ] as const
).map(([kind, source]) => [kind, new RegExp(source, 'i')] as const);
