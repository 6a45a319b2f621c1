import type { FailureKind } from './failure-kinds.ts';
import { status } from './status-words.ts';

// Ends of a change of state ('changed state to down', 'from RUNNING to FAILED') and what is said to be so ('is now UNREACHABLE'). A table of
// results counts them ('unreachable=0'), a compiler speaks of code.
const badState =
  '(?:down|unreachable|offline|degraded|faulted|crashed|dead|lost|not[ _-]?ready|unhealthy|disconnected|isolated|err-?disabled?)';
const wentDown = new RegExp(
  [
    String.raw`\b(?:chang\w+|switch\w+|transition\w*|mov(?:ed|ing)|went|goes|going|turned)\b.{0,60}(?:\bto|->|=>|→) ?\W?(?:state |status )?\W?${badState}\b`,
    String.raw`\bfrom \S+ to ${badState}\b`,
    // Whoever is offline may only have left.
    String.raw`\b(?:state|status)\b(?: (?:of \S+ )?(?:is|was|now|is now))?\s?[:=]?\s?\W?(?:node)?(?!offline|lost)${badState}\b(?!\s*[:=])`,
    String.raw`\bhosts? (?:is )?unavailable\b`,
    String.raw`\b(?:peer|node|host|server|broker|member|replica|instance|interface|link|port|line protocol|neighbou?r|trunk|target|backend|device|gateway|tunnel|worker|agent|shard|partition|service|site|camera|sensor|controller|machine|session|adjacency)\b.{0,80}\b(?:is|are|as|now|became|went|goes|gone|considered|declared|marked|marking)(?: now| as| to be| node as)* ${badState}\b(?!\s*[:=])`,
    // 'Healthy -> Degraded', '3 osds down'.
    String.raw`\w (?:->|=>|→) ${badState}\b`,
    String.raw`(?:<num>|(?<![\d.])[1-9]\d*) (?:\w+ )?(?:nodes?|hosts?|osds?|members?|replicas?|brokers?|bricks?|peers?|targets?|servers?) (?:are |is )?${badState}\b(?!\s*[:=])`,
    String.raw`\b(?:is|are) now ${badState}\b`,
    String.raw`\bneighbor down\b|\b(?:link|interface|line protocol|tunnel|carrier) (?:is )?(?:down|lost)\b|hold ?timer? expired|\bholdtime expired`,
  ].join('|'),
  'i',
);

