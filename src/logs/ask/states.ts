import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Claim } from '#src/logs/summary.ts';
import { formatClock, formatCount, formatDuration } from '#src/logs/wording/formats.ts';
import { quoteOf } from './answer-offline.ts';
import type { Asked } from './parse-question.ts';
import { clockIn, type Hit } from './search-lines.ts';

/** How something stood last, by what the log says of it. */
type State = { name: string; isDown: boolean; since: Hit; downAt: Hit | null; said: string };

const MOST_NAMES = 2_000;
const MOST_CLAIMS = 6;

/**
 * Which servers, nodes, links … are down at the end of the log, and which went down and came back, read line by line, for the last word on each
 * counts. Null where the question is not about that, or the log tells no such states.
 */
export const stateClaims = async (asked: Asked, text: () => AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Claim[] | null> => {
  if (!asked.state) return null;
  const states = await readStates(text(), signal);
  const named = asked.terms.filter(({ weight, text: term }) => weight > 1 && [...states.keys()].some((name) => name.includes(term)));
  const about = [...states.values()].filter(
    ({ name }) => named.length === 0 || named.some(({ text: term }) => name.toLowerCase().includes(term)),
  );
  const down = about.filter(({ isDown }) => isDown);
  const back = about.filter(({ isDown, downAt }) => !isDown && downAt !== null);
  if (down.length + back.length === 0) return null;
  const [last] = back;
  const none =
    down.length === 0 && last && named.length === 0 ? [claim(last.since, 'None is down at the end of the log, as far as it says')] : [];
  return [...none, ...down.map(sayDown), ...back.map(sayBack)].slice(0, MOST_CLAIMS);
};

const sayDown = ({ name, since, said }: State): Claim =>
  claim(since, `${quoted(name)} is ${said} since ${at(since).replace(/^(?:at|on) /, '')}, and nothing in the log says that it came back`);

const sayBack = ({ name, since, downAt }: State): Claim => {
  const [went, came] = [downAt ? clockIn(downAt.text) : null, clockIn(since.text)];
  const lasted = went !== null && came !== null && came >= went ? `, ${formatDuration((came - went) * 1000)} later` : '';
  return claim(since, `${quoted(name)} went down ${downAt ? at(downAt) : ''} and is back ${at(since)}${lasted}`);
};

const at = (hit: Hit): string => {
  const clock = clockIn(hit.text);
  return clock === null ? `on line ${formatCount(hit.line)}` : `at ${formatClock(clock)} (line ${formatCount(hit.line)})`;
};

const quoted = (name: string): string => `“${redactSecrets(name)}”`;

const claim = ({ line, text }: Hit, said: string): Claim => ({
  text: said,
  confidence: null,
  evidence: [{ pattern: null, lines: { from: line, to: line }, quote: quoteOf(redactSecrets(text)) }],
});

const readStates = async (text: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Map<string, State>> => {
  const states = new Map<string, State>();
  const decoder = new TextDecoder();
  let [rest, line] = ['', 0];
  const take = (raw: string): void => {
    line++;
    const told = raw.length <= LONGEST ? stateIn(raw) : null;
    if (!told) return;
    const hit = { line, text: raw };
    const known = states.get(told.name);
    if (!known && states.size >= MOST_NAMES) return;
    if (known?.isDown === told.isDown) return;
    states.set(told.name, { ...told, since: hit, downAt: told.isDown ? hit : (known?.downAt ?? null) });
  };
  for await (const bytes of text) {
    signal?.throwIfAborted();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const raw of lines) take(raw);
  }
  if (rest !== '') take(rest);
  return states;
};

const LONGEST = 2_000;

/** What a line says of one thing: that it is down, or that it is not. */
export const stateIn = (text: string): { name: string; isDown: boolean; said: string } | null => {
  if (!anyState.test(text)) return null;
  for (const form of forms) {
    const [, name = '', state = ''] = form.exec(text) ?? [];
    if (name === '' || notName.test(name)) continue;
    return { name: name.replace(/[,;:'"\])]+$/, ''), isDown: badState.test(state), said: state.toLowerCase() };
  }
  return null;
};

const bad = 'down|unreachable|offline|unavailable|unhealthy|dead|lost|disconnected|faulted|not[ _-]?ready|isolated|failed over|degraded';
const good = 'up|reachable|online|available|healthy|alive|ready|connected|recovered|reconnected|running|established';
const anyState = new RegExp(`(?:\\b|node)(?:${bad}|${good})\\b`, 'i');
const badState = new RegExp(`^(?:${bad})$`, 'i');
const state = `(?:node(?=not|ready))?(${bad}|${good})\\b(?!\\s*[:=])`;
const thing =
  '(?:server|node|host|peer|backend|broker|instance|member|replica|interface|link|target|service|upstream|pod|osd|device|neighbou?r|worker|site|endpoint|agent|gateway|tunnel|port|shard|disk|line protocol on interface)';
const turn =
  '(?:(?:is|are|was|has|now|marked|as|went|goes|became|becomes|changed|changes|change|state|status|to|from \\S+|considered|declared|back|went|again|transitioned|moved|->|=>|→|:|=|,):?)';

const forms = [
  // 'Server web/app2 is DOWN', 'Node db-3 marked as unreachable', 'Interface Gi0/1, changed state to down'.
  new RegExp(`\\b${thing}s?[ :=#]+["'[]?([\\w./:@-]+?)["'\\],]?,?(?: ${turn}){1,6} ["'[]?${state}`, 'i'),
  // 'db-3 is now unreachable'.
  new RegExp(`(?<![\\w./-])["'[]?([\\w-]*[\\d./:-][\\w./:-]*?)["'\\]]?(?: ${turn}){1,6} ["'[]?${state}`, 'i'),
];

const notName = /^(?:is|was|are|the|a|an|it|this|that|state|status|\d{1,2}:\d\d.*|\d+)$/i;
