import type { Button, KnownBlock, StaticSelect } from '@slack/web-api';
import type { Report, ReportAction, ReportChart, ReportItem, ReportLink, ReportSection, Tone } from '#src/core/report.ts';
import { context, fence, MAX_SECTION, more, section } from './block-parts.ts';
import { cut, escapeMrkdwn, flatten, prose, verbatim } from './mrkdwn.ts';

/** A message's blocks, and what shows where blocks do not (notifications, screen readers, refused blocks). */
export type Drawing = { text: string; blocks: KnownBlock[] };

/**
 * Draws a report within Slack's limits (https://docs.slack.dev/reference/block-kit/blocks). Pure. Everything in a report is
 * plain text from logs and models: nothing in it can mention or format, and links are those of its `links`.
 */
export const drawReport = (report: Report): Drawing => {
  const head = [drawHeadline(report), ...drawSmall(report.subtitle ? [report.subtitle] : []), ...drawWith(report)];
  const tail = [...drawCharts(report.charts), ...drawSmall(report.facts), ...drawActions(report.actions)];
  const room = { characters: MAX_CHARACTERS - sizeOf([...head, ...tail]), blocks: MAX_BLOCKS - head.length - tail.length };
  return { text: drawFallback(report), blocks: [...head, ...drawSections(report.sections, room), ...tail] };
};

// Slack's own limits, and one of ours: about 13,200 characters of blocks are refused (msg_blocks_too_long), undocumented.
const MAX_BLOCKS = 50;
const MAX_CHARACTERS = 11_500;
const MAX_HEADER = 150;
const MAX_FALLBACK = 3_500;
const MAX_BUTTONS = 25;
const MAX_BUTTON_TEXT = 75;
const MAX_VALUE = 2_000;
const MAX_OPTIONS = 100;
const MAX_OPTION_VALUE = 150;
const MAX_BLOCK_ID = 255;
// Ours: no single item may crowd out the others.
const MAX_ITEM = 1_200;
const MAX_QUOTE = 600;
const MAX_ADDRESS = 500;
const MAX_SMALL = 1_500;
const MAX_CHARTS = 3;
const MAX_BARS = 60;

const SIGNS: Record<Tone, string> = {
  critical: '🔴 ',
  high: '🟠 ',
  medium: '🟡 ',
  low: '🟢 ',
  info: '🔵 ',
  working: '⏳ ',
  failed: '❌ ',
  plain: '',
};

const drawHeadline = ({ by, headline, notify = '', tone }: Report): KnownBlock => {
  if (by) return section(`${mention(by)} ${cut(prose(headline), MAX_ITEM)}`);
  const told = call(notify);
  if (told) return section(`${SIGNS[tone]}*${cut(prose(headline), MAX_ITEM)}* ${told}`);
  const text = `${SIGNS[tone]}${flatten(headline)}`;
  // Slack does not say what a header does with entities: what would need escaping goes where the rules are known.
  if (text.length <= MAX_HEADER && !/[&<>]/.test(text)) return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
  return section(`${SIGNS[tone]}*${cut(prose(headline), MAX_ITEM)}*`);
};

const drawWith = ({ withUser, askedBy, done }: Report): KnownBlock[] => {
  const people = [
    ...(askedBy ? [`asked by ${mention(askedBy)}`] : []),
    ...(withUser ? [`with ${mention(withUser)}`] : []),
    ...(done ? [`${prose(done.word)} by ${mention(done.by)}`] : []),
  ];
  return people.length > 0 ? [context(people.join(' · '))] : [];
};

// The only mentions there are: of the person who asked, of who has it or closed it, and of whoever the settings name; by ids that can be nothing else.
const mention = (user: string): string => (isUser(user) ? `<@${user}>` : prose(`@${user}`));
const call = (id: string): string => (isUser(id) ? `<@${id}>` : /^S[A-Z0-9]{1,20}$/.test(id) ? `<!subteam^${id}>` : '');
const isUser = (id: string): boolean => /^[UW][A-Z0-9]{1,20}$/.test(id);

const drawSections = (sections: ReportSection[], room: { characters: number; blocks: number }): KnownBlock[] => {
  const blocks: KnownBlock[] = [];
  let { characters } = room;
  let left = sections.reduce((count, { items }) => count + items.length, 0);
  const full = () => blocks.length + 2 > room.blocks;
  for (const { title, items, ordered } of sections) {
    if (items.length === 0) continue;
    let text = `*${cut(prose(title), 200)}*`;
    const close = () => {
      blocks.push(section(text));
      text = '';
    };
    const counts = Math.max(0, ...items.map(({ count }) => (count === undefined ? 0 : sayCount(count).length)));
    for (const [index, item] of items.entries()) {
      const line = drawItem(item, ordered ? `${index + 1}.` : '•', counts);
      if (text.length + line.length + 1 > MAX_SECTION) close();
      // JSON is what Slack counts at its strictest: quotes, backslashes and line ends weigh double there.
      const weight = JSON.stringify(line).length + (text === '' ? BLOCK_WEIGHT : 0) + (index === 0 ? title.length + BLOCK_WEIGHT : 0);
      if (full() || weight > characters - MORE_WEIGHT) {
        if (index > 0 && text) close();
        return [...blocks, ...drawSmall([more(left)])];
      }
      characters -= weight;
      left--;
      text = text ? `${text}\n${line}` : line;
    }
    if (text) close();
  }
  return blocks;
};

