import type { Category } from '#db/entities/category.ts';
import type { TriageAdvice } from '#db/entities/triage-advice.ts';
import type { Report, ReportItem, ReportSection } from '#src/core/report.ts';

const MOST_NAMED = 8;

/** What the admins' channel is shown of a week's advice. */
export const adviceReport = ({ week, content }: TriageAdvice, categories: readonly Pick<Category, 'id' | 'name'>[]): Report => {
  const name = (id: string): string => categories.find((category) => category.id === id)?.name ?? 'a category that is gone';
  const sections: ReportSection[] = [
    { title: 'A better threshold', items: thresholdItems(content) },
    { title: 'Hard to tell apart', items: content.overlaps.map((overlap) => overlapItem(overlap, name)) },
    { title: 'Maybe a category of their own', items: content.clusters.map(clusterItem) },
    {
      title: 'Nothing came in for four weeks',
      items: content.unused.length > 0 ? [{ text: `${content.unused.map(name).join(', ')}. Retire what nobody needs.` }] : [],
    },
    {
      title: 'The mix has changed',
      items: (content.drift?.moved ?? []).map(({ categoryId, before, now }) => ({
        text: `${name(categoryId)}: ${percent(before)} of all tickets → ${percent(now)}`,
      })),
    },
    {
      title: 'Suggests only, since this week',
      items: content.demoted.map((id) => ({ text: `${name(id)} was right less often than its target. Trust it again when it is.` })),
    },
  ].filter(({ items }) => items.length > 0);
  const hints = sections.reduce((sum, { items }) => sum + items.length, 0);
  return {
    headline:
      hints === 0 ? 'Nothing to mend among the categories' : `${hints} ${hints === 1 ? 'hint' : 'hints'} about the categories of tickets`,
    tone: 'info',
    subtitle: `week of ${week} · ${count(content.tickets, 'ticket')} in four weeks${content.decided > 0 ? ` · ${toldOf(content)}` : ''}`,
    sections: [...sections, ...accuracySection(content, name)],
    charts: [],
    facts: [],
    actions: [],
  };
};

type Content = TriageAdvice['content'];

/** What people were told, not only what stood first: of what it abstained on nobody heard anything. */
const toldOf = ({ told, decided, right }: Content): string => {
  if (!told) return `${percent(right / decided)} of ${decided} foretold right`;
  const left =
    told.abstained > 0 ? `, ${percent(told.abstained)} left to people; the right category stood first for ${percent(right / decided)}` : '';
  return `of ${decided} that people decided, ${percent(told.right)} were told right, ${percent(told.wrong)} wrong${left}`;
};

const thresholdItems = ({ told, betterThreshold: better }: Content): ReportItem[] =>
  told && better
    ? [
        {
          text: `With a threshold of ${better.threshold.toFixed(2)} instead of ${told.threshold.toFixed(2)}, ${percent(better.right)} would have been told right and ${percent(better.wrong)} wrong. It is a setting (/aiops settings).`,
        },
      ]
    : [];

const overlapItem = (
  { categoryIds: [one, other], mistaken, describedAlike }: Content['overlaps'][number],
  name: (id: string) => string,
) => ({
  text: `${[name(one), name(other)].sort().join(' and ')}: ${[
    ...(mistaken > 0 ? [`${count(mistaken, 'ticket')} mistaken for the other`] : []),
    ...(describedAlike ? ['their descriptions are alike'] : []),
  ].join(', ')}. Say in the descriptions what sets them apart, or make them one.`,
});

const clusterItem = ({ words, numbers }: Content['clusters'][number]): ReportItem => ({
  text: `${numbers.length} unsure ones${words.length > 0 ? ` about ${words.map((word) => `“${word}”`).join(', ')}` : ''}: ${numbers
    .slice(0, MOST_NAMED)
    .map((number) => `T-${number}`)
    .join(', ')}${numbers.length > MOST_NAMED ? ` and ${numbers.length - MOST_NAMED} more` : ''}`,
});

const accuracySection = ({ perCategory }: Content, name: (id: string) => string): ReportSection[] =>
  perCategory.length === 0
    ? []
    : [
        {
          title: 'How often foretold right, and how many of its own found',
          items: perCategory.slice(0, 12).map(({ categoryId, tickets, precision, recall }) => ({
            text: `${name(categoryId)}: ${share(precision)} right · ${share(recall)} of ${tickets} found`,
          })),
        },
      ];

const share = (value: number | null): string => (value === null ? 'none' : percent(value));
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
