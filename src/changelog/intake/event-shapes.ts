import type { ChangeKind } from '#src/changelog/changes/types.ts';

/** What a line of a message says that changed; what it leaves out may stand on other lines ("Environment: production"). */
type Told = {
  line: string;
  system: string | undefined;
  version: string | undefined;
  environment: string | undefined;
  /** What it is about, in words, where the tool names it apart. */
  what: string | undefined;
};

/**
 * One way in which tools say it: what kind of change that is, or 'nothing' for what changes nothing (previews, plans, stages of a run). `says` is
 * looked for in each line of a message; its groups `system`, `version`, `environment` and `what` name what it is about. `beside` has to stand
 * anywhere in the message, too. `title` says it better than the line does.
 */
export type EventShape = { kind: ChangeKind | 'nothing'; says: RegExp; beside?: RegExp; title?: (told: Told) => string };

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

// One of them, perhaps with the version of what runs there: "payments@2.1.0", "api:v3", "checkout 3.1".
// The same where a line has two ways to say it, and one group may have the name.
const OTHER = String.raw`[\w./-]{1,80}`;
const AT = String.raw`${NAME}(?:(?:[@:] ?| )["'“]?(?<version>v?\d[\w.+-]*|[0-9a-f]{7,40}\b)["'”]?)?`;
const PLACE = String.raw`(?:prod(?:uction)?|live|staging|stage|qa|uat|test|dev(?:elopment)?|canary)(?:[-_/][\w-]+)?`;
const TO_PLACE = String.raw`(?:\s*(?:→|->|=>|\bto|\bin|\bon)\s+(?:the )?["'“]?(?<environment>${PLACE})\b)`;

const deployed = ({ line, system, version, environment }: Told): string =>
  system === undefined ? line : `Deployed ${named(system, version)}${environment ? ` to ${environment}` : ''}`;
const rolledBack = ({ line, system, version, environment }: Told): string =>
  system === undefined ? line : `Rolled back ${system}${version ? ` to ${version}` : ''}${environment ? ` in ${environment}` : ''}`;
const released = ({ line, system, version }: Told): string => (system === undefined ? line : `Released ${named(system, version)}`);
const maintained = ({ what, line }: Told): string => (what === undefined ? line : `Maintenance completed: ${what}`);

// A sha is for the reference below it.
const named = (system: string, version: string | undefined): string =>
  version === undefined || /^[0-9a-f]{7,40}$/i.test(version) ? system : `${system} ${version}`;

type Row = readonly [kind: EventShape['kind'], says: string, more?: { beside?: string; title?: NonNullable<EventShape['title']> }];

