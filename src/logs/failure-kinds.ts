/** What engineers know about a way of failing, whatever wrote the log. Wording carries no numbers: those come from the digest. */
export type FailureKind = {
  id: string;
  test: RegExp;
  /** Starts a headline: '<headline>: 412 times between …'. */
  headline: string;
  cause: string;
  steps: [string, ...string[]];
  /** 3: usually the root; 2: often; 1: often only what others suffer; 0: never a cause by itself. */
  root: 0 | 1 | 2 | 3;
  /** Says little by itself: told with its message, and two messages of it are two stories. */
  vague?: true;
  /** While it lasts nothing else can go well: it leads wherever it stands, and whatever level the program gave it. */
  hard?: true;
  /** A problem also where the program calls it information. */
  loud?: true;
  /** Other words for it, so that a claim about memory may cite a line that says OOM. */
  words: string;
};

/** A status code where it is one: not in '404 ms', 'app.js:404' or ':40412'. */
const status = (code: string): string =>
  String.raw`(?:(?<![\w:.,#=+-])${code}(?![\w:,%-]|\.\d|\s*(?:ms|s|sec|seconds?|bytes|[kmg]i?b|rows|records|lines|items)\b)|(?:status|code)\w*["']?\s*[:=]\s*["']?${code}\b)`;