const BLOCK_WEIGHT = 90;
const MORE_WEIGHT = 150;

const drawItem = ({ text, label, count, refs, links, channel, quote }: ReportItem, bullet: string, counts: number): string => {
  // A figure space is as wide as a digit, and is not thrown away.
  const number = counts === 0 ? '' : `\`${(count === undefined ? '' : sayCount(count)).padStart(counts, '\u2007')}\``;
  const words = [
    bullet,
    number,
    label ? `_${cut(prose(label), 60)}_:` : '',
    cut(prose(text), MAX_ITEM),
    drawChannel(channel),
    drawLinks(links),
    drawRefs(refs),
  ]
    .filter((part) => part !== '')
    .join(' ');
  return quote ? `${words}\n${fence(cut(verbatim(quote), MAX_QUOTE))}` : words;
};

const sayCount = (count: number): string => `${count.toLocaleString('en-US')}×`;

const drawRefs = (refs: string[] = []): string => {
  const shown = refs.slice(0, 8).map((ref) => `\`${cut(verbatim(flatten(ref)).replaceAll('`', 'ˋ'), 60)}\``);
  return refs.length > shown.length ? `${shown.join(' ')} +${refs.length - shown.length}` : shown.join(' ');
};

/** Of an id that can be nothing else. */
const drawChannel = (id = ''): string => (/^[CG][A-Z0-9]{1,20}$/.test(id) ? `<#${id}>` : prose(id));

const drawLinks = (links: ReportLink[] = []): string => {
  const shown = links.slice(0, 8).map(({ text, url }) => {
    const address = toAddress(url);
    const words = cut(prose(text), 60);
    return address ? `<${address}|${words.replaceAll('|', '∣')}>` : words;
  });
  return links.length > shown.length ? `${shown.join(' ')} +${links.length - shown.length}` : shown.join(' ');
};

// A web address and nothing else, without what would end the link early.
const toAddress = (url: string): string | null => {
  const parsed = URL.canParse(url) && url.length <= MAX_ADDRESS ? new URL(url) : null;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return null;
  return escapeMrkdwn(parsed.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
};

const drawCharts = (charts: ReportChart[]): KnownBlock[] => {
  const lines = charts
    .slice(0, MAX_CHARTS)
    .filter(({ values }) => values.length > 0)
    .map(({ label, values }) => `${cut(prose(label), 120)}  \`${drawBars(values)}\``);
  return lines.length > 0 ? [context(lines.join('\n'))] : [];
};

const BARS = '▁▂▃▄▅▆▇█';

/** One bar a value, the tallest for the largest; neighbours are merged by their maximum when there are too many. */
export const drawBars = (values: number[]): string => {
  const perBar = Math.ceil(values.length / MAX_BARS);
  const merged = Array.from({ length: Math.ceil(values.length / perBar) }, (_, index) =>
    Math.max(0, ...values.slice(index * perBar, (index + 1) * perBar)),
  );
  const most = Math.max(...merged);
  return merged.map((value) => BARS[most > 0 ? Math.min(7, Math.ceil((value / most) * 7)) : 0]).join('');
};

const drawSmall = (lines: string[]): KnownBlock[] => {
  const kept: string[] = [];
  let room = MAX_SMALL;
  for (const line of lines.map((each) => cut(prose(each), 500))) {
    if ((room -= line.length + 1) < 0) break;
    kept.push(line);
  }
  if (kept.length < lines.length) kept.push(more(lines.length - kept.length));
  return kept.length > 0 ? [context(kept.join('\n'))] : [];
};

const drawActions = (all: ReportAction[]): KnownBlock[] => {
  const actions = all.filter(({ people }) => !people);
  // A value that does not fit would be half an id: such a button is left out.
  const fitting = actions.filter(({ value }) => value.length <= MAX_VALUE).slice(0, MAX_BUTTONS);
  const buttons = drawnWithin(fitting.filter(({ options }) => !options).map(drawButton), MAX_BUTTONS_WEIGHT);
  let room = MAX_ACTIONS_WEIGHT - weightOf(buttons);
  // Short menus first: a long one takes what they leave.
  const menus = fitting
    .filter(({ options }) => options)
    .sort((a, b) => (a.options?.length ?? 0) - (b.options?.length ?? 0))
    .flatMap((action) => {
      const menu = drawMenu(action, room);
      room -= menu ? weightOf([menu]) : 0;
      return menu ?? [];
    });
  const drawn = new Map<string, ActionElement[]>();
  for (const element of [...buttons, ...menus]) drawn.set(element.action_id, [...(drawn.get(element.action_id) ?? []), element]);
  const elements = fitting.flatMap(({ id }) => drawn.get(id)?.splice(0, 1) ?? []);
  const rows: KnownBlock[] = elements.length > 0 ? [{ type: 'actions', elements: numbered(elements) }] : [];
  return [...rows, ...all.filter(({ people, value }) => people && value.length <= MAX_BLOCK_ID).map(drawPeople)];
};

/** Slack gives back who was chosen and nothing about what; that stands in the name of the block. */
const drawPeople = ({ id, label, value }: ReportAction): KnownBlock => ({
  type: 'actions',
  block_id: value,
  elements: [{ type: 'users_select', action_id: id, placeholder: { type: 'plain_text', text: cut(flatten(label), MAX_BUTTON_TEXT) } }],
});

type ActionElement = (Button | StaticSelect) & { action_id: string };

const drawButton = ({ id, label, value, primary }: ReportAction): Button & { action_id: string } => ({
  type: 'button',
  action_id: id,
  text: { type: 'plain_text', text: cut(flatten(label), MAX_BUTTON_TEXT) },
  value,
  ...(id === 'cancel' ? { style: 'danger' } : primary ? { style: 'primary' } : {}),
});

/** As many options as there is room for, the first ones, and where that is not all of them the way to the others. Null when not one fits. */
const drawMenu = ({ id, label, options = [], rest }: ReportAction, room: number): ActionElement | null => {
  const menu = {
    type: 'static_select' as const,
    action_id: id,
    placeholder: { type: 'plain_text' as const, text: cut(flatten(label), MAX_BUTTON_TEXT) },
  };
  const drawn = options
    .filter(({ value, label: text }) => value.length <= MAX_OPTION_VALUE && flatten(text) !== '')
    .slice(0, MAX_OPTIONS)
    .map(({ label: text, value }) => ({ text: { type: 'plain_text' as const, text: cut(flatten(text), MAX_BUTTON_TEXT) }, value }));
  const left = room - weightOf([menu]);
  let kept = drawnWithin(drawn, left);
  if (rest && kept.length < options.length) {
    const last = { text: { type: 'plain_text' as const, text: 'More …' }, value: rest };
    kept = [...drawnWithin(drawn.slice(0, MAX_OPTIONS - 1), left - weightOf([last])), last];
  }
  return kept.length > 0 ? { ...menu, options: kept } : null;
};

const drawnWithin = <Drawn>(all: Drawn[], room: number): Drawn[] => {
  let weight = 0;
  return all.filter((each) => (weight += weightOf([each])) <= room);
};

const weightOf = (all: unknown[]): number => all.reduce<number>((weight, each) => weight + JSON.stringify(each).length, 0);

/** Slack wants every action id once in a block; the suffix is taken off again in register.ts. */
const numbered = (elements: ActionElement[]): ActionElement[] => {
  const seen = new Map<string, number>();
  return elements.map((element) => {
    const nth = (seen.get(element.action_id) ?? 0) + 1;
    seen.set(element.action_id, nth);
    return nth === 1 ? element : { ...element, action_id: `${element.action_id}:${nth}` };
  });
};

// Whether Slack counts what is inside a menu is not known; so it is counted here.
const MAX_BUTTONS_WEIGHT = 4_000;
const MAX_ACTIONS_WEIGHT = 6_500;

const drawFallback = ({ by, headline, notify = '', tone, subtitle, sections }: Report): string => {
  const items = sections.flatMap(({ title, items }) => [
    prose(title),
    ...items.map(({ text, label, refs = [], links = [], channel }) => {
      const from = [...links.map((link) => link.text), ...refs];
      const line = prose(`• ${label ? `${flatten(label)}: ` : ''}${flatten(text)}${from.length > 0 ? ` (${from.join(', ')})` : ''}`);
      return channel ? `${line} ${drawChannel(channel)}` : line;
    }),
  ]);
  const first = `${by ? `${mention(by)} ` : SIGNS[tone]}${prose(headline)} ${by ? '' : call(notify)}`.trimEnd();
  return cut([first, ...(subtitle ? [prose(subtitle)] : []), ...items].join('\n'), MAX_FALLBACK);
};

const sizeOf = (blocks: KnownBlock[]): number => JSON.stringify(blocks).length;