/** The first that fits a line counts, so what is special stands before what is general. To understand another tool, add a line here. */
const rows: readonly Row[] = [
  // What looks like a change and is none.
  ['nothing', String.raw`\b(?:deploy previews?|preview deploy(?:ment)?s?|branch deploys?)\b|\bdeployed .* to preview\b`],
  [
    'nothing',
    String.raw`^reconciliation finished\b|\bno migrations? (?:necessary|needed|to apply)\b|\b(?:is|are) up to date\b|^(?:stored|fetched) artifact\b`,
  ],
  ['nothing', String.raw`\bcodepipeline (?:stage|action) execution\b|\breached a steady state\b|\bservice_steady_state\b`],
  ['nothing', String.raw`\b(?:created|sent to review|scheduled|approved|discarded|edited|added an approval to) change request\b`],
  [
    'nothing',
    String.raw`\b(?:time[- ]off|leave) requests?\b|\bis (?:out (?:of office|sick)|away|off (?:sick|work)|on (?:leave|vacation|pto|holiday))\b|\bbirthday\b|\bwork anniversar`,
  ],
  // What somebody earns is nobody's news.
  ['nothing', String.raw`\b(?:compensation|salar(?:y|ies)|bonus(?:es)?|wages?)(?![\w-]).{0,30}\b(?:chang|adjust|increas|rais)`],

  // Statuspage and other status pages
  [
    'infrastructure',
    String.raw`^(?:\[?(?:completed|scheduled)\]?[\s:-]*)?(?:scheduled )?maintenance(?: completed)?\s*[:–-]\s*(?<what>\S.{2,120})$`,
    { beside: String.raw`(?<!not )\bcompleted\b`, title: maintained },
  ],
  [
    'infrastructure',
    String.raw`^\[?completed\]?\s*(?:[:–-]\s*)?(?<what>\S.{2,120})$`,
    { beside: String.raw`\bmaintenance\b`, title: maintained },
  ],
  [
    'nothing',
    String.raw`^\[?(?:investigating|identified|monitoring|resolved|in progress|verifying|scheduled)\]?\s+[–-]\s|\bscheduled maintenance\b`,
  ],

  // GitHub, GitLab
  [
    'deploy',
    String.raw`^(?:\[${NAME}\] )?(?:new )?release (?<version>v?\d\S*) (?:was )?(?:published|released)\b|^(?:\[${OTHER}\] )?(?:new )?release (?:published|created)\b(?!:)(?: by \S+)?`,
    { title: released },
  ],
  ['deploy', String.raw`^\[${NAME}\] (?:successfully )?deployed\b(?: ["'“]?(?<version>[\w.+-]+)["'”]?)?${TO_PLACE}`, { title: deployed }],
  [
    'deploy',
    String.raw`^(?:successfully )?deployed(?: ["'“]?(?<version>v?\d[\w.+-]*|[0-9a-f]{7,40})["'”]?)?${TO_PLACE}`,
    { title: deployed },
  ],
  [
    'deploy',
    String.raw`^deploy(?:ment)?${TO_PLACE} (?:by \S+ )?(?:has )?(?:succeeded|was successful|finished|completed)\b`,
    { title: deployed },
  ],

  // Vercel, Netlify, Render, Heroku
  ['deploy', `^successful deploy (?:of|for) ${AT}`, { title: deployed }],
  ['deploy', String.raw`\bdeploy(?:ment)? (?:is )?(?:live|ready|published)(?: for|:| on)? ${AT}`, { title: deployed }],
  [
    'deploy',
    String.raw`^${NAME}:? (?:production )?deploy(?:ment)? (?:is )?(?:live|ready|published|succeeded|successful|complete[d]?)\b`,
    { title: deployed },
  ],

  // AWS
  ['deploy', String.raw`^succeeded: aws codedeploy \S+ in \S+ to ${NAME}`, { title: deployed }],
  [
    'deploy',
    String.raw`\b(?:codedeploy|ecs) deployment(?: \S+)? (?:has )?(?:succeeded|completed|service_deployment_completed)\b|\bservice_deployment_completed\b`,
    { title: deployed },
  ],
  ['deploy', String.raw`\bcodepipeline pipeline execution(?: state change)?:? (?:has )?succeeded\b`, { title: deployed }],
  [
    'deploy',
    String.raw`^aws (?:codepipeline|codedeploy) notification\b`,
    { beside: String.raw`\b(?:state|status): succeeded\b`, title: deployed },
  ],

  // Argo CD, Flux, Spinnaker, Octopus
  [
    'deploy',
    String.raw`\b(?:application|app) ${NAME} (?:has been |was |is )?(?:successfully )?(?:synced|now running)\b`,
    { title: deployed },
  ],
  [
    'deploy',
    String.raw`\bhelm (?:upgrade|install) succeeded for release (?:[\w-]+\/)?(?<system>[A-Za-z][\w-]*)(?:\.v\d+)?(?: with chart [\w-]+@(?<version>\d[\w.+-]*))?`,
    { title: deployed },
  ],
  ['deploy', String.raw`\bhelm rollback succeeded for release (?:[\w-]+\/)?(?<system>[A-Za-z][\w-]*)`, { title: rolledBack }],
  ['deploy', String.raw`^applied revision: \S*?(?<version>[0-9a-f]{7,40})?$`, { title: deployed }],
  [
    'deploy',
    String.raw`\bstage .{0,40}\bdeploy.{0,40} for (?<system>[A-Za-z][\w-]*)'s .{1,80} has completed successfully`,
    { title: deployed },
  ],
  ['nothing', String.raw`^stage .{1,80} for \S+'s .{1,80} has completed`],
  [
    'deploy',
    String.raw`^(?<system>[A-Za-z][\w-]*)'s (?:pipeline )?.{0,60}\b(?:deploy|release|ship|promote|prod).{0,60} has completed successfully`,
    { title: deployed },
  ],
  [
    'deploy',
    String.raw`^(?<system>(?!${NOT_A_NAME})[A-Za-z][\w.-]*(?: [A-Za-z][\w.-]*){0,3}?) release ["'“]?(?<version>v?\d[\w.+-]*)["'”]? (?:was |has been )?(?:successfully )?deployed${TO_PLACE}`,
    { title: deployed },
  ],
  [
    'deploy',
    String.raw`\bdeployed release (?<version>v?\d[\w.+-]*) of (?<system>(?!${NOT_A_NAME})[A-Za-z][\w.-]*(?: (?!to\b)[A-Za-z][\w.-]*){0,3})${TO_PLACE}`,
    { title: deployed },
  ],

  // Our own scripts, as many write them
  [
    'deploy',
    `^(?:deploy(?:ment)?|release|roll-?out) (?:finished|succeeded|completed?|done|successful|is live):? ${A}${AT}${TO_PLACE}?`,
    { title: deployed },
  ],
  [
    'deploy',
    String.raw`^${AT}\s*(?:→|->|=>)\s*["'“]?(?<environment>${PLACE})["'”]?(?: \W*)?(?:deployed|done|live|ok|success\w*)?$`,
    { title: deployed },
  ],
  ['deploy', String.raw`^(?:rolled back|reverted) ${A}${NAME}(?:${TO_PLACE})?\W*$`, { title: rolledBack }],

  // LaunchDarkly, Unleash, Flagsmith
  [
    'flag',
    String.raw`\b(?:flag state|remote config value|flag|feature) (?:was )?(?:changed|updated|enabled|disabled) for (?:feature:? )?${NAME}`,
  ],
  ['flag', String.raw`^new flag \/ remote config created: ${NAME}|^flag \/ remote config deleted: ${OTHER}`],
  ['flag', String.raw`\b(?:turned|switched) (?:on|off) targeting for (?:the )?(?:flag )?${NAME}`],
  [
    'flag',
    String.raw`\b(?:targeting|rollout|variations?|rules|variants) (?:for|of|on) (?:the )?(?:flag )?${NAME} (?:was |were )?(?:changed|updated)\b`,
  ],
  ['flag', String.raw`\b(?:enabled|disabled|archived|revived|updated) ${NAME} (?:for the \S+ environment )?in (?:the )?project\b`],
  ['flag', String.raw`\b(?:created|deleted) ${NAME} in (?:the )?project\b`, { beside: String.raw`\b(?:flag|feature|toggle)\b` }],
  ['flag', String.raw`\b(?:enabled|disabled) ${NAME} (?:in|for|on) (?:the )?\S+ environment\b`],
  ['flag', String.raw`\badded strategy .{1,60} to ${NAME} for the \S+ environment\b`],
  ['flag', String.raw`\bapplied change request\b`],

  // PagerDuty, Opsgenie
  [
    'config',
    String.raw`\b(?:escalation polic(?:y|ies)|(?:alert|event|call) routing rules?|notification polic(?:y|ies)|service integration)\b.{0,80}\b(?:created|updated|changed|deleted|added|removed)\b|\b(?:created|updated|changed|deleted) (?:the |an? )?(?:escalation policy|routing rule|notification policy)\b`,
  ],

  // Liquibase, Flyway
  [
    'database',
    String.raw`\bliquibase\b.{0,60}\b(?:update has been successful|executed successfully|update successful)\b|^update has been successful\b`,
  ],
  [
    'database',
    String.raw`\b(?:applied|deployed|ran) (?:\d+ )?change-?sets?\b(?:.{0,30}\b(?:on|to|in|against) (?:the )?(?:database |schema )?${NAME})?`,
  ],

  // BambooHR, Workday
  [
    'people',
    String.raw`^new (?:hire|joiner|starter|employee)s?: \S|\b(?:hire|job change|promotion|transfer|change job|onboarding|change location)\b.{0,80}\bsuccessfully completed\b|\bjob title (?:was |has been )?(?:changed|updated)\b|\bwelcome\b.{0,80}\b(?:is|are|'s|'re|will be) (?:joining|starting)\b`,
  ],
  ['policy', String.raw`\b(?:handbook|code of conduct|guidelines?)\b.{0,60}\b(?:updated|published|revised|takes effect)\b`],

  // Sentences in which no tool is known
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
];

export const eventShapes: readonly EventShape[] = rows.map(([kind, says, { beside, title } = {}]) => ({
  kind,
  says: new RegExp(says, 'iu'),
  ...(beside === undefined ? {} : { beside: new RegExp(beside, 'iu') }),
  ...(title === undefined ? {} : { title }),
}));