/** Roots first: of a trace that says both, "disk full" explains "write failed" and not the other way round. */
export const failureKinds: readonly FailureKind[] = [
  {
    id: 'image-pull',
    test: /failed to pull image|ErrImagePull|ImagePullBackOff|InvalidImageName|manifest (?:for .{0,120} )?(?:unknown|not found)|pull access denied/i,
    headline: 'An image cannot be pulled',
    cause: 'The image or its tag does not exist at that name, the registry refuses the credentials, or it cannot be reached.',
    steps: [
      'Check that this image and tag exist in the registry, and that the account of the pod or host may pull it.',
      'Until then, go back to the tag that ran before.',
    ],
    root: 3,
    words: 'image pull registry tag container',
  },
  {
    id: 'unschedulable',
    test: /FailedScheduling|\d+\/\d+ nodes are available|Insufficient (?:cpu|memory|ephemeral-storage|nvidia)|Unschedulable/i,
    headline: 'Work finds no machine to run on',
    cause: 'No machine has the room or the labels that are asked for: all are full, or what is requested is set too high.',
    steps: ['Compare what is requested with what nodes have free (`kubectl describe nodes`); add nodes or lower the requests.'],
    root: 3,
    words: 'schedule scheduling node pod capacity insufficient memory cpu',
  },
  {
    id: 'crash-loop',
    test: /CrashLoopBackOff|back-off restarting failed container|start request repeated too quickly|restart counter is at (?:[3-9]|\d\d)|respawning too fast/i,
    headline: 'A program ends soon after each start',
    cause: 'It starts, fails and is started again; what it printed before it ended is the reason.',
    steps: ['Read what it printed before it ended the last time (`kubectl logs --previous`, `journalctl -u`).'],
    root: 1,
    words: 'restart crash loop container pod start exit',
  },
  {
    id: 'probe-failed',
    test: /(?:readiness|liveness|startup) probe (?:failed|errored)|health ?check(?:s)? (?:failed|is failing)|target.{0,40}unhealthy/i,
    headline: 'Health checks fail',
    cause: 'What is asked whether it is well does not answer, or says no: it is overloaded, still starting, or waits for something itself.',
    steps: [
      'Look at what the checked program does at that time, and at what it depends on; compare the check’s timeout with its usual answer.',
    ],
    root: 1,
    words: 'probe health check readiness liveness unhealthy',
  },
  {
    // No process died: what is kept in memory has a limit of its own.
    id: 'store-full',
    test: /OOM command not allowed|used memory > '?maxmemory|maxmemory (?:limit )?(?:was |is )?(?:reached|exceeded)|out of memory storing object|memory (?:resource limit )?alarm (?:is )?set|circuit_?breaking_?exception|Memory limit \((?:for query|total)\) exceeded/i,
    headline: 'A store refuses work at its memory limit',
    cause: 'The store may use no more memory and cannot make room: data grew, a policy keeps everything, or the limit is set too low.',
    steps: [
      'Look at the store’s memory limit, at its policy for making room, and at what was changed there last; let it evict, or raise the limit.',
      'See which keys, queues or queries grew.',
    ],
    root: 3,
    words: 'memory limit store refuse write evict policy oom full',
  },
  {
    id: 'out-of-memory',
    test: /(?<!DumpOn|ExitOn|CrashOn|-XX:On)OutOfMemory|(?<!perhaps )out of memory|\bOOM\b|oom-?kill(?!ed["']?\s*[:=]\s*["']?false)|Cannot allocate memory|heap limit|memory (?:quota|limit) exceeded|(?<![a-z])MemoryError|bad_alloc|heap out of/i,
    headline: 'A process ran out of memory',
    cause: 'The process needs more memory than it may have: a leak, an unusually large request, or a limit set too low.',
    steps: [
      'Compare memory use with the limit of the process or container, and raise the limit or restart it to get breathing space.',
      'Take a heap dump before the next restart, to tell a leak from a load that grew.',
    ],
    root: 3,
    hard: true,
    words: 'memory heap oom killed leak allocate',
  },
  {
    id: 'killed',
    test: /\b(?:code|status|exit)\W{0,3}137\b|\bSIGKILL\b(?! (?:handler|is not))|killed by signal 9\b|\bsignal: killed\b/i,
    headline: 'A process was killed',
    cause: 'It was ended from outside and had no time to clean up: for lack of memory, by whoever supervises it, or by hand.',
    steps: [
      'Look at `dmesg` and at the limits of the container for memory at that time, and at who may have stopped it (a rollout, a failed health check).',
    ],
    root: 2,
    loud: true,
    words: 'signal terminated stop exit',
  },
  {
    id: 'disk-full',
    test: /No space left|disk (?:is )?full|ENOSPC|disk quota exceeded|not enough space/i,
    headline: 'A disk is full',
    cause: 'A disk or volume has no room left, so writes fail.',
    steps: ['Find what fills the volume (`df -h`, `du -x`) and free or extend it.', 'Check log rotation and temporary files on that host.'],
    root: 3,
    hard: true,
    words: 'disk space full volume storage write',
  },
  {
    id: 'disk-low',
    test: /low disk|disk watermark|disk (?:usage|space).{0,30}(?:exceed|above|below|low)/i,
    headline: 'A disk is filling up',
    cause: 'A disk or volume has little room left; when it is full, writes fail.',
    steps: ['Find what fills the volume (`df -h`, `du -x`) and free or extend it.'],
    root: 2,
    loud: true,
    words: 'disk space low volume storage watermark',
  },
  {
    id: 'kernel',
    test: /kernel panic|machine check (?:exception|error|interrupt)|uncorrectable|ECC error|parity error|hardware error|segfault|segmentation fault|SIGSEGV|SIGBUS|core dumped/i,
    headline: 'Hardware or native code fails',
    cause: 'Something fails below the application: memory, another part of the machine, a driver or a native library.',
    steps: ['Take the affected host or process out of service and look at its kernel log and core dump.'],
    root: 3,
    words: 'crash hardware kernel memory parity segfault node',
  },
  {
    id: 'dns',
    test: /\bENOTFOUND|EAI_AGAIN|(?<!reverse mapping checking )getaddrinfo|UnknownHostException|Name or service not known|(?:failure|error) in name resolution|name resolution (?:fail|error|timed)|could not resolve (?:host|hostname|name|address|proxy|')|no such host|NXDOMAIN|DNS (?:lookup|error|fail)/i,
    headline: 'A host name cannot be resolved',
    cause: 'A host name does not resolve: a wrong name in the settings, or DNS itself is failing.',
    steps: ['Resolve the name from the affected host (`getent hosts NAME`); check the setting that holds it and the DNS server.'],
    root: 3,
    words: 'dns resolve name host lookup',
  },
  {
    id: 'tls-certificate',
    test: /certificate.{0,60}(?:expired|not (?:yet )?valid|invalid|verif|unknown|untrusted|revoked|mismatch|does not match|not match|rejected|required)|(?:bad|invalid|expired|unknown|untrusted|self.signed|verify).{0,20} certificate|\bx509: |PKIX path|CERT_(?:HAS_EXPIRED|NOT_YET_VALID|UNTRUSTED|REVOKED)|ERR_CERT_|UNABLE_TO_(?:VERIFY|GET_ISSUER)|unable to get (?:local )?issuer|unknown[ _]ca\b|CERTIFICATE_VERIFY_FAILED/i,
    headline: 'A TLS certificate is not accepted',
    cause:
      'A client or server does not accept the certificate of the other side: it has expired, does not match the host, or its issuer is not trusted.',
    steps: ['Look at the certificate that is served (`openssl s_client -connect HOST:PORT`): dates, names and chain.'],
    root: 3,
    words: 'tls ssl certificate expired trust handshake',
  },
  {
    id: 'tls-handshake',
    test: /SSLHandshake|SSL_ERROR|(?:TLS|SSL)[ _]handshake|handshake (?:fail|error)|SSLError|wrong version number|no shared cipher|unsupported protocol/i,
    headline: 'TLS handshakes fail',
    cause:
      'Client and server do not agree on a TLS connection. The message alone does not say why: protocol versions, ciphers, a certificate, or a caller that is a scanner or hung up.',
    steps: [
      'See who connects there and whether calls that matter fail; then try it by hand (`openssl s_client -connect HOST:PORT`) and read both sides’ logs.',
    ],
    root: 1,
    words: 'tls ssl handshake protocol cipher certificate',
  },
  {
    id: 'too-many-files',
    test: /too many open files|\b(?:EMFILE|ENFILE)\b|file descriptors? (?:limit|exhaust|leak)|out of file descriptors/i,
    headline: 'Too many files are open',
    cause: 'The process used up its file descriptors: a leak of files or sockets, or a limit set too low.',
    steps: ['Count the open files of the process (`lsof -p PID`) and compare with `ulimit -n`; look for sockets that are never closed.'],
    root: 3,
    hard: true,
    words: 'files descriptors sockets limit open',
  },
  {
    id: 'port-in-use',
    test: /EADDRINUSE|address already in use|port .{0,20}in use|BindException(?!: Cannot assign)/i,
    headline: 'A port is already taken',
    cause: 'Another process listens on the same port, often an older instance that did not stop.',
    steps: ['Find who holds the port (`ss -ltnp`), stop it or change the port.'],
    root: 3,
    hard: true,
    words: 'port bind listen address use',
  },
  {
    id: 'pool-exhausted',
    test: /(?:connection|hikari|thread|worker)\s?-?pool(?!\(host=).{0,80}(?:exhaust|full|timed? ?out|not available|timeout)|Connection is not available|timeout acquiring|too many (?:clients|connections)(?! from)|remaining connection slots|pool (?:is )?exhausted|max_connections.{0,20}(?:reached|exceeded)|QueuePool limit|connection limit.{0,20}(?:reached|exceeded)/i,
    headline: 'Connections of a pool are used up',
    cause:
      'All connections of a pool are in use: something holds them too long (a slow query, a leak), or the pool is too small for the load.',
    steps: [
      'See what holds the connections (for PostgreSQL: `pg_stat_activity` by state and age), and end or fix that first.',
      'Compare the pool’s size with the number of instances and the server’s limit before raising it.',
    ],
    root: 2,
    words: 'connection pool exhausted acquire available database slots',
  },
  {
    id: 'deadlock',
    test: /(?<!asleep - )deadlock|lock wait timeout|could not serialize|LockTimeout|database is locked|SQLITE_BUSY/i,
    headline: 'Database transactions block one another',
    cause: 'Transactions lock the same rows in a different order, or hold locks too long.',
    steps: ['Find both statements in the database’s deadlock report; make them lock in the same order, or shorten the transaction.'],
    root: 2,
    words: 'deadlock lock transaction database blocked wait',
  },
  {
    id: 'lock-wait',
    test: /still waiting for \w+Lock|lock not available|could not obtain lock|waiting for (?:table metadata|row) lock/i,
    headline: 'Work waits for a lock',
    cause: 'A statement or process waits for what another holds: a long transaction, or a change of a table while it is in use.',
    steps: ['Find who holds the lock (for PostgreSQL: `pg_locks` beside `pg_stat_activity`), and end it or let it finish.'],
    root: 2,
    loud: true,
    words: 'lock wait blocked table transaction',
  },
  {
    id: 'missing-config',
    test: /environment variable|missing (?:required )?(?:config|setting|env|property|key)|is not (?:set|configured)\b|could not resolve placeholder|failed to configure an? |attribute is not specified|no such (?:property|setting)|invalid configuration/i,
    headline: 'A setting is missing or wrong',
    cause: 'The program misses a setting it needs, often since a deployment.',
    steps: ['Compare the settings of this environment with the last one that worked, and set what the message names.'],
    root: 3,
    words: 'setting configuration environment variable missing property',
  },
  {
    id: 'dependency-conflict',
    test: /\bERESOLVE\b|ResolutionImpossible|conflicting (?:peer )?dependenc|dependency conflict|version solving failed|Could not find (?:a )?compatible versions?|requirements could not be resolved/i,
    headline: 'Dependencies do not fit together',
    cause: 'Two of the dependencies ask for versions of a third that exclude one another.',
    steps: [
      'See which two ask for what in the lines above, and change one of them to a version that fits; a lock file from the last build that worked shows what changed.',
    ],
    root: 3,
    words: 'dependency version conflict peer resolve package',
  },
  {
    id: 'missing-module',
    test: /Cannot find module|ModuleNotFoundError|No module named|ClassNotFoundException|NoClassDefFoundError|cannot open shared object|Could not resolve dependenc|package .{0,60} not found|unresolved import/i,
    headline: 'A dependency is missing',
    cause: 'Code refers to a module, class or library that is not installed in this build.',
    steps: ['Check that the dependency is declared and installed in this image or build, in the version the code expects.'],
    root: 3,
    words: 'dependency module class library package missing install',
  },
  {
    id: 'missing-program',
    vague: true,
    test: /command not found|(?<!image.{0,200}): not found$|is (?:currently )?not installed|is not recognized as an internal|executable file not found/im,
    headline: 'A program is not installed',
    cause: 'A command is called that this machine or image does not have, or that is not in its PATH.',
    steps: ['Install the program in this image or machine, or correct the PATH of whoever calls it.'],
    root: 2,
    words: 'program command installed missing executable found',
  },
  {
    id: 'replication',
    test: /(?:replica|slave) (?:SQL|I\/O)\b.{0,200}(?:stopped|failed|error)|replication (?:is |was |has )?(?:stopped|broken|failed)|fatal error 1236|requested WAL segment .{0,60}already been removed|replication slot .{0,80}(?:lost|invalid)/i,
    headline: 'Replication has stopped',
    cause: 'A replica cannot apply or fetch what the primary wrote: its data differs, or what it needs next is gone.',
    steps: [
      'Look at the replica’s state and its first error, and compare the row it names on both sides before anything is skipped or rebuilt.',
    ],
    root: 2,
    words: 'replication replica primary slave stopped lag',
  },
  {
    id: 'sql',
    test: /(?:relation|column) .{0,60}does not exist|Undefined(?:Column|Table)\b|no such (?:table|column)|unknown column|duplicate (?:key|entry|value)|ConstraintViolation|(?:violation of|violated?) .{0,30}(?:constraint|key)|constraint .{0,30}(?:violat|failed)|violates .{0,20}constraint|SQLSyntaxError|syntax error at or near|migration.{0,40}fail/i,
    headline: 'The database rejects statements',
    cause: 'Statements do not fit the database: a migration is missing, or data breaks a constraint.',
    steps: ['Compare the schema with what this release expects (pending migrations), and look at the statement in the message.'],
    root: 2,
    words: 'database sql statement migration constraint column table schema',
  },
  {
    id: 'corrupt',
    test: /corrupt|checksum (?:error|mismatch|fail)|bad block|invalid magic/i,
    headline: 'Data is damaged',
    cause: 'Stored or transferred data is not what was written: a failing disk, a crash during a write, or a fault in transit.',
    steps: ['Stop writing to the damaged copy, restore it from a replica or backup, and check the disk below it.'],
    root: 2,
    words: 'corrupt checksum damaged data disk block',
  },
  {
    id: 'authentication',
    test: new RegExp(
      `Failed password|authentication (?:fail|methods)|invalid (?:user|credentials|(?:access |auth |bearer |api |jwt )(?:token|key)|password)|login fail|(?:access )?token.{0,20}expired|${status('401')}|Unauthorized|not authenticated|bad credentials`,
      'i',
    ),
    headline: 'Logins are rejected',
    cause:
      'Credentials are wrong or expired, or somebody guesses passwords: how many user names are tried, and from how many addresses, tells which.',
    steps: [
      'See whether one account (an expired or rotated secret) or many are affected; renew the secret, or block the addresses that guess.',
    ],
    root: 2,
    words: 'login authentication password credentials token user unauthorized rejected',
  },
  {
    id: 'permission',
    test: new RegExp(
      `permission denied|access denied|EACCES|EPERM|${status('403')}|Forbidden|not authorized|AccessDenied|operation not permitted|read-only file system`,
      'i',
    ),
    headline: 'Access is denied',
    cause: 'The process or user lacks a permission, often since a role, file owner or policy changed.',
    steps: ['Check who the process runs as and what changed in roles, owners or policies at the time of the first line.'],
    root: 2,
    words: 'permission access denied forbidden role policy',
  },
  {
    // Whose it is, the line says: one of ours, and not we.
    id: 'quota',
    test: /\b(?:tenant|customer|user|account|workspace|organi[sz]ation|subscriber|mailbox|member|team)s?\b.{0,60}\bquota (?:is |was |has been )?(?:exceeded|reached|used up|exhausted)|\bquota (?:is |was |has been )?(?:exceeded|reached|used up|exhausted) (?:for|by|of) (?:the )?(?:tenant|customer|user|account|workspace|organi[sz]ation|subscriber|mailbox|member|team)\b/i,
    headline: 'A quota is used up',
    cause: 'Whoever the line names has used up what is allowed to them: their use grew, or the quota is set too low.',
    steps: ['See whose quota it is, and whether their use grew or the quota was changed; raise it, or tell them.'],
    root: 1,
    words: 'quota limit exceeded allowed used',
  },
  {
    id: 'rate-limit',
    test: new RegExp(
      `rate.?limit|too many requests|too many (?:concurrent )?(?:connections|messages|recipients|errors) from|${status('429')}|throttl|\\bslow ?down\\b|quota exceeded`,
      'i',
    ),
    headline: 'Calls are throttled',
    cause: 'A limit on how often a service may be called is reached, by us or by those who call us.',
    steps: ['Find the caller that grew, add back-off with jitter, or ask for a higher limit.'],
    root: 2,
    words: 'rate limit throttled requests quota calls',
  },
  {
    id: 'session-expired',
    test: /session 0x.{0,60}(?:expired|timeout)|SessionExpired|(?:lost|no|without) (?:leader|quorum)\b|quorum (?:lost|not)|leader election (?:fail|timed)|split.?brain|master left|heartbeat(?!s from client).{0,20}(?:miss|fail|timeout|lost)/i,
    headline: 'Members of a cluster lose one another',
    cause:
      'Members of a cluster do not hear from one another in time: the network, long pauses (garbage collection), or an overloaded member.',
    steps: ['Check network and pauses of the member that was lost first, before looking at those that reacted.'],
    root: 2,
    words: 'cluster leader quorum session heartbeat member',
  },
  {
    id: 'not-leader',
    test: /not (?:the )?leader|NotLeader|NotMaster|not (?:the )?(?:current )?master\b/i,
    headline: 'Requests reach a member that does not lead',
    cause:
      'Leadership is with another member than the one that was asked, as after an election; it heals by itself unless members keep leaving.',
    steps: ['Look at when leadership moved and why; if it keeps moving, at the member that leaves.'],
    root: 1,
    words: 'leader cluster master election member broker partition replica',
  },
  {
    id: 'null-pointer',
    vague: true,
    test: /NullPointerException|null pointer|propert(?:y|ies) .{0,60}of (?:undefined|null)\b|undefined is not|TypeError|AttributeError|NoneType|nil pointer|index out of|IndexOutOfBounds|IndexError|KeyError|ClassCastException|IllegalArgument|IllegalState|ReferenceError|DivideByZero|division by zero|StackOverflow|Stack Overflow|NoSuchMethodError|goroutines are asleep|\bpanic:/i,
    headline: 'A fault in the code',
    cause: 'The code meets a value or a state it does not expect: a bug, often of the last release or of new input.',
    steps: ['Open the first frame of the trace that is our own code, and look at what changed there last.'],
    root: 2,
    words: 'exception bug code null undefined value',
  },
  {
    id: 'build-failed',
    vague: true,
    test: /BUILD FAIL|compilation (?:error|failure)|npm ERR!|error TS\d+|(?<!file \S{1,200} )Tests? failed|FAILED \((?:errors|failures|skipped)=|AssertionError|Failed to execute goal|cannot find symbol|The command .{0,80} exited with [1-9]/i,
    headline: 'A build or test failed',
    cause: 'A build or test step failed; what it printed just before is the reason.',
    steps: ['Read the lines just above the failing step, and run that step alone on your machine.'],
    root: 1,
    words: 'build test failed compile assertion exit command',
  },
  {
    id: 'process-failed',
    vague: true,
    test: /exited (?:abnormally|with (?:non-?zero )?(?:code|status|exit code)? ?[1-9])|exit(?:ed)?[ _-]?(?:code|status)[ :=]*[1-9]|command failed|assertion .{0,80}failed|terminated abnormally/i,
    headline: 'A process ended with an error',
    cause: 'A process or command ended with an error; what it printed just before is the reason.',
    steps: ['Read the lines just above, and run that command alone.'],
    root: 1,
    words: 'process exit ended command failed abnormally status',
  },
  {
    id: 'connection-refused',
    test: /connection refused|ECONNREFUSED|ConnectException|connect failed|failed to connect|could not connect|unable to connect|no route to host|EHOSTUNREACH|network is unreachable|Cannot open channel/i,
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
    id: 'timeout',
    test: /timed[ -]?out|worker timeout|Zeit(?:ü|ue)berschreitung|d(?:é|e)lai d(?:é|e)pass(?:é|e)|ETIMEDOUT|deadline exceeded|SocketTimeout|took too long|time-?out (?:after|exceeded|expired|waiting|error|reached|while|on|for)|(?:request|connect\w*|read|write|gateway|query|socket|operation|call|response|session|statement|lock)[ -]?time-?out/i,
    headline: 'Calls time out',
    cause: 'Something answers too slowly or not at all: overload, a slow query or a network fault behind the call.',
    steps: ['Look at what is being waited for: its load, slow queries and errors at the time of the first timeout.'],
    root: 1,
    words: 'timeout slow wait deadline latency',
  },
  {
    id: 'connection-lost',
    test: /connection reset|missed heartbeats from client|ECONNRESET|broken pipe|EPIPE|connection (?:was )?(?:closed|aborted|lost)|EOFException|unexpected EOF|socket hang up|premature(?:ly)? (?:end|close|EOF)|prematurely closed|Connection (?:broken|interrupted)/i,
    headline: 'Connections break off',
    cause:
      'The other side closes connections, or something in between cuts them: a restart, a limit, an idle timeout, or a caller that simply left.',
    steps: ['Look for a restart or a limit on the other side at the time of the first line; compare idle timeouts on both sides.'],
    root: 1,
    words: 'connection reset closed broken lost disconnect socket',
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
    id: 'overload',
    test: /queue (?:is )?full|\boverload(?:ed|ing)?\b|backpressure|rejected execution|RejectedExecution|high (?:load|cpu)|lagging|backlog|saturat/i,
    headline: 'A service is overloaded',
    cause: 'Work arrives faster than it is done.',
    steps: ['Compare the load with an hour before; shed or scale, then find the slow part.'],
    root: 2,
    words: 'load overload queue full slow saturated',
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
