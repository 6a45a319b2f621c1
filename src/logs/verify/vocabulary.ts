/** Words by what they do in a sentence about a log. */

/** The first five letters, endings aside: connection, connections and connecting are one, and so are fail, fails, failed and failing. */
export const stemOf = (word: string): string => {
  const single = word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  const ending = endings.find((one) => single.endsWith(one)) ?? '';
  const short = single.slice(0, single.length - ending.length);
  return (short.length >= 4 ? short : single).slice(0, 5);
};

const endings = ['ing', 'ed', 'e'];

const words = (text: string): string[] => text.trim().split(/\s+/);
export const stems = (text: string): Set<string> => new Set(words(text).map(stemOf));

/** Words that hold a sentence together and say nothing about what happened. */
export const glue: ReadonlySet<string> = new Set(
  words(`the and for with from was were has have had not nor are that this these those its his her our your their they them which who whom whose
    what when where why how because since until during between before after into onto over under out off then than there here more much most
    some any all each every other others another first last log logs logged line lines time times record records pattern patterns happened
    happens happen occurred occurs occur seen shows show showed being been will would could should can may might must does did done very about
    around often likely possibly probably perhaps only also still again same while per via due both either neither but yet though although
    however therefore thus hence together mainly mostly mainly especially including include includes well too just even ever once upon within
    across along among against toward towards through throughout above below near next later earlier soon now already almost nearly enough
    such like unlike rather quite instead whether it's itself themselves him she you we us my me one ones kind kinds sort way ways thing things
    part parts whole few many several least entire else wrong
    began begin begins beginning begun started start starts starting ended end ends ending came come comes coming went goes going gone took take
    takes taking made make makes making got get gets getting gave give gives giving given kept keep keeps found find finds said says say told tell tells
    seems seem seemed appears appear appeared appearing looks look looked means mean meant points point pointed suggests suggest suggested
    indicates indicate indicated remains remain remained stays stay stayed becomes become became leads lead leading led followed follows
    follow following caused cause causes causing cause's lasted lasts lasting reason reasons result results resulted resulting consequence effect effects
    involved involves concern concerns concerned affected affects affect affecting hit hits impacted impact related belongs belong
    longer times moment moments period while point range set number numbers count counts total rate share value values different distinct
    similar multiple various individual single separate particular specific certain able need needs needed needing tried try tries trying
    attempt attempts attempted attempting use uses used using see cannot can't couldn't wasn't isn't aren't weren't didn't doesn't won't
    and/or etc versus program process processes application code system software service server tool case cases example instance message messages entry entries event events says trace ends level levels worse`),
);

/** May follow a count of records, whatever they are about. */
export const countNouns: ReadonlySet<string> = new Set(
  words('time times record records line lines entry entries message messages occurrence occurrences event events pattern patterns'),
);

/** May be said of what the log calls bad, whatever it is. */
export const failureStems: ReadonlySet<string> = stems(
  'fail failed failing fails failure error errors problem trouble issue issues wrong broken broke break unable unavailable outage incident exception fault faulty unsuccessful impossible reject rejected refuse refused abort aborted stopped stop severe serious unexpected unhandled',
);

/** May be said of a warning. */
export const warningStems: ReadonlySet<string> = stems('warn warning warnings warned notice problem issue issues trouble');

/** What a value in a log may belong to, where the word in front of it says so: 'order=48388'. */
export const entityNouns: ReadonlySet<string> = new Set(
  words(
    'user customer account tenant order invoice payment client host node pod instance device shard partition topic queue table index bucket service region cluster',
  ),
);

/** What one calls the values of a variable. */
export const nounsOfKind: Record<string, ReadonlySet<string>> = {
  path: stems('path url endpoint file page route address resource directory'),
  url: stems('url address endpoint path link page'),
  ip: stems('address ip client host machine peer source'),
  host: stems('host server machine node member name'),
  email: stems('user customer account address person people mail e-mail'),
  id: stems('id identifier'),
  uuid: stems('id identifier'),
  hex: stems('id address code'),
  num: stems('number code port id status'),
  duration: stems('duration time'),
  size: stems('size'),
};

