import { requests } from './english-requests.ts';
import type { Language } from './language.ts';

export const english: Language = {
  everyday:
    'a an the and or of to in on at for with by from as is are was were be been am it its this that these those i my me we our you your he she they them his her their do does did have has had will would can could should may might if so but then than there here just also very hi hello dear team all please thanks thank kind regards best wishes sincerely cheers help need want like able issue problem let know get got sent new use using not no yes ok good morning afternoon day today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december pm re fw fwd when what how why who where which now still again only more some any other one two make made see after before since because about into out up down over too much many well work working time try trying tried find found go going come take give say said look thing way',
  passing:
    'week weeks weekly month months monthly year years yearly hour hours minute minutes next last evening night weekend soon later ago until till everyone everybody somebody someone anyone anybody nobody something anything everything nothing somewhere thing things example currently since already yet maybe else each every such own same few several first second than via per etc always never often once whole',
  rest: 'other others misc miscellaneous general various else sundry',
  signs: {
    // "down with flu", "down to three", "down the hall" are none.
    'an outage':
      'outage|(?:is|are|went|goes|gone|been|completely|totally|all|system|site|service) down\\b(?! (?:to|from|by|the|on|with (?!(?:an? |the )?(?:errors?|\\d|time-?outs?|exceptions?)))\\b)|down for (?:all|every|us)|unreachable for (?:all|every)|total(?:ly)? unavailable|service unavailable',
    'everybody is hit':
      'all (?:users|customers|clients|employees|staff|of us|teams|sites|offices|regions|tenants)|every(?:one|body)\\b|every (?:user|customer|client|employee|office)|entire (?:company|team|office|site|department|cluster)|whole (?:company|team|office|site|department|cluster)|company[- ]wide|none of (?:us|the users|our customers)|no (?:users?|customers?|clients?|employees?)(?= (?:can|is|are|has|have|gets?)\\b)',
    'nobody can do it':
      '(?:nobody|no[ -]?one|none of (?:us|the \\p{L}+)|no (?:user|customer|client|employee|colleague)s?)(?: [\\p{L}\\p{N}]+){0,4}? (?:can|is able to|are able to)\\b(?! (?:tell|say|explain|remember|find|(?:hear|see|understand|help|reach|call|message|mail) (?:me|us))\\b)',
    'data is lost or corrupt':
      'data ?loss|los(?:t|es|ing) (?!access|connection|contact|track|sight)(?:\\p{L}+ ){0,2}?(?:data|files|records|messages|writes)\\b|corrupt(?:ed|ion|s)?\\b|overwritten|wiped|irrecoverabl\\w+|(?:dropped|truncated) (?:\\p{L}+ ){0,4}(?:tables?|database|bucket|volume)',
    'security is at stake':
      'security (?:breach|incident|hole|issue|vulnerabilit\\w+|flaw)|vulnerabilit(?:y|ies)|cve-\\d{4}-\\d+|data breach|leaked|exposed (?:credentials|secrets|data|passwords?)|ransomware|malware|phishing|clicked (?:on )?(?:the|a|that|this|its|their) link|entered my (?:password|credentials|data)|(?:that|it) was(?: not|n.t) me\\b|(?:somebody|someone|strangers?|a stranger)(?: else)?(?: from(?: \\p{L}+){1,2})? (?:is |has |have |was |were )?(?:us(?:es|ing|ed)|log(?:s|ged|ging)? ?(?:in|on)|sign(?:s|ed|ing)? ?(?:in|on)|access(?:ed|ing))|there (?:is|are|was|were|have been|has been) (?:\\p{L}+ ){0,3}(?:sign|log)-?(?:ins?|ons?)\\b|(?:unknown|foreign|strange|suspicious) (?:sign|log)-?(?:ins?|ons?)\\b|los(?:t|ing) (?:my|our|his|her|the|a|their) (?:\\p{L}+ )?(?:laptop|notebook|macbook|computer|phone|smartphone|iphone|ipad|tablet|usb[- ]?(?:stick|drive)|hard drive)\\b|taken (?:from|out of) (?:my|our|the)|(?:past|post|committ|push|shar|publish|upload)ed [^.!?\\n]{0,60}(?:keys?|tokens?|credentials|passwords?|secrets?)\\b[^.!?\\n]{0,40}\\b(?:public|gist|pastebin|github|gitlab|repo|repository|channel|forum|internet)|(?:keys?|tokens?|credentials|passwords?|secrets?) (?:of \\p{L}+ )?(?:is|are|was|were|has been|have been|ended up|landed|turned up) (?:\\p{L}+ ){0,3}(?:public|gist|pastebin|github|posted|on the (?:internet|web|dark ?web))|hacked|compromised|unauthori[sz]ed access|stolen|privilege escalation|remote code execution|sql injection',
    // A production line makes goods.
    'production is named':
      'production(?! (?:lines?|plan\\w*|manager|hall|costs?|compan\\w+|team|schedule|date|of)\\b)|prod\\b|live (?:system|site|environment)|go-?live',
    'customers or money are hit':
      "customers? (?:are|is|cannot|can ?not|can't|report\\w*|complain\\w*)|payments? (?:fail\\w*|are not|is not)|checkout|revenue|lo(?:st|sing) (?:money|sales|orders)|payroll (?:is|run|fail\\w*)|sla\\b|contractual|legal|compliance|gdpr|regulator\\w*",
    'several are hit':
      "(?:several|multiple|many|most) (?:users|people|colleagues|customers|teams|hosts|servers|nodes)|our (?:whole )?team (?:cannot|can't|is)",
    'somebody is locked out':
      'locked out\\b|(?:account|user|profile|log-?in) (?:\\p{L}+ )?(?:has been |is |was |got )?(?:locked|blocked|disabled|suspended)|password (?:has |is )?expired|forgot(?:ten)? (?:my|the|his|her) password',
    'work is blocked':
      "block(?:ed|er|ing)\\b|cannot work|can't work|can ?not work|unable to work|work is stopped|show ?stopper|stuck (?:completely|entirely)|no workaround|stops? (?:us|me) from working",
    'it is called urgent':
      '(?:urgent(?:ly)?|asap|a\\.s\\.a\\.p\\.|as soon as possible|immediate(?:ly)?|right (?:now|away)|emergency|critical(?:ly)?|high(?:est)? priority|top priority|time[- ]sensitive|quick(?:ly)? as possible|without delay)(?!\\p{L})',
    'there is a deadline':
      '(?:deadline|due (?:today|tomorrow|tonight)|by (?:today|tomorrow|tonight|noon|end of (?:the )?day|eod|cob)|until (?:today|tomorrow|noon|tonight)|before (?:the )?(?:release|launch|demo|audit|go-?live|meeting)|starts? (?:today|tomorrow)|(?:in|within) (?:an|one|two|2|1|half an) hours?|(?:by|until|before|at) (?:noon|\\d{1,2}(?::\\d\\d| ?[ap]m| o.?clock))|(?:demo|meeting|presentation|interview|call|workshop|hearing|flight) (?:is |starts |begins )?(?:at|in) (?:\\d|an? |half))\\b',
    'something crashes':
      'crash(?:es|ed|ing)?|segfault\\w*|segmentation fault|kernel panic|panics?\\b|out ?of ?memory|oom(?:killed)?\\b|deadlock\\w*|hangs?\\b|hung\\b|infinite loop|freez(?:es|ing)|frozen|memory leak|npe\\b|null ?pointer\\w*|core dump\\w*|data race|race condition',
    'it cannot be built, started or used':
      "build (?:is )?(?:broken|fail\\w*)|(?:does|do|did|will|can) ?(?:n[o']t|not) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\\w*|(?:cannot|can't|unable to|fail(?:s|ed|ing)? to|won't|doesn't|didn't) (?:build|compile|start|boot|launch|load|open|install|connect|log ?in)\\w*|100 ?% cpu|classnotfound\\w*|noclassdef\\w*|unsatisfiedlink\\w*",
    'something fails':
      "fail(?:s|ed|ing|ure|ures)?\\b|(?:returns?|returning|answers?(?: with)?|throws?|gives?|gets?|getting) (?:an? )?(?:http )?5\\d\\d\\b|5\\d\\d(?:s| errors?| responses?)\\b|internal server error|bad gateway|unreachable|not (?:reachable|responding|loading)|error(?:s|ed)?\\b|[a-z]*exceptions?\\b|broken\\b|breaks?\\b|(?:does|do|did|is|are) ?n[o']t work\\w*|not working|cannot|can't|unable to|regress\\w+|incorrect\\w*|wrong\\b|stopped working|no longer|(?:has|have|had|got|is|are|without|with) no (?:internet|network|wi-?fi|power|electricity|connection|signal|e-?mails?|telephones?|phones?)\\b|without (?:internet|network|wi-?fi|power|electricity)\\b|(?:internet|network|wi-?fi|power|connection) (?:is |are |was |has )?(?:gone|dead|out|lost)\\b|firing\\b|keeps? (?:restarting|crashing|dropping)|restart(?:s|ing) every",
    'it is slow or comes and goes': '(?:slow(?:ly|er|ness)?|latency|timeouts?|timing out|intermittent\\w*|sporadic\\w*|flaky|degraded)\\b',
    'it is a question':
      'just (?:a question|wondering|curious|asking)|quick question|question (?:about|on|regarding)|(?:i )?(?:was )?wondering (?:if|whether)|out of curiosity',
    'it is a wish':
      'nice[- ]to[- ]have|would be (?:nice|great|good|cool|useful|helpful|lovely|handy|practical|neat|awesome)|it.?d be (?:nice|great|good|cool|useful|helpful|lovely|handy)|(?:i|we|would)(?:.d)? (?:would )?love (?:to (?:be able|have|see)|an?\\b|if)|any chance (?:of|you|we)|(?:could|can|would|will) (?:you|the \\p{L}+) (?:please |also |maybe )?(?:add|support|implement|introduce|offer|build in|make it possible)\\b(?! (?:\\p{L}+ ){0,4}to (?:the |our |my )?(?:\\p{L}+ )?(?:group|list|team|channel|project|repo\\w*))|(?:could|can) we (?:please )?(?:get|have)(?! (?:\\p{L}+ ){0,2}(?:access|licen\\w+|laptops?|monitors?|accounts?|help|somebody|someone|permission\\w*))\\b|feature request|enhancement|wish ?list|suggestion|it would be|could we add|in the future|some ?day',
    'it is cosmetic':
      'typos?\\b|mis-?spell\\w*|spelling|cosmetic\\w*|wording|grammar|javadoc|checkstyle|white ?space|indentation|(?:wrong|different) colou?r|alignment|misaligned|tooltip|comment(?:s)? in|unused (?:import|variable|code)|clean ?up|trivial|minor\\b|rename\\b|readme|documentation|\\bdocs?\\b',
    'there is no hurry':
      '(?:no (?:rush|hurry|urgency)|not urgent|non-?urgent|low(?:est)? priority|when(?:ever)? (?:you (?:have|get|find) )?(?:a )?(?:time|chance|convenient|possible)|at your convenience|can wait|take your time|not (?:a )?(?:big deal|important|critical|blocking)|eventually)\\b',
    'one person is hit':
      '(?:only (?:me|i|my|one (?:user|person|machine))|just (?:me|my (?:machine|laptop))|single user|one (?:user|colleague)|my (?:laptop|monitor|mouse|keyboard|headset|phone|computer|pc|account))(?!\\p{L})',
    'there is a way around': '(?:work ?around (?:is|exists|available|:)|as a work ?around|can work around|there is a work ?around)\\b',
  },
  asks: 'how (?:many|much|long|often|does|is|are)|what|which|who|whom|where|when|does|do (?:we|i|you)|is there|is it',
  questions: 'how (?:do|can|to)|what (?:is|are)|where (?:is|can|do)|is (?:it|there)|question\\b',
  around: {
    denial:
      "not|no|never|without|nobody|none|isn't|aren't|wasn't|doesn't|don't|didn't|neither|nor|nothing|hardly|rather than|instead of|avoid(?:s|ing)?|prevent(?:s|ing)?|if",
    deniedAfter:
      "(?:is|are|was|were)\\s*(?:n't|not)\\s+(?:affected|impacted|concerned|touched|down|involved)|(?:is|are) (?:fine|ok|okay|unaffected|up)\\b",
    talk: '(?:tests?|testing|documentation|docs?|articles?|polic(?:y|ies)|guides?|guidelines?|trainings?|courses?|workshops?|newsletters?|questions?|examples?|templates?|procedures?|information|presentation|talk|blog|runbooks?|plans?|drills?|insurance) (?:for|of|about|on|regarding)|in case of|in the event of|what (?:to do|happens) (?:if|when|in)',
    headWord:
      'newsletters?|trainings?|courses?|polic(?:y|ies)|workshops?|webinars?|guidelines?|procedures?|documentation|templates?|runbooks?|drills?|exercises?|simulations?|awareness|checklists?|surveys?|quiz',
    setting: 'set|mark|raise|assign|give|put|make',
    priority: 'priority|severity|urgency',
  },
  letter: {
    subject: 'subject',
    headers: 'from|to|cc|bcc|sent|date|reply-to|importance|attachments?|received',
    forwarded: 'begin forwarded message|forwarded message|original message|on [^\\n]{5,100} wrote',
    greetings: 'hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings',
    closings:
      '(?:with )?(?:(?:my |the )?(?:best|kind(?:est)?|warm(?:est)?|many) )?(?:regards|wishes|greetings)|(?:yours )?(?:sincerely|faithfully|truly)|(?:many )?thanks(?: (?:a lot|so much|in advance))?(?:(?: and|,) (?:best |kind )?regards)?|thank you(?: (?:very much|in advance))?|cheers|all the best|best',
    sentFrom: 'sent from (?:my )?(?:iphone|ipad|android|samsung|mobile|phone|outlook|mail for)|get outlook for|sent with',
    notices: [
      '(?:e-?mail|message|communication|transmission)s?(?:[ ,\\n][^.]{0,80})?[ \\n](?:confidential|privileged|intended)|confidentiality notice|legally privileged',
      '(?:intended|named) (?:recipient|addressee)|intended (?:solely|only|exclusively)|received (?:it|this[^.]{0,40}) (?:in error|by mistake)',
      '(?:notify|inform|contact|advise) the sender|delete (?:it|this (?:e-?mail|message)|all copies|the (?:message|e-?mail))',
      '(?:unauthori[sz]ed|any|or) (?:use|review|copying|disclosure|distribution|dissemination)|may be unlawful|(?:strictly |is )(?:prohibited|forbidden)',
      '(?:free of|for) (?:viruses|malware)|virus[- ](?:free|checked|scanned)|accepts? no (?:liability|responsibility)|no liability',
      'views? (?:or opinions )?(?:expressed|presented)|registered (?:in|office|number)|company (?:no\\.?|number|registration)|vat (?:no\\.?|number)',
    ],
    banners: [
      'environment before printing|before you print this',
      'originated (?:from )?outside|(?:e-?mail|message) (?:is|comes|came) from (?:an )?(?:external|outside)|do not click (?:on )?(?:any )?links or open attachments unless',
    ],
  },
  sorting: {
    sorts: 'classif(?:y|ied)|categori[sz]ed?|label(?:l?ed)?|sort(?:ed)?|filed?|triaged?|tag(?:ged)?|flag(?:ged)?|routed?',
    moves: 'send|forward|move|put|treat|handle|mark|assign|belongs?|goes|go|set|raise',
    it: '(?:this|it|that|the|my)(?: (?:ticket|request|message|issue|case|one|whole thing))?|everything|all(?: of it|(?: \\p{L}+)? tickets)?',
    as: '(?:as|to|under|into|in|for)(?: (?:an?|the|our))?',
    category: 'category|label|classification|queue|team',
    is: 'is|as|to|(?:should|must|has to|shall) be',
  },
  numbered: {
    order: 'orders?|invoices?|purchase order|booking|shipment|rma|po',
    customer: 'customers?|clients?|debtor',
    ticket: 'ticket|incident|case|issue|request|bug',
    device: 'host(?:name)?|laptop|notebook|machine|computer|pc|device|asset(?: tag)?|workstation|printer|server',
  },
  environments: 'production|prod|staging|pre-?prod(?:uction)?|uat|sandbox',
  categories: requests,
};
