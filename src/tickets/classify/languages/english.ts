import type { Language } from './language.ts';

export const english: Language = {
  everyday:
    'a an the and or of to in on at for with by from as is are was were be been am it its this that these those i my me we our you your he she they them his her their do does did have has had will would can could should may might if so but then than there here just also very hi hello dear team all please thanks thank kind regards best wishes sincerely cheers help need want like able issue problem let know get got sent new use using not no yes ok good morning afternoon day today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december pm re fw fwd when what how why who where which now still again only more some any other one two make made see after before since because about into out up down over too much many well work working time try trying tried find found go going come take give say said look thing way',
  signs: {
    // "down with flu", "down to three", "down the hall" are none.
    'an outage':
      'outage|(?:is|are|went|goes|gone|been|completely|totally|all|system|site|service) down\\b(?! (?:to|from|by|the|on|with (?!(?:an? |the )?(?:errors?|\\d|time-?outs?|exceptions?)))\\b)|down for (?:all|every|us)|unreachable for (?:all|every)|total(?:ly)? unavailable|service unavailable',
    'everybody is hit':
      'all (?:users|customers|clients|employees|staff|of us|teams|sites|offices|regions|tenants)|every(?:one|body)\\b|every (?:user|customer|client|employee|office)|entire (?:company|team|office|site|department|cluster)|whole (?:company|team|office|site|department|cluster)|company[- ]wide|none of (?:us|the users|our customers)|no (?:users?|customers?|clients?|employees?)(?= (?:can|is|are|has|have|gets?)\\b)',
    'nobody can do it':
      '(?:nobody|no[ -]?one|none of (?:us|the \\p{L}+)|no (?:user|customer|client|employee|colleague)s?)(?: [\\p{L}\\p{N}]+){0,4}? (?:can|is able to|are able to)\\b(?! (?:tell|say|explain|remember|find)\\b)',
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
    'it cannot be built, started or opened':
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
    ticket: 'ticket|incident|case|issue|request|bug',
  },
  environments: 'production|prod|staging|pre-?prod(?:uction)?|uat|sandbox',
  categories: {
    Incident: {
      names: [],
      phrases: [
        'production is down and customers see errors',
        'the website is not reachable since this morning',
        'all users get 500, 502 or 503 responses',
        'the checkout is broken for everyone, orders do not go through',
        'very high latency, requests time out',
        'monitoring shows an alarm, the service does not respond',
        'we lost data after the last night',
        'the API answers with errors for many customers, the error rate rises',
        'service outage in one region, the gateway is unreachable',
        'payments or orders time out, about half of them fail',
        'everything is extremely slow for everybody since some minutes',
        'mails and messages to customers are delayed or not delivered',
        'alerts are firing, the on-call engineer was paged',
      ],
    },
    Bug: {
      names: [],
      phrases: [
        'the app crashes when I open this page',
        'clicking save shows an exception and nothing happens',
        'the report shows a wrong total since the update',
        'unexpected behaviour, steps to reproduce, expected and actual result',
        'the function returns null instead of a value',
        'the button does nothing after the last version',
        'text is displayed twice, sorting is incorrect',
        'NullPointerException or TypeError with a stack trace, class and method',
        'a date, number or currency is formatted or rounded wrongly',
        'regression: the field is empty after saving',
        'the last row is missing, an item is listed twice or dropped',
        'layout is broken on Android, on an iPhone or in Safari',
        'import ignores umlauts and special characters',
        'edge case is not handled when the list is empty',
      ],
    },
    'Feature request': {
      names: [],
      phrases: [
        'please add a way to export this as a file',
        'it would be great if we could filter by date',
        'support for another language or format would help',
        'could you implement an option to switch this off',
        'proposal to improve the workflow with a new view',
        'I wish there was a dark mode',
        'allow more than one of them to be chosen, make the limit configurable',
        'keyboard shortcuts, templates or a notification would help',
        'integrate with another tool, send it there as well',
        'let people sort, group or hide columns themselves',
      ],
    },
    Question: {
      names: [],
      phrases: [
        'how can I change my settings',
        'where do I find the guide for beginners',
        'what does this option mean and what is the difference',
        'is it possible to use this together with another tool',
        'who is responsible for this topic, whom do I ask',
        'can somebody explain how this works',
        'does this include older entries, and since when',
        'who owns or maintains this service, which team is in charge',
        'what are the limits of this plan, what is included',
        'is there an example or a guide for this',
      ],
    },
    'Access and accounts': {
      names: [],
      phrases: [
        'I forgot my password and cannot sign in',
        'my account is locked after too many attempts',
        'please give me access to the shared folder or mailbox',
        'a new colleague needs a user account and permissions',
        'admin rights are missing for my user',
        'the authenticator code is not accepted since I have a new phone',
        'VPN login fails, access denied',
        'add me to the group, remove a former employee from the list',
        'read or write permission on a repository, project or folder',
        'deactivate the account of somebody who left',
        'single sign-on sends me back to the sign-in page',
        'invite an external partner as a guest',
        'access to a dashboard or tool for somebody who joined',
        'put me on the mailing list or distribution list',
      ],
    },
    'Hardware and software': {
      names: [],
      phrases: [
        'my laptop does not start, the screen stays black',
        'the printer has a paper jam or prints nothing',
        'I need a second monitor, a keyboard, a mouse or a docking station',
        'please install this program on my computer',
        'headset and camera do not work in meetings',
        'wifi at my desk is weak, the network cable is broken',
        'the battery is empty quickly, a new device is needed',
        'Outlook or Excel does not open, update the operating system',
        'the VPN client on my computer shows an error and does not connect',
        'a program on my PC freezes when I open a file',
        'toner, paper, cable, charger, adapter, projector in the meeting room',
        'my mouse, keyboard or touchpad stopped working',
        'driver or update for Windows or macOS',
        'licence for an editor or an office program',
      ],
    },
    'Deployment and infrastructure': {
      names: [],
      phrases: [
        'the build pipeline fails on the main branch',
        'the deploy to staging is stuck, please roll back',
        'the certificate expires soon, renew it',
        'disk is full on the server, free some space',
        'a new database or virtual machine is needed',
        'restart the container, the cluster has no memory left',
        'set up a DNS entry and open a firewall port',
        'terraform, helm or ansible fails to apply the change',
        'pods are evicted or restart, a node pool of the cluster is full',
        'a bucket, role, queue or secret for a service in the cloud',
        'the nightly job is red since the last merge',
        'upgrade Postgres, Redis, Kafka or Kubernetes to a newer version',
        'disk usage or CPU of a host is above the limit',
        'roll back the release on the test environment',
      ],
    },
    Security: {
      names: [],
      phrases: [
        'I got a suspicious email that asks for my password',
        'an attachment looks like a virus or malware',
        'I clicked on a link and entered my data',
        'a token or secret was committed to the repository',
        'my phone with company data was stolen',
        'somebody signed in from an unknown country',
        'the scanner found a vulnerable dependency',
        'a CVE affects a version of a library we use',
        'a log-in from another country that was not me',
        'an API key or password is public',
        'finding of a penetration test or an audit',
        'laptop or phone was lost on the way',
        'please check whether this mail is phishing',
      ],
    },
    'People and HR': {
      names: [],
      phrases: [
        'how many days of vacation do I have left',
        'my salary is wrong or has not arrived',
        'I am sick today, where do I send the certificate',
        'question about my contract, probation or notice period',
        'a new employee starts next month, first day and onboarding',
        'I would like to apply for parental leave or work part time',
        'please confirm my employment in a letter',
        'training, feedback talk and working hours',
        'when is the salary or bonus paid, where is my payslip',
        'first day of a new colleague, who welcomes them',
        'carry over days off to the next year',
        'maternity, wedding, moving house, special leave',
        'resignation, end of the employment, reference',
        'work from home or from abroad for some weeks',
        'I call in sick',
      ],
    },
    'Purchasing and finance': {
      names: [],
      phrases: [
        'please pay this invoice, the due date is near',
        'I want to order something, who approves the purchase',
        'reimburse my travel costs, receipt attached',
        'we need a quote from a supplier',
        'renew our subscription, the licence costs too much',
        'book a flight and a hotel for a business trip',
        'the cost centre has no budget left',
        'how do I get my expenses for taxi, train and meals back',
        'customer was charged twice, refund, wrong VAT or amount',
        'purchase order number for a supplier',
        'approve an order of new equipment',
        'the subscription of a tool is renewed next month',
        'limit of the company credit card',
      ],
    },
  },
};
