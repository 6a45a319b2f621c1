/**
 * What a phrase speaks of: a `harm` or a `fault` is the trouble itself, `scope` says how many and how much it hits, `hurry` and `date` how soon; `less`
 * speaks for waiting. Scope and a date without a trouble make nothing urgent.
 */
export type RuleKind = 'harm' | 'fault' | 'scope' | 'hurry' | 'date' | 'less';

/** A point is half a level; more than one phrase of a rule counts once. English and German, as the words are used in either. */
export type PriorityRule = { says: string; kind: RuleKind; impact?: number; urgency?: number; pattern: RegExp };

export const priorityRules: readonly PriorityRule[] = [
  {
    says: 'an outage',
    kind: 'harm',
    impact: 3,
    urgency: 3,
    // "down with flu", "down to three", "down the hall" are none.
    pattern:
      /\b(?:outage|(?:is|are|went|goes|gone|completely|totally|all|system|site|service) down\b(?! (?:to|from|by|the|on|with (?!(?:an? |the )?(?:errors?|\d|time-?outs?|exceptions?)))\b)|down for (?:all|every|us)|unreachable for (?:all|every)|total(?:ly)? unavailable|service unavailable|(?:total|komplett|produktions|server|system|netz|netzwerk|internet|strom|betriebs)?ausf(?:all|älle)\b|(?:gro(?:ß|ss)|betriebs|netz)störung|(?:server|systeme?|netzwerk|internet|dienste?|web-?seite|website|shop|portal|datenbank|produktion|anlage|vpn|telefonie?) (?:ist|sind|steht|stehen) (?:\p{L}+ ){0,2}(?:ausgefallen|down|offline|still|tot|nicht (?:mehr )?(?:erreichbar|verfügbar))|nichts geht mehr)/giu,
  },
  {
    says: 'everybody is hit',
    kind: 'scope',
    impact: 3,
    urgency: 1,
    pattern:
      /\b(?:all (?:users|customers|clients|employees|staff|of us|teams|sites|offices|regions|tenants)|every(?:one|body)\b|every (?:user|customer|client|employee|office)|entire (?:company|team|office|site|department|cluster)|whole (?:company|team|office|site|department|cluster)|company[- ]wide|none of (?:us|the users|our customers)|alle[nr]? (?:kund(?:en|innen)|nutzer|benutzer|anwender|mitarbeite|kolleg|standorte|abteilungen|filialen)|kein(?:e|er)? (?:kunde|kundin|nutzer|benutzer|mitarbeiter)|(?:ganze[nrs]?|gesamte[nrs]?) (?:firma|unternehmen|abteilung|team|büro|standort|haus)|(?:firmen|unternehmens)weit)/giu,
  },
  {
    says: 'nobody can do it',
    kind: 'harm',
    impact: 3,
    urgency: 1,
    pattern: /\b(?:nobody|no[ -]?one|none of us|niemand|keiner) (?:can|kann)\b(?! (?:tell|say|explain|remember|find|sagen)\b)/gi,
  },
  {
    says: 'data is lost or corrupt',
    kind: 'harm',
    impact: 4,
    urgency: 2,
    pattern:
      /\b(?:data ?loss|los(?:t|es|ing) (?:all |our |customer |user )?(?:data|files|records|messages|writes)|corrupt(?:ed|ion|s)?\b|overwritten|wiped|irrecoverabl\w+|datenverlust|daten (?:sind |wurden )?(?:weg|verloren|gelöscht|beschädigt|überschrieben))/giu,
  },
  {
    says: 'security is at stake',
    kind: 'harm',
    impact: 4,
    urgency: 3,
    pattern:
      /\b(?:security (?:breach|incident|hole|issue|vulnerabilit\w+|flaw)|vulnerabilit(?:y|ies)|cve-\d{4}-\d+|data breach|leaked|exposed (?:credentials|secrets|data|passwords?)|ransomware|malware|phishing|hacked|compromised|unauthori[sz]ed access|stolen|privilege escalation|remote code execution|sql injection|sicherheits(?:lücke|vorfall|problem)|datenleck|datenpanne|gehackt|gestohlen|geklaut|schadsoftware|verschlüsselungstrojaner|erpressungs\p{L}+|unbefugte[nr]? zugriff)/giu,
  },
  {
    says: 'production is named',
    kind: 'scope',
    impact: 2,
    urgency: 1,
    // A production line makes goods.
    pattern:
      /\b(?:production(?! (?:lines?|plan\w*|manager|hall|costs?|compan\w+|team|schedule|date|of)\b)|prod\b|live (?:system|site|environment)|go-?live|produktion\b|produktiv(?:system|umgebung|betrieb)|live-?system)/giu,
  },
  {
    says: 'customers or money are hit',
    kind: 'scope',
    impact: 2,
    urgency: 1,
    pattern:
      /\b(?:customers? (?:are|is|cannot|can ?not|can't|report\w*|complain\w*)|payments? (?:fail\w*|are not|is not)|checkout|revenue|lo(?:st|sing) (?:money|sales|orders)|payroll (?:is|run|fail\w*)|sla\b|contractual|legal|compliance|gdpr|regulator\w*|kund(?:en|innen) (?:können|sehen|bekommen|beschweren|melden|erhalten)|zahlungen (?:schlagen|gehen|werden nicht)|umsatz(?:verlust|ausfall)?|gehaltslauf|dsgvo|bestellungen (?:gehen|kommen) (?:nicht|verloren))/giu,
  },
  {
    says: 'several are hit',
    kind: 'scope',
    impact: 1,
    pattern:
      /\b(?:(?:several|multiple|many|most) (?:users|people|colleagues|customers|teams|hosts|servers|nodes)|our (?:whole )?team (?:cannot|can't|is)|(?:mehrere|viele|die meisten) (?:nutzer|benutzer|kolleg\p{L}+|kunden|kundinnen|mitarbeite\p{L}*|server|rechner)|bei (?:uns )?(?:allen|mehreren))/giu,
  },
  {
    says: 'work is blocked',
    kind: 'fault',
    urgency: 3,
    impact: 1,
    pattern:
      /\b(?:block(?:ed|er|ing)\b|cannot work|can't work|can ?not work|unable to work|work is stopped|show ?stopper|stuck (?:completely|entirely)|no workaround|stops? (?:us|me) from working|blockiert|(?:kann|können) (?:\p{L}+ ){0,2}nicht (?:weiter)?arbeiten|arbeitsunfähig)/giu,
  },
  {
    says: 'it is called urgent',
    kind: 'hurry',
    urgency: 3,
    pattern:
      /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.|as soon as possible|immediate(?:ly)?|right (?:now|away)|emergency|critical(?:ly)?|high(?:est)? priority|top priority|time[- ]sensitive|quick(?:ly)? as possible|without delay|dringend(?:st)?|umgehend|sofort|notfall|so (?:schnell|bald) wie möglich|schnellstmöglich|eilt|kritisch|höchste priorität)(?!\p{L})/giu,
  },
  {
    says: 'there is a deadline',
    kind: 'date',
    urgency: 2,
    pattern:
      /\b(?:deadline|due (?:today|tomorrow|tonight)|by (?:today|tomorrow|tonight|noon|end of (?:the )?day|eod|cob)|until (?:today|tomorrow|noon|tonight)|before (?:the )?(?:release|launch|demo|audit|go-?live|meeting)|starts? (?:today|tomorrow)|in (?:an|one|two|2|1) hours?|bis (?:heute|morgen|mittag|feierabend)|noch heute|in (?:einer|zwei) stunden?)\b/gi,
  },
  {
    says: 'something crashes',
    kind: 'fault',
    impact: 1,
    urgency: 2,
    pattern:
      /\b(?:crash(?:es|ed|ing)?|segfault\w*|segmentation fault|kernel panic|panics?\b|out ?of ?memory|oom(?:killed)?\b|deadlock\w*|hangs?\b|hung\b|infinite loop|freez(?:es|ing)|frozen|memory leak|npe\b|null ?pointer\w*|core dump\w*|data race|race condition|abgestürzt|stürzt (?:\p{L}+ ){0,3}ab\b|hängt sich auf|eingefroren)/giu,
  },
  {
    says: 'it cannot be built, started or opened',
    kind: 'fault',
    impact: 1,
    urgency: 1,
    pattern:
      /(?<![\p{L}\d_])(?:build (?:is )?(?:broken|fail\w*)|(?:does|do|did|will|can) ?(?:n[o']t|not) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\w*|(?:cannot|can't|unable to|fail(?:s|ed|ing)? to|won't|doesn't|didn't) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\w*|100 ?% cpu|classnotfound\w*|noclassdef\w*|unsatisfiedlink\w*|(?:startet|öffnet|lädt|verbindet) (?:sich )?nicht|lässt sich (?:\p{L}+ )?nicht (?:öffnen|starten|installieren)|(?:komm(?:en?|t)|kann|können) (?:\p{L}+ ){0,2}nicht (?:\p{L}+ ){0,3}(?:einloggen|anmelden|rein|öffnen|starten|zugreifen|verbinden))/giu,
  },
  {
    says: 'something fails',
    kind: 'fault',
    urgency: 1,
    pattern:
      /\b(?:fail(?:s|ed|ing|ure|ures)?\b|error(?:s|ed)?\b|[a-z]*exceptions?\b|broken\b|breaks?\b|(?:does|do|did|is|are) ?n[o']t work\w*|not working|cannot|can't|unable to|regress\w+|incorrect\w*|wrong\b|stopped working|no longer|fehler\b|fehlermeldung|(?:funktioniert|geht|gehen|klappt|reagiert) (?:\p{L}+ )?nicht\b|kaputt|defekt\b|nicht (?:mehr )?erreichbar|störung)/giu,
  },
  {
    says: 'it is slow or comes and goes',
    kind: 'fault',
    urgency: 0.5,
    pattern:
      /\b(?:slow(?:ly|er|ness)?|latency|timeouts?|timing out|intermittent\w*|sporadic\w*|flaky|degraded|langsam|sporadisch|zeitüberschreitung)\b/gi,
  },
  {
    says: 'it is a question',
    kind: 'less',
    impact: -1,
    urgency: -2,
    pattern:
      /^(?:[^.:!?\n]{1,60}:)?\s*(?:how (?:do|can|to)|what (?:is|are)|where (?:is|can|do)|is (?:it|there)|question\b|wie (?:kann|geht|mache|komme|bekomme)|wo (?:ist|finde|kann)|wer (?:ist|kann)|frage\b|was (?:ist|sind))|\b(?:just (?:a question|wondering|curious|asking)|quick question|question (?:about|on|regarding)|(?:i )?(?:was )?wondering (?:if|whether)|out of curiosity|nur eine frage|kurze frage)/gi,
  },
  {
    says: 'it is a wish',
    kind: 'less',
    impact: -2,
    urgency: -2,
    pattern:
      /\b(?:nice[- ]to[- ]have|would be (?:nice|great|good|cool|useful|helpful)|feature request|enhancement|wish ?list|suggestion|it would be|could we (?:have|add)|in the future|some ?day|wäre (?:schön|toll|gut|hilfreich)|wunsch\b|vorschlag\b)/gi,
  },
  {
    says: 'it is cosmetic',
    kind: 'less',
    impact: -3,
    urgency: -2,
    pattern:
      /\b(?:typos?\b|mis-?spell\w*|spelling|cosmetic\w*|wording|grammar|javadoc|checkstyle|white ?space|indentation|(?:wrong|different) colou?r|alignment|misaligned|tooltip|comment(?:s)? in|unused (?:import|variable|code)|clean ?up|trivial|minor\b|rename\b|readme|documentation|\bdocs?\b|tippfehler|rechtschreib\p{L}+|schreibfehler)/giu,
  },
  {
    says: 'there is no hurry',
    kind: 'less',
    urgency: -4,
    pattern:
      /\b(?:no (?:rush|hurry|urgency)|not urgent|non-?urgent|low(?:est)? priority|when(?:ever)? (?:you (?:have|get|find) )?(?:a )?(?:time|chance|convenient|possible)|at your convenience|can wait|take your time|not (?:a )?(?:big deal|important|critical|blocking)|eventually|nicht (?:so )?(?:dringend|eilig|wichtig|kritisch)|eilt nicht|keine eile|hat zeit|(?:bei|wenn) (?:ihr |sie |du )?(?:zeit|gelegenheit))\b/gi,
  },
  {
    says: 'one person is hit',
    kind: 'less',
    impact: -1,
    pattern:
      /\b(?:only (?:me|i|my|one (?:user|person|machine))|just (?:me|my (?:machine|laptop))|single user|one (?:user|colleague)|my (?:laptop|monitor|mouse|keyboard|headset|phone|computer|pc|account)|nur (?:bei mir|ich|mein\p{L}*)|mein(?:e[nm]?)? (?:laptop|monitor|maus|tastatur|telefon|handy|rechner|pc|drucker|konto|account))(?!\p{L})/giu,
  },
  {
    says: 'there is a way around',
    kind: 'less',
    impact: -1,
    urgency: -2,
    pattern: /\b(?:work ?around (?:is|exists|available|:)|as a work ?around|can work around|there is a work ?around)\b/gi,
  },
];
