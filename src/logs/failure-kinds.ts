import type { Pattern } from './digest/types.ts';

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
  /** Other words for it, so that a claim about memory may cite a line that says OOM. */
  words: string;
};

export const failureKindOf = (pattern: Pattern): FailureKind | null => {
  // The message and the exceptions named in its trace, not the head: a class named QuorumManager or a thread pool's name says nothing about failing.
  const continuation = (pattern.samples[0]?.text ?? '')
    .split('\n')
    .slice(1)
    .filter((line) => /^\s*(?:Caused by: |[\w.$]*(?:Error|Exception)\b)/.test(line))
    .join('\n');
  const text = `${pattern.template}\n${continuation}`.slice(0, 6000);
  return failureKinds.find((kind) => kind.test.test(text)) ?? null;
};

/** Roots first: of a trace that says both, "disk full" explains "write failed" and not the other way round. */
export const failureKinds: readonly FailureKind[] = [
  {
    id: 'out-of-memory',
    test: /OutOfMemory|out of memory|\bOOM\b|oom-?kill|Cannot allocate memory|heap limit|MemoryError|bad_alloc|heap out of/i,
    headline: 'A process ran out of memory',
    cause: 'The process needs more memory than it may have: a leak, an unusually large request, or a limit set too low.',
    steps: [
      'Compare memory use with the limit of the process or container, and raise the limit or restart it to get breathing space.',
      'Take a heap dump before the next restart, to tell a leak from a load that grew.',
    ],
    root: 3,
    words: 'memory heap oom killed leak allocate',
  },
  {
    id: 'disk-full',
    test: /No space left|disk (?:is )?full|ENOSPC|disk quota exceeded|not enough space|low disk/i,
    headline: 'A disk is full',
    cause: 'A disk or volume has no room left, so writes fail.',
    steps: ['Find what fills the volume (`df -h`, `du -x`) and free or extend it.', 'Check log rotation and temporary files on that host.'],
    root: 3,
    words: 'disk space full volume storage write',
  },
  {
    id: 'kernel',
    test: /kernel panic|machine check (?:exception|error|interrupt)|uncorrectable|ECC error|parity error|hardware error|segfault|segmentation fault|SIGSEGV|SIGBUS|core dumped/i,
    headline: 'A machine or native process crashed',
    cause: 'Hardware or native code failed below the application: bad memory, a driver or a crash in a native library.',
    steps: ['Take the affected host or process out of service and look at its kernel log and core dump.'],
    root: 3,
    words: 'crash hardware kernel memory parity segfault node',
  },
  {
    id: 'dns',
    test: /ENOTFOUND|EAI_AGAIN|getaddrinfo|UnknownHostException|Name or service not known|name resolution|could not resolve|no such host|NXDOMAIN|DNS (?:lookup|error|fail)/i,
    headline: 'A host name cannot be resolved',
    cause: 'A host name does not resolve: a wrong name in the settings, or DNS itself is failing.',
    steps: ['Resolve the name from the affected host (`getent hosts NAME`); check the setting that holds it and the DNS server.'],
    root: 3,
    words: 'dns resolve name host lookup',
  },
  {
    id: 'tls',
    test: /certificate|\bx509\b|SSLHandshake|SSL_ERROR|TLS handshake|handshake fail|PKIX|self.signed|CERT_/i,
    headline: 'TLS certificates are not accepted',
    cause: 'A TLS handshake fails: a certificate has expired, does not match its host, or its issuer is not trusted.',
    steps: ['Look at the certificate that is served (`openssl s_client -connect HOST:PORT`): dates, names and chain.'],
    root: 3,
    words: 'tls ssl certificate expired trust handshake',
  },
  {
    id: 'too-many-files',
    test: /too many open files|EMFILE|ENFILE|file descriptors? (?:limit|exhaust|leak)|out of file descriptors/i,
    headline: 'Too many files are open',
    cause: 'The process used up its file descriptors: a leak of files or sockets, or a limit set too low.',
    steps: ['Count the open files of the process (`lsof -p PID`) and compare with `ulimit -n`; look for sockets that are never closed.'],
    root: 3,
    words: 'files descriptors sockets limit open',
  },
  {
    id: 'port-in-use',
    test: /EADDRINUSE|address already in use|port .{0,20}in use|BindException/i,
    headline: 'A port is already taken',
    cause: 'Another process listens on the same port, often an older instance that did not stop.',
    steps: ['Find who holds the port (`ss -ltnp`), stop it or change the port.'],
    root: 3,
    words: 'port bind listen address use',
  },
  {
    id: 'pool-exhausted',
    test: /(?:connection|hikari|thread|worker)\s?-?pool.{0,80}(?:exhaust|full|timed? ?out|not available|timeout)|Connection is not available|timeout acquiring|too many (?:clients|connections)|remaining connection slots|pool (?:is )?exhausted|max_connections|QueuePool limit|connection limit/i,
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
    test: /deadlock|lock wait timeout|could not serialize|LockTimeout|database is locked|SQLITE_BUSY/i,
    headline: 'Database transactions block one another',
    cause: 'Transactions lock the same rows in a different order, or hold locks too long.',
    steps: ['Find both statements in the database’s deadlock report; make them lock in the same order, or shorten the transaction.'],
    root: 2,
    words: 'deadlock lock transaction database blocked wait',
  },
  {
    id: 'missing-config',
    test: /environment variable|missing (?:required )?(?:config|setting|env|property|key)|is not (?:set|defined|configured)|could not resolve placeholder|KeyError|no such (?:property|setting)|invalid configuration/i,
    headline: 'A setting is missing or wrong',
    cause: 'The program misses a setting it needs, often since a deployment.',
    steps: ['Compare the settings of this environment with the last one that worked, and set what the message names.'],
    root: 3,
    words: 'setting configuration environment variable missing property',
  },
  {
    id: 'missing-module',
    test: /Cannot find module|ModuleNotFoundError|No module named|ClassNotFoundException|NoClassDefFoundError|cannot open shared object|Could not resolve dependenc|ERESOLVE|package .{0,60} not found|unresolved import|cannot find symbol/i,
    headline: 'A dependency is missing',
    cause: 'Code refers to a module, class or library that is not installed in this build.',
    steps: ['Check that the dependency is declared and installed in this image or build, in the version the code expects.'],
    root: 3,
    words: 'dependency module class library package missing install',
  },
  {
    id: 'sql',
    test: /relation .{0,60}does not exist|no such (?:table|column)|unknown column|duplicate key|violates .{0,20}constraint|SQLSyntaxError|syntax error at or near|migration.{0,40}fail/i,
    headline: 'The database rejects statements',
    cause: 'Statements do not fit the database: a migration is missing, or data breaks a constraint.',
    steps: ['Compare the schema with what this release expects (pending migrations), and look at the statement in the message.'],
    root: 2,
    words: 'database sql statement migration constraint column table schema',
  },
  {
    id: 'corrupt',
    test: /corrupt|checksum (?:error|mismatch|fail)|bad block|data loss|inconsistent|invalid magic/i,
    headline: 'Data is damaged',
    cause: 'Stored or transferred data does not match its checksum: a failing disk, a crash during a write, or a fault in transit.',
    steps: ['Stop writing to the damaged copy, restore it from a replica or backup, and check the disk below it.'],
    root: 2,
    words: 'corrupt checksum damaged data disk block',
  },
  {
    id: 'authentication',
    test: /Failed password|authentication (?:fail|methods)|invalid (?:user|credentials|token|api key|password)|login fail|access token.{0,20}expired|\b401\b|Unauthorized|not authenticated|bad credentials|password authentication failed/i,
    headline: 'Logins are rejected',
    cause: 'Credentials are wrong or expired; many different user names from the same addresses point to somebody guessing passwords.',
    steps: [
      'See whether one account (an expired or rotated secret) or many are affected; renew the secret, or block the addresses that guess.',
    ],
    root: 2,
    words: 'login authentication password credentials token user unauthorized rejected',
  },
  {
    id: 'permission',
    test: /permission denied|access denied|EACCES|EPERM|\b403\b|Forbidden|not authorized|AccessDenied|operation not permitted|read-only file system/i,
    headline: 'Access is denied',
    cause: 'The process or user lacks a permission, often since a role, file owner or policy changed.',
    steps: ['Check who the process runs as and what changed in roles, owners or policies at the time of the first line.'],
    root: 2,
    words: 'permission access denied forbidden role policy',
  },
  {
    id: 'rate-limit',
    test: /rate.?limit|too many requests|\b429\b|throttl|slow ?down|quota exceeded/i,
    headline: 'Calls are throttled',
    cause: 'A service limits how often we may call it, and we call more often than that.',
    steps: ['Find the caller that grew, add back-off with jitter, or ask for a higher limit.'],
    root: 2,
    words: 'rate limit throttled requests quota calls',
  },
  {
    id: 'session-expired',
    test: /session .{0,40}expired|SessionExpired|(?:lost|no|without) (?:leader|quorum)|quorum (?:lost|not)|leader election (?:fail|timed)|not (?:the )?leader|split.?brain|heartbeat.{0,20}(?:miss|fail|timeout|lost)/i,
    headline: 'Members of a cluster lose one another',
    cause:
      'Members of a cluster do not hear from one another in time: the network, long pauses (garbage collection), or an overloaded member.',
    steps: ['Check network and pauses of the member that was lost first, before looking at those that reacted.'],
    root: 2,
    words: 'cluster leader quorum session heartbeat member',
  },
  {
    id: 'null-pointer',
    test: /NullPointerException|null pointer|of (?:undefined|null)\b|undefined is not|TypeError|AttributeError: 'NoneType|NoneType|nil pointer|IndexOutOfBounds|IndexError|ClassCastException|IllegalArgument|IllegalState|ReferenceError|panic:/i,
    headline: 'A fault in the code',
    cause: 'The code meets a value it does not expect: a bug, often of the last release or of new input.',
    steps: ['Open the first frame of the trace that is our own code, and look at what changed there last.'],
    root: 2,
    words: 'exception bug code null undefined value',
  },
  {
    id: 'build-failed',
    test: /BUILD FAILED|compilation (?:error|failure)|npm ERR!|error TS\d+|Tests? failed|FAILED \(|AssertionError|assertion failed|exited? (?:with )?(?:code|status)? ?[1-9]|exit code [1-9]|command failed|The command .{0,80} exited with/i,
    headline: 'A build or test failed',
    cause: 'A build or test step failed; what it printed just before is the reason.',
    steps: ['Read the lines just above the failing step, and run that step alone on your machine.'],
    root: 1,
    words: 'build test failed compile assertion exit command',
  },
  {
    id: 'connection-refused',
    test: /connection refused|ECONNREFUSED|ConnectException|connect failed|failed to connect|could not connect|unable to connect|no route to host|EHOSTUNREACH|network is unreachable|Cannot open channel/i,
    headline: 'A service cannot be reached',
    cause: 'Nobody accepts connections at the other end: the service is down, still starting, or its address or firewall is wrong.',
    steps: [
      'Check that the service at that address runs and listens, then its own log around the same time.',
      'If it runs, check address, port and firewall in between.',
    ],
    root: 2,
    words: 'connect connection refused unreachable service reach down',
  },
  {
    id: 'timeout',
    test: /timed[ -]?out|ETIMEDOUT|deadline exceeded|SocketTimeout|took too long|time-?out (?:after|exceeded|expired|waiting|error|reached|while|on|for)|(?:request|connect\w*|read|write|gateway|query|socket|operation|call|response|session)[ -]?time-?out/i,
    headline: 'Calls time out',
    cause: 'Something answers too slowly or not at all: overload, a slow query or a network fault behind the call.',
    steps: ['Look at what is being waited for: its load, slow queries and errors at the time of the first timeout.'],
    root: 1,
    words: 'timeout slow wait deadline latency',
  },
  {
    id: 'connection-lost',
    test: /connection reset|ECONNRESET|broken pipe|EPIPE|connection (?:was )?(?:closed|aborted|lost)|EOFException|unexpected EOF|socket hang up|premature|interrupted by|Connection broken/i,
    headline: 'Connections break off',
    cause: 'The other side closes connections: it restarts, runs into its own limits, or something in between cuts idle ones.',
    steps: ['Look for a restart or a limit on the other side at the time of the first line; compare idle timeouts on both sides.'],
    root: 1,
    words: 'connection reset closed broken lost disconnect socket',
  },
  {
    id: 'upstream',
    test: /\b50[0234]\b|Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error|upstream|no healthy/i,
    headline: 'Requests fail on the server',
    cause: 'The service behind the gateway fails or is not there.',
    steps: ['Look at the service behind these requests: restarts, errors and load at the time of the first failure.'],
    root: 0,
    words: 'requests failed server upstream gateway unavailable service calls',
  },
  {
    id: 'missing-file',
    test: /No such file|ENOENT|FileNotFound|file .{0,60}(?:does not exist|not found)|\b404\b|Not Found|does not exist/i,
    headline: 'Something is not found',
    cause: 'A file, page or object that is asked for does not exist: it was moved, never made, or the name is wrong.',
    steps: ['Check whether what is missing was removed or renamed lately, and who still asks for it.'],
    root: 1,
    words: 'missing file found exist path',
  },
  {
    id: 'overload',
    test: /queue (?:is )?full|overload|backpressure|rejected execution|RejectedExecution|slow query|high (?:load|cpu)|lagging|backlog|saturat/i,
    headline: 'A service is overloaded',
    cause: 'Work arrives faster than it is done.',
    steps: ['Compare the load with an hour before; shed or scale, then find the slow part.'],
    root: 2,
    words: 'load overload queue full slow saturated',
  },
  {
    id: 'unhandled',
    test: /uncaught|unhandled|Traceback \(most recent|Exception in thread/i,
    headline: 'Unhandled exceptions',
    cause: 'An exception is not handled where it happens.',
    steps: ['Open the first frame of the trace that is our own code.'],
    root: 1,
    words: 'exception unhandled error trace',
  },
];