/** Words that say the same to an engineer. One of a group in the log supports the others. */
const groups: Set<string>[] = [
  'timeout timed deadline exceeded late slow slowly waited waiting wait latency respond responded answer answered long',
  'refuse refused reach reached reachable unreachable connect connected connection connections route',
  'connection connections connect socket link',
  'kill killed terminate terminated sigkill',
  'crash crashed died exit exited exits quit panic panicked fatal abort aborted stopped ended core dumped traceback uncaught',
  'full space room left fill filled exhausted disk volume storage enospc',
  'deny denied forbid forbidden permission permissions allowed allow access rights unauthorized eacces',
  'login logins log-in logged sign auth authentication authenticate authenticated credential credentials password passwords',
  'start started starting launch launched boot booted up',
  'restart restarted restarting reboot rebooted restarts',
  'request requests call calls query queries post get put http answer answered answers returned',
  'health check checks healthcheck probe probes',
  'ok okay healthy pass passed passes passing success succeeded succeeding up',
  'retry retries retried retrying attempt again',
  'delete deleted deletes remove removed removing drop dropped',
  'create created add added new insert inserted',
  'memory heap oom ram allocate allocation',
  'certificate certificates cert tls ssl handshake x509',
  'database databases sql db relation table postgres mysql',
  'host hosts server servers machine node nodes',
  'missing absent found exist exists existing nonexistent',
  'reset closed close lost broken broke break cut dropped disconnect disconnected severed interrupted',
  'pool pools acquire acquiring hikari connections exhausted available empty dry used',
  'exhausted empty dry used full available none',
  'compile compiled compilation compiler symbol syntax build built type undefined undeclared redeclared declaration unresolved',
  'test tests tested assert assertion expected',
  'download downloaded downloading fetch fetched get pull pulled',
  'deploy deployed deployment deploys release released releases rollout rolled live version',
  'queue queues backlog lagging consumer',
  'user users account accounts customer login',
  'write writes written save saved store stored',
  'read reads reading load loaded',
  'parse parsed parsing invalid malformed syntax unexpected',
  'network connection route host socket tcp',
  'replica replicas follower standby replication slave',
  'leader leaders master election elected primary quorum',
  'throttle throttled throttling limit limited limits quota',
  'payment payments pay paid charge charged gateway',
  'checkout order orders basket cart',
  'handle handled process processed processing serve served',
  'configuration config setting settings configured property',
].map(stems);

const groupsOf = new Map<string, Set<string>[]>();
for (const group of groups) for (const stem of group) groupsOf.set(stem, [...(groupsOf.get(stem) ?? []), group]);

/** Whether something that says the same stands among the known words. */
export const hasSynonym = (stem: string, known: (stem: string) => boolean): boolean =>
  groupsOf.get(stem)?.some((group) => [...group].some((other) => other !== stem && known(other))) ?? false;

/**
 * Deeds and disasters: whoever tells of one must have read it, for a wrong one sends people to the wrong place. With a word of the same group
 * in the log it holds.
 */
export const deeds: ReadonlySet<string> =
  stems(`delete deleted deletes remove removed removing removal wipe wiped erase erased destroy destroyed
  steal stole stolen theft thief hack hacked hacker hackers attack attacked attacker attackers attacks breach breached compromise compromised
  hijack hijacked inject injected injection intrude intruder intruders malicious virus malware ransom leak leaked corrupt corrupted corruption
  truncate truncated kill killed kills crash crashed crashes restart restarted restarts reboot rebooted deploy deployed deployment release
  released rollback rolled upgrade upgraded upgrading downgrade migrate migrated migration expire expired expires revoke revoked fired hired
  disable disabled shutdown overload overloaded overheat overheated flood flooded fire power electric unplugged money payment payments refund
  bill billed billing invoice invoiced charge charged overcharged debit debited reimburse reimbursed ship shipped cancel cancelled canceled suspend
  suspended ban banned notify notified email emailed escalate escalated approve approved fined sued evict evicted
  overwrite overwritten encrypt encrypted declined decline declines administrator administrators admin employee operator vendor provider region datacenter`);

/** Words for lengths and points of time: said only where the log or a fact says them. */
export const timeWords: ReadonlySet<string> = new Set(
  words(`monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
    yesterday today tonight tomorrow midnight noon morning afternoon evening night nightly overnight weekend week weeks weekly month months monthly
    year years yearly annual quarter decade daily day days hour hours hourly minute minutes fortnight`),
);

