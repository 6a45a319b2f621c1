import { createColors } from 'picocolors';
import type { Report, ReportChart, ReportItem, ReportSection, Tone } from '#src/core/report.ts';
import { cellsOf, fitCells, toCells, wrap } from './text-cells.ts';

export type DrawOptions = { colour: boolean; width: number };

type Paint = ReturnType<typeof createColors>;

/** A report for a terminal: bars, aligned and wrapped to `width` (40 at least). Without colour it is plain text, good for a file. */
export const drawReport = (report: Report, { colour, width }: DrawOptions): string => {
  const paint = createColors(colour);
  const room = Math.max(40, Math.floor(width));
  const blocks = [
    [...drawHeadline(report, room, paint), ...(report.subtitle ? wrap(toCells(report.subtitle), room).map(paint.dim) : [])],
    ...report.sections.map((section) => drawSection(section, room, paint)),
    report.charts.flatMap((chart) => drawChart(chart, room, paint)),
    report.facts.flatMap((fact) => wrap(toCells(fact), room).map(paint.dim)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

const toneWords: Record<Tone, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
  working: 'Working',
  failed: 'Failed',
  plain: '',
};

const tonePaint = (tone: Tone, paint: Paint) =>
  ({
    critical: paint.red,
    high: paint.red,
    medium: paint.yellow,
    low: paint.cyan,
    info: paint.green,
    working: paint.blue,
    failed: paint.red,
    plain: paint.dim,
  })[tone];

const drawHeadline = ({ headline, tone }: Report, room: number, paint: Paint): string[] => {
  const word = toneWords[tone];
  if (word === '') return wrap(toCells(headline), room).map(paint.bold);
  const [first = '', ...rest] = wrap(toCells(headline), room - word.length - 3);
  const indent = ' '.repeat(word.length + 3);
  return [
    `${paint.bold(tonePaint(tone, paint)(word))} ${paint.dim('·')} ${paint.bold(first)}`,
    ...rest.map((line) => indent + paint.bold(line)),
  ];
};

const drawSection = ({ title, items, ordered }: ReportSection, room: number, paint: Paint): string[] => {
  const labels = Math.min(24, Math.max(0, ...items.map(({ label }) => (label ? cellsOf(toCells(label)) : 0))));
  const counts = Math.max(0, ...items.map(({ count }) => (count === undefined ? 0 : sayCount(count).length)));
  const columns = { labels, counts };
  return [paint.bold(toCells(title)), ...items.flatMap((item, at) => drawItem(item, ordered ? `${at + 1}.` : '•', columns, room, paint))];
};

const sayCount = (count: number): string => `${count.toLocaleString('en-US')}×`;

/** Widths in front of the text, so that numbers stand below numbers. */
type Columns = { labels: number; counts: number };

const drawItem = (item: ReportItem, mark: string, { labels, counts }: Columns, room: number, paint: Paint): string[] => {
  const count = counts === 0 ? '' : `${(item.count === undefined ? '' : sayCount(item.count)).padStart(counts)} `;
  const label = count + (labels === 0 ? '' : `${fitCells(toCells(item.label ?? ''), labels)} `);
  const hang = 2 + mark.length + 1 + cellsOf(label);
  // References stay together at the end of the text; they wrap with it.
  const marks = [...(item.channel ? [item.channel] : []), ...(item.links ?? []).map(({ text }) => text), ...(item.refs ?? [])];
  const refs = marks.length > 0 ? `${item.text === '' ? '' : '  '}${marks.map(toCells).join(' ')}` : '';
  const lines = wrap(toCells(item.text) + refs, Math.max(16, room - hang));
  const shown = lines.map((line, at) =>
    at === lines.length - 1 && refs && line.endsWith(refs.trim())
      ? line.slice(0, line.length - refs.trim().length) + paint.cyan(refs.trim())
      : line,
  );
  const quote = item.quote
    ? item.quote
        .split('\n')
        .flatMap((line) => wrap(toCells(line), Math.max(16, room - hang - 2)).slice(0, LINES_OF_ONE))
        .slice(0, MOST_LINES)
        .map((line) => `${' '.repeat(hang)}${paint.dim('│')} ${paint.dim(line)}`)
    : [];
  return [
    ...shown.map((line, at) => (at === 0 ? `  ${paint.dim(mark)} ${paint.yellow(label)}${line}` : ' '.repeat(hang) + line)),
    ...quote,
  ];
};

const LINES_OF_ONE = 4;
const MOST_LINES = 16;

const bars = '▁▂▃▄▅▆▇█';

const drawChart = ({ label, values }: ReportChart, room: number, paint: Paint): string[] => {
  const name = toCells(label);
  const inOneLine = room - cellsOf(name) - 2 >= Math.min(values.length, 20);
  const drawn = drawBars(values, inOneLine ? room - cellsOf(name) - 2 : room);
  return inOneLine ? [`${name}  ${paint.yellow(drawn)}`] : [name, paint.yellow(drawn)];
};

/** Wider than the room: neighbours are joined, each bar showing the highest of its values, so that no peak is lost. */
const drawBars = (values: number[], room: number): string => {
  const finite = values.map((value) => (Number.isFinite(value) && value > 0 ? value : 0));
  const width = Math.max(1, Math.min(finite.length, room));
  const columns = Array.from({ length: width }, (_, at) =>
    Math.max(0, ...finite.slice(Math.floor((at * finite.length) / width), Math.floor(((at + 1) * finite.length) / width))),
  );
  const highest = Math.max(...columns);
  // Anything above nothing is at least one step higher than nothing.
  return columns
    .map((value) => bars[value === 0 || highest === 0 ? 0 : Math.max(1, Math.round((value / highest) * (bars.length - 1)))])
    .join('');
};