/** Between programs: calls, connections, links, mail, and work that nobody takes. In the order they are tried. */
export const callFailures: readonly FailureKind[] = [
  {
    id: 'connection-refused',
    test: /upstream_reset_before_response_started\{connection_(?:failure|timeout|refused)|upstream connect error|connection to (?:node )?\S+(?: \([^)]{0,80}\))* (?:failed|could not be established)|connection (?:attempt )?(?:(?:to|from|with|for|by) \S{1,80} )?(?:was |is |has been )?refused|refused (?:the |our |to )?connect|ECONNREFUSED|ConnectException|connect failed|failed to connect|could not connect|unable to connect|Verbindung .{0,40}(?:verweigert|abgelehnt)|conexi(?:ó|o)n (?:rechazada|rehusada)|no se pudo conectar|connexion .{0,30}refus(?:é|e)e|connessione rifiutata|conex(?:ã|a)o recusada|в соединении отказано|не удалось (?:подключиться|соединиться)|połączenie .{0,20}odrzucone|接続.{0,6}(?:失敗|拒否)|连接.{0,4}(?:被拒绝|失败)|no route to host|EHOSTUNREACH|network is unreachable|Cannot open channel/i,
    headline: 'A service cannot be reached',
    cause: 'No connection is made to the other end: the service is down, still starting, or an address, route or firewall is wrong.',
    steps: [
      'Check that the service at that address runs and listens, then its own log around the same time.',
      'If it runs, check address, port and firewall in between.',
    ],
    root: 2,
    words: 'connect connection refused unreachable service reach down',
  },
  {
    id: 'job-limit',
    test: /Too long with no output|No output has been received in the last|execution took longer than|could not run to completion because the timeout was exceeded|(?:job|build|pipeline|workflow|step|run)\b.{0,40}\b(?:exceeded|reached|hit) (?:the |its )?(?:maximum|max|time ?limit|timeout)/i,
    headline: 'A job was ended at its time limit',
    cause:
      'It took longer than it may, or was silent for so long that it was taken for dead: it hangs, waits for something, or has more to do than before.',
    steps: ['See what it did last before the limit, and how long that took in earlier runs; then run that part alone.'],
    root: 2,
    loud: true,
    words: 'job build run step time limit timeout output exceeded longer ended',
  },
  {
    id: 'function-timeout',
    test: /\bTask timed out after\b|\bFunction execution took .{0,30}\btimeout|(?:function|lambda|invocation)\b.{0,40}\b(?:timed out|exceeded its (?:timeout|time limit))|Timeout value of \S+ (?:was )?exceeded by function/i,
    headline: 'A function runs into its time limit',
    cause:
      'It is ended before it is done: what it calls answers too slowly, or it has too little memory, and with it too little processor.',
    steps: [
      'Compare how long it takes and the memory it uses with its limits (in AWS the REPORT lines); then look at what it calls, and its timeouts.',
    ],
    root: 2,
    loud: true,
    words: 'function lambda task timeout timed out limit duration slow',
  },
  {
    id: 'rollout',
    test: /exceeded its progress deadline|ProgressDeadlineExceeded|(?:UPGRADE|INSTALLATION|ROLLBACK) FAILED|timed out waiting for the condition|(?:rollout|deployment) .{0,60}(?:did not|not) (?:become|became|get|got) (?:ready|stable|available|healthy)|(?:deployment|service) .{0,40}failed to (?:stabilize|become stable|reach (?:a )?steady state)/i,
    headline: 'A rollout does not get ready',
    cause: 'What was rolled out does not become ready in time: it crashes, waits for an image or a machine, or fails its health check.',
    steps: [
      'Look at the new pods (`kubectl get pods`, `kubectl describe pod`, `kubectl logs --previous`): why they are not ready is said there.',
      'Until then, roll back (`kubectl rollout undo`, `helm rollback`).',
    ],
    root: 2,
    words: 'rollout deployment release upgrade ready pods progress deadline helm condition',
  },
  {
    id: 'consumer-left',
    test: /CommitFailedException|consumer poll timeout has expired|(?:exceeds|exceeded|longer than the configured) max\.poll\.interval\.ms|not part of an active group|kicked out of the group|UnknownMemberId|IllegalGeneration|RebalanceInProgress|(?:offset )?commit (?:failed|cannot be completed).{0,80}rebalanc/i,
    headline: 'A consumer falls out of its group',
    cause: 'It takes longer over a batch than the group waits for it, so that its partitions go to others and the batch is read again.',
    steps: [
      'See what takes so long with each message at that time; until then take fewer at once (`max.poll.records`) or wait longer (`max.poll.interval.ms`).',
    ],
    root: 2,
    loud: true,
    words: 'consumer group poll interval commit rebalance offset partition kafka member',
  },
  {
    id: 'agent-lost',
    test: /Cannot contact \S+: |lost communication with the server|(?:runner|agent|build machine|executor|worker node)\b.{0,60}\b(?:was lost|went offline|is offline|disconnected|removed|marked offline)|ChannelClosedException|unexpected termination of the channel|The (?:hosted )?runner (?:has )?(?:received a shutdown signal|lost)/i,
    headline: 'The machine that runs the job was lost',
    cause:
      'Whoever leads the job no longer hears from the machine it runs on: it was ended, ran out of memory, or the network to it is cut.',
    steps: ['See whether that machine is up, and in its own log why it left; then run the job again.'],
    root: 2,
    words: 'agent runner machine job lost contact channel offline',
  },
  {
    id: 'timeout',
    test: /timed[ -]?out|worker timeout|Zeit(?:ü|ue)berschreitung|d(?:é|e)lai d(?:é|e)pass(?:é|e)|tiempo de espera agotado|tempo (?:limite |esgotado)|tempo scaduto|время ожидания истекло|превышено время|タイムアウト|超时|ETIMEDOUT|deadline exceeded|exceeded (?:the |its )?time-?out|SocketTimeout|took too long|time-?out (?:after|exceeded|expired|waiting|error|reached|while|on|for)|(?:request|connect\w*|read|write|gateway|query|socket|operation|call|response|session|statement|lock)[ -]?time-?out/i,
    headline: 'Calls time out',
    cause: 'Something answers too slowly or not at all: overload, a slow query or a network fault behind the call.',
    steps: ['Look at what is being waited for: its load, slow queries and errors at the time of the first timeout.'],
    root: 1,
    words: 'timeout slow wait deadline latency',
  },
  {
    id: 'connection-lost',
    test: /Error on (?:receive|send) (?:from|to) host|\bchannel\b.{0,80}ended abnormally|connection reset|missed heartbeats from client|ECONNRESET|broken pipe|EPIPE|connection (?:was )?(?:closed|aborted|lost)|EOFException|unexpected EOF|socket hang up|premature(?:ly)? (?:end|close|EOF)|prematurely closed|Connection (?:broken|interrupted)/i,
    headline: 'Connections break off',
    cause:
      'The other side closes connections, or something in between cuts them: a restart, a limit, an idle timeout, or a caller that simply left.',
    steps: ['Look for a restart or a limit on the other side at the time of the first line; compare idle timeouts on both sides.'],
    root: 1,
    words: 'connection reset closed broken lost disconnect socket',
  },
  {
    id: 'went-down',
    vague: true,
    test: wentDown,
    headline: 'Something went down or out of reach',
    cause: 'What is named does no work any longer: it stopped or failed, or nothing reaches it.',
    steps: [
      'See whether what the lines name is back; if not, whether it runs, and what stands between it and whoever says so.',
      'Read its own log of the time just before.',
    ],
    root: 2,
    loud: true,
    words: 'down unreachable offline state lost link peer node member failed failing',
  },
  {
    id: 'job-failed',
    vague: true,
    test: /\b(?:from|state) \S+ to FAIL(?:ED|ING)\b|(?<![\w./-])(?:jobs?|tasks?|stages?|steps?|workflows?|pipelines?|backups?|deployments?|batch|sync|snapshots?|restores?|imports?|exports?|exporting|checkpoints?|osd\S*|brick)(?![\w/-]|\.\w)(?<!osd)(?:(?!\. ).){0,60}\b(?:has |have |is |are |was |were )?(?<!<num> )(?<!\d )fail(?:ed|ing|s)\b(?!\s*[=:]\s*[<\d])/i,
    headline: 'A job failed',
    cause: 'A job or one of its parts failed; what is named below or just before is the reason.',
    steps: ['Read what it wrote just before, and whether it is tried again.'],
    root: 1,
    loud: true,
    words: 'job task stage step workflow failed failing failure',
  },
  {
    id: 'bounced',
    test: /\bstatus=bounced\b|\bbounced\b.{0,60}\b(?:mail|message|recipient|address)|(?:mail|message|recipient)s? .{0,40}\bbounced\b|\bundeliverable\b|mail delivery failed|(?:recipient|sender) address rejected|user unknown in/i,
    headline: 'Mail comes back',
    cause: 'The server that was to take it refuses it for good: the address is wrong or its mailbox full, or it does not trust who sends.',
    steps: [
      'Read what the other server said beside its code: an address to be corrected, or a sender it does not trust (SPF, DKIM, a block list).',
    ],
    root: 2,
    loud: true,
    words: 'mail bounce bounced delivered delivery refused rejected recipient sender message',
  },
  {
    id: 'abend',
    test: /\bABEND(?:ED|S)?\b|\bABEND=|SYSTEM COMPLETION CODE|terminated abnormally/,
    headline: 'A job ended abnormally',
    cause: 'The system ended a job or program; its completion code and what it wrote just before are the reason.',
    steps: ['Look its completion code up, and read what the job wrote just before.'],
    root: 2,
    loud: true,
    words: 'job abend ended abnormally completion code terminated',
  },
  {
    id: 'bad-answer',
    test: /malformed (?:\w+ ){0,3}(?:response|reply|answer)|upstream sent (?:invalid|no valid|too big|unexpected)|invalid (?:upstream |http )?(?:response|reply) (?:from|received|header)|unexpected (?:response|reply|token|character)\b.{0,40}\b(?:json|response)/i,
    headline: 'An answer cannot be read',
    cause:
      'What was asked answers in another form than whoever asked expects: its code or its version changed, or it answers with an error page.',
    steps: ['Ask it by hand and look at what it answers, status and headers too; then at what was changed there last.'],
    root: 2,
    words: 'response reply answer malformed invalid upstream form proxy',
  },
  {
    id: 'no-backend',
    test: /no[_ ]healthy[_ ]upstreams?|no live upstreams?|\b(?:backend|proxy|pool|service|cluster) \S+ has no (?:server|endpoint|healthy|active)\S*(?: available)?|no (?:healthy|available|active) (?:backends?|servers?|endpoints?|targets?|hosts?|upstreams?)|<NOSRV>|all (?:backends?|servers?|upstreams?|endpoints?) (?:are )?(?:down|unhealthy|failed)/i,
    headline: 'No server is left to answer',
    cause:
      'Whoever passes the requests on has nobody healthy to pass them to: all servers behind it are down, failing their check, or not yet there.',
    steps: ['Look at the servers behind it: whether they run, what their health check gets, and what was rolled out there last.'],
    root: 2,
    loud: true,
    words: 'upstream backend server healthy available none requests failed service endpoint',
  },
  {
    id: 'none-left',
    vague: true,
    test: /\bno (?:free |more |usable |selectable |suitable |available )?(?:address(?:es)?|leases?|ips?|slots?|workers?|executors?|backends?|servers?|upstreams?|hosts?|nodes?|ports?|licen[cs]es?|tokens?|sources?|capacity|replicas?|brokers?|endpoints?|routes?|providers?|channels?|threads?|space) (?:are |is )?(?:available|left|remaining|found to)\b|\bno (?:free|more|selectable|usable) (?:address(?:es)?|leases?|ips?|slots?|workers?|sources?|licen[cs]es?|channels?|threads?)\b/i,
    headline: 'None is available',
    cause: 'All of what is asked for is in use or out of reach: more ask than there is, or what was taken is not given back.',
    steps: ['See who holds them and whether they are given back; then whether there are enough of them.'],
    root: 2,
    loud: true,
    words: 'none left available free exhausted pool address lease slot worker source',
  },
  {
    id: 'overload',
    test: /upstream_overflow|queue (?:.{0,40} )?(?:is )?full\b|\boverload(?:ed|ing)?\b|backpressure|rejected execution|RejectedExecution|high (?:load|cpu)|lagging|backlog|saturat/i,
    headline: 'A service is overloaded',
    cause: 'Work arrives faster than it is done.',
    steps: ['Compare the load with an hour before; shed or scale, then find the slow part.'],
    root: 2,
    words: 'load overload queue full slow saturated',
  },
  {
    id: 'upstream',
    test: new RegExp(
      `${status('50[0234]')}|Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error|no (?:live|healthy) upstream|upstream (?:server|connect|timed|sent|prematurely)|no healthy`,
      'i',
    ),
    headline: 'Requests fail on the server',
    cause: 'The service behind the gateway fails or is not there.',
    steps: ['Look at the service behind these requests: restarts, errors and load at the time of the first failure.'],
    root: 0,
    words: 'requests failed server upstream gateway unavailable service calls',
  },
  {
    id: 'missing-file',
    vague: true,
    test: new RegExp(
      `No such file|ENOENT|FileNotFound|(?:file|page|path|ur[il]|resource|object|key|branch|reference|director(?:y|ies)|folder|route|document|artifact|image)s?\\b.{0,60}(?:does not exist|do not exist|not found)|${status('404')}|(?:^|[.!:]\\s*)(?:page |file )?not found\\b|does not exist(?! on type)`,
      'i',
    ),
    headline: 'Something is not found',
    cause: 'A file, page or object that is asked for does not exist: it was moved, never made, or the name is wrong.',
    steps: ['Check whether what is missing was removed or renamed lately, and who still asks for it.'],
    root: 1,
    words: 'missing file found exist path',
  },
  {
    id: 'dropped',
    test: /\b(?:messages|mutations|requests|spans|samples|records|events|packets|frames|logs|lines|metrics) (?:were|have been|are being|are|was) (?:dropped|discarded|lost)\b|(?<!\b0 )\bdropp(?:ed|ing) (?:<num> |[1-9]\d* )(?:messages|mutations|requests|spans|samples|records|events|packets|frames|logs|lines|metrics)\b/i,
    headline: 'Some of the work is dropped',
    cause: 'What comes in is more than can be kept or passed on, so a part of it is thrown away.',
    steps: ['See who takes too long to take it, and whether more comes in than before; what was dropped is gone.'],
    root: 2,
    loud: true,
    words: 'dropped dropping discarded lost messages events overload queue buffer',
  },
  {
    id: 'slow',
    test: /slow (?:query|request|log|operation)|took too long|fsync .{0,40}slow/i,
    headline: 'Some work is slow',
    cause: 'Some calls or statements take longer than they should; whether others suffer from it, these lines do not say.',
    steps: ['Look at what the slow ones have in common, and at the load at that time.'],
    root: 1,
    words: 'slow query request latency duration',
  },
  {
    id: 'unhandled',
    vague: true,
    test: /uncaught|unhandled|Traceback \(most recent|Exception in thread/i,
    headline: 'Unhandled exceptions',
    cause: 'An exception is not handled where it happens.',
    steps: ['Open the first frame of the trace that is our own code.'],
    root: 1,
    words: 'exception unhandled error trace',
  },
];