/** Quantities in words: how many, said without a fact. */
export const quantities: Readonly<Record<string, number | null>> = {
  zero: 0,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  hundreds: null,
  thousand: 1000,
  thousands: null,
  million: 1_000_000,
  millions: null,
  billion: 1_000_000_000,
  billions: null,
  dozen: 12,
  dozens: null,
  twice: 2,
  thrice: 3,
  half: null,
  halves: null,
  halved: null,
  third: null,
  thirds: null,
  fourth: null,
  fifth: null,
  sixth: null,
  seventh: null,
  eighth: null,
  ninth: null,
  tenth: null,
  hundredth: null,
  thousandth: null,
  quarters: null,
  majority: null,
  minority: null,
  percent: null,
  double: null,
  doubled: null,
  triple: null,
  tripled: null,
  quadruple: null,
  quadrupled: null,
  couple: 2,
  pair: 2,
};

/** Well-known systems and firms: to name one is to say that it is there. */
export const products: ReadonlySet<string> = new Set(
  words(`postgres postgresql mysql mariadb oracle mongodb mongo cassandra redis memcached elasticsearch opensearch kafka rabbitmq activemq nats sqs sns
    kubernetes k8s docker podman containerd openshift nomad consul etcd zookeeper vault terraform ansible puppet helm istio envoy nginx apache haproxy
    traefik cloudflare akamai fastly aws azure gcp ec2 s3 lambda dynamodb rds aurora bigquery snowflake spark hadoop hdfs hbase hive flink airflow
    jenkins travis circleci gitlab github bitbucket jira slack stripe paypal adyen twilio sendgrid mailgun okta auth0 keycloak ldap salesforce sap
    tomcat jetty spring django rails laravel wordpress drupal node npm yarn maven gradle webpack windows linux ubuntu debian android ios macos
    hikari hibernate sqlite influxdb clickhouse cockroachdb couchdb neo4j minio ceph prometheus grafana datadog splunk sentry newrelic pagerduty
    opsgenie openai anthropic google amazon microsoft facebook twitter apple netflix ibm vmware citrix cisco juniper`),
);

/** Things that carry a name of their own: the word in front of one says which. */
export const thingStems: ReadonlySet<string> =
  stems(`service services server servers host hosts database databases cluster clusters queue queues broker
  gateway worker workers pod pods container containers cache application applications app team teams region zone system systems module component
  job jobs task cron table tables index bucket topic endpoint endpoints instance instances machine machines proxy balancer primary replica master
  team customers customer users user tenant tenants department company website shop`);

/** Parts of a system that are there or are not: to name one is to say so. */
export const partStems: ReadonlySet<string> = stems(
  'database databases cache caches queue queues broker brokers gateway gateways proxy proxies balancer balancers firewall firewalls replica replicas',
);

/** Which one of them a thing is, without naming it. */
export const plainAdjectives: ReadonlySet<string> = new Set(
  words(`failing failed affected broken slow slower remote local upstream downstream backend front frontend internal external target destination
    source main central shared overloaded unreachable unavailable busy full empty new old current previous original underlying responsible
    respective corresponding called calling other busy large small healthy unhealthy dead dependent waiting running`),
);

/** Says that all is well. */
export const goodWords: ReadonlySet<string> = new Set(
  words(
    'succeed succeeded succeeds success successful successfully fine healthy okay normal normally recovered recovers recovery resolved restored stable completed passed accepted granted works working online reachable available harmless',
  ),
);

/** Turns a word into its opposite. */
export const negations: ReadonlySet<string> = new Set(
  words("not no never none without cannot can't couldn't wasn't isn't aren't weren't didn't doesn't won't nothing nobody zero neither nor"),
);

/** Says that something goes badly, wherever it stands: denied, it says that all is well. */
export const badStems: ReadonlySet<string> = stems(
  `fail failed failure error timeout timed refuse refused reject rejected crash crashed kill killed deny denied abort aborted expire expired exhaust
  exhausted full lost lose losing broke broken reset dropped down affected impacted hit slow slower slowed stuck block blocked leak leaked corrupt corrupted panic
  panicked exception problem trouble issue outage wrong unavailable unreachable missing exceed exceeded late delay delayed disconnected throttle
  throttled terminate terminated died die dead hang hung degraded overloaded oom invalid unauthorized forbidden fault faulty stalled dying unhealthy
  harm harmed hurt damage damaged suffer suffered interrupted disrupted`,
);

/** Common short forms that name nothing in particular. */
export const acronyms: ReadonlySet<string> = new Set(
  words(`API HTTP HTTPS TLS SSL DNS TCP UDP SQL JSON CPU RAM IO I/O OK URL URI UTC ID PID OOM VM DB GC JVM CI CD UI SSH FTP RPC REST XML HTML CSV YAML
    GET POST PUT DELETE IP MB GB KB TB TTL CA EOF SLA SLO QA IDS UUID PATH`),
);
