/**
 * A log as a small shop's services would write it together: structured Java lines, access lines, JSON, logfmt, syslog,
 * now and then a stack trace, and an outage in the middle. The same seed gives the same bytes; about 256 KB is in memory.
 */
export async function* generateLog({ bytes, seed }: { bytes: number; seed: number }): AsyncGenerator<Uint8Array> {
  const random = createRandom(seed);
  let now = Date.UTC(2026, 0, 5, 8);
  let written = 0;
  while (written < bytes) {
    let text = '';
    while (text.length < 256_000 && written + text.length < bytes) {
      now += Math.floor(random() * 12);
      const outage = written > bytes * 0.5 && written < bytes * 0.56;
      text += `${writeRecord(random, new Date(now).toISOString(), outage)}\n`;
    }
    const chunk = Buffer.from(text.slice(0, Math.max(1, bytes - written)));
    written += chunk.length;
    yield chunk;
  }
}

type Random = () => number;

/** Mulberry32: small, seeded, good enough for made-up logs. */
const createRandom = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const users = ['ana', 'bo', 'chen', 'dara', 'emil', 'fatima', 'goran', 'hana'];
const paths = ['/', '/cart', '/checkout', '/api/orders', '/api/items', '/login', '/static/app.js', '/health'];
const classes = ['c.e.shop.OrderService', 'c.e.shop.CartController', 'c.e.pay.PaymentClient', 'c.e.stock.StockKeeper'];

const writeRecord = (random: Random, at: string, outage: boolean): string => {
  const number = (below: number) => Math.floor(random() * below);
  const pick = <T>(list: readonly T[]): T => list[number(list.length)] as T;
  const ip = () => `10.${number(4)}.${number(256)}.${number(256)}`;
  const hex = (length: number) => Array.from({ length }, () => '0123456789abcdef'[number(16)]).join('');
  const java = (level: string, message: string) =>
    `${at.slice(0, 23).replace('T', ' ').replace('.', ',')} ${level} [http-nio-8080-exec-${number(40)}] ${classes[message.charCodeAt(0) % classes.length]} - ${message}`;
  const dice = number(100);
  if (outage && dice < 30)
    return `${java('ERROR', `Order ${number(1e6)} failed: timeout acquiring connection after ${3000 + number(500)} ms`)}\njava.sql.SQLTransientConnectionException: orders-db - Connection is not available, request timed out after ${3000 + number(9)}ms.\n${trace(random)}\nCaused by: java.net.SocketTimeoutException: connect timed out\n${trace(random)}\n\t... ${number(60)} more`;
  if (dice < 40)
    return `${ip()} - ${pick(users)} [${toApache(at)}] "${pick(['GET', 'GET', 'GET', 'POST'])} ${pick(paths)}?id=${number(1e5)} HTTP/1.1" ${outage && dice < 34 ? 503 : pick([200, 200, 200, 200, 204, 302, 404])} ${number(40_000)} "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/${100 + number(30)}.0"`;
  if (dice < 55) return java('INFO', `Order ${number(1e6)} of user ${pick(users)} placed in ${number(300)} ms`);
  if (dice < 62) return java('DEBUG', `Cache ${pick(['hit', 'miss'])} for key item:${number(1e4)}`);
  if (dice < 66) return java('WARN', `Retry ${number(5)} of payment ${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`);
  if (dice < 80)
    return `{"level":"info","time":"${at}","pid":${number(99)},"msg":"request completed","method":"GET","path":"/api/items/${number(1e5)}","status":200,"duration_ms":${number(900)},"trace_id":"${hex(32)}"}`;
  if (dice < 92)
    return `ts=${at} level=info caller=flush.go:${number(20) + 100} msg="flushed ${number(1000)} chunks" tenant=${pick(users)} took=${number(900)}ms size=${number(9000)}KB`;
  if (dice < 99)
    return `${toSyslog(at)} web-1 sshd[${number(30_000)}]: Failed password for invalid user ${pick(users)} from ${ip()} port ${number(65_000)} ssh2`;
  return `${java('ERROR', 'Unhandled failure in scheduler')}\njava.lang.IllegalStateException: job ${number(100)} already running\n${trace(random)}`;
};

const trace = (random: Random): string =>
  Array.from({ length: 6 }, (_, k) => `\tat com.example.shop.Layer${k}.call(Layer${k}.java:${Math.floor(random() * 400)})`).join('\n');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthOf = (at: string): string => months[Number(at.slice(5, 7)) - 1] as string;
const toApache = (at: string): string => `${at.slice(8, 10)}/${monthOf(at)}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`;
const toSyslog = (at: string): string => `${monthOf(at)} ${String(Number(at.slice(8, 10))).padStart(2)} ${at.slice(11, 19)}`;
