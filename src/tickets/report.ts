import type { Category } from '#db/entities/category.ts';
import type { Priority, Ticket, TicketPrediction } from '#db/entities/ticket.ts';
import type { Report, ReportAction, ReportSection, Tone } from '#src/core/report.ts';
import { userOf } from './telling/note.ts';
import { whereSaid } from './telling/where-said.ts';
import { isOver, isUnconfirmed, isWaiting } from './ticket-state.ts';
import { MAX_BODY } from './ticket-title.ts';

export type TicketReportInput = {
  ticket: Ticket;
  categories: readonly Category[];
  /** The ticket this one was merged into, and those that look like it, as far as they are still there; a title only where it may be read. */
  mergedInto: Pick<Ticket, 'number' | 'state'> | null;
  lookAlikes: readonly (Pick<Ticket, 'id' | 'number' | 'state' | 'createdAt'> & { title: string | null })[];
  /** It comes from a channel that is restricted, or that not everybody reads, and this is another: its words stay there. */
  hidden: 'restricted' | 'private' | null;
  /** Where it was said, for a message that stands elsewhere. */
  thread: string | null;
  /** Who sees it though nobody confirmed it yet, as it may be critical; null where that is nobody. */
  toldAtOnce: string | null;
  now: Date;
  /** Of the workspace's business hours: the clock that times are told by. */
  timeZone: string;
};

const tones: Record<Priority, Tone> = { P1: 'critical', P2: 'high', P3: 'medium', P4: 'low' };
const priorityWords: Record<Priority, string> = { P1: 'P1 critical', P2: 'P2 high', P3: 'P3 normal', P4: 'P4 low' };

const hiddenWords = {
  restricted: 'from a restricted channel: its words stay there',
  private: 'said where not everybody reads: its words stay there',
};

/** What a thread, or a team's channel, shows about a ticket now. */
export const ticketReport = (input: TicketReportInput): Report => {
  const { ticket } = input;
  return {
    headline: headlineOf(input),
    ...(userOf(ticket.assignee) && !isOver(ticket.state) ? { withUser: userOf(ticket.assignee) as string } : {}),
    ...(input.hidden && userOf(ticket.reporter) ? { askedBy: userOf(ticket.reporter) as string } : {}),
    tone: ticket.failure ? 'failed' : ticket.state === 'NEW' ? 'working' : isOver(ticket.state) ? 'info' : tones[ticket.priority ?? 'P3'],
    subtitle: `${input.hidden ? hiddenWords[input.hidden] : ticket.title}${
      ticket.dueAt && isWaiting(ticket.state) ? ` · answer by ${clock(ticket.dueAt, input.timeZone)}` : ''
    }`,
    sections: [...(input.hidden ? [] : sectionsOf(input)), ...whereSaid(input.thread, ticket.number)],
    charts: [],
    facts: factsOf(input),
    actions: actionsOf(input),
  };
};

const nameOf = ({ categories }: TicketReportInput, id: string | null | undefined): string | null =>
  categories.find((category) => category.id === id)?.name ?? null;

const headlineOf = (input: TicketReportInput): string => {
  const { ticket } = input;
  const number = `T-${ticket.number}`;
  const category = categoryOf(input);
  const where = category ? `${category.name} → ${category.team}` : 'no category yet';
  const priority = priorityIn(ticket);
  switch (ticket.state) {
    case 'NEW':
      return `${number} is being looked at${priority}`;
    case 'SUGGESTED':
      return `${number} looks like ${nameOf(input, ticket.prediction?.categoryId) ?? 'something'}${priority}`;
    case 'NEEDS_HUMAN':
      return ticket.prediction?.notATicketLike ? `${number} may not be a ticket` : `${number} needs a human${priority}`;
    case 'ROUTED':
      return `${number} · ${where}${priority}`;
    case 'TAKEN':
      return `${number} is being worked on · ${where}${priority}`;
    case 'SNOOZED':
      return `${number} sleeps until ${ticket.snoozedUntil ? clock(ticket.snoozedUntil, input.timeZone) : 'later'} · ${where}`;
    case 'RESOLVED':
      return `${number} is resolved`;
    case 'MERGED':
      return input.mergedInto
        ? `${number} is the same as T-${input.mergedInto.number}${input.mergedInto.state === 'RESOLVED' ? ', which is resolved now' : ''}`
        : `${number} was merged`;
    case 'WITHDRAWN':
      return `${number} was withdrawn`;
    case 'NOT_A_TICKET':
      return `${number} is not a ticket`;
  }
};

/** A P1 that nobody has confirmed calls people: it says that it is a suggestion. */
const priorityIn = (ticket: Ticket): string => {
  if (isUnconfirmed(ticket)) return ` · suggested ${priorityWords.P1}, not confirmed yet`;
  return ticket.priority ? ` · ${priorityWords[ticket.priority]}` : '';
};

const categoryOf = ({ ticket, categories }: TicketReportInput): Category | null =>
  categories.find(({ id }) => id === ticket.categoryId) ?? null;

const sectionsOf = (input: TicketReportInput): ReportSection[] => {
  const { ticket, lookAlikes, now } = input;
  const { prediction } = ticket;
  if (!prediction || isOver(ticket.state)) return [];
  const sections: ReportSection[] = [];
  const decided = ticket.categoryBy === 'PERSON';
  if (!decided)
    sections.push({
      title: prediction.abstained ? 'Not sure enough' : 'Why',
      items: [{ text: whyOf(input), ...(prediction.abstained ? {} : { label: percent(prediction.probability) }) }],
    });
  const priority = priorityWhy(input, prediction);
  if (ticket.priorityBy === 'MODEL' && priority) sections.push({ title: 'Priority', items: [{ text: priority }] });
  const alike = prediction.lookAlikes.flatMap(({ ticketId, duplicate, score }) => {
    const other = lookAlikes.find(({ id }) => id === ticketId);
    return other && (duplicate || score >= 0.3) ? [{ other, duplicate }] : [];
  });
  if (alike.length > 0)
    sections.push({
      title: 'Looks like',
      items: alike.slice(0, 3).map(({ other, duplicate }) => ({
        text: `T-${other.number} (${stateWord(other.state)}, ${ageOf(other.createdAt, now)})${other.title === null ? '' : `: ${other.title}`}`,
        ...(duplicate ? { label: 'same?' } : {}),
      })),
    });
  if (ticket.fields.length > 0)
    sections.push({
      title: 'Found in the text',
      items: [
        {
          text: ticket.fields
            .slice(0, 8)
            .map(({ kind, value }) => `${kind} ${value}`)
            .join(' · '),
        },
      ],
    });
  return sections;
};

const priorityWhy = (input: TicketReportInput, prediction: TicketPrediction): string | null => {
  const { priorityLike, priorityWords: words, priorityReasons, priorityUsualOf } = prediction;
  if (priorityLike) return `as of T-${priorityLike}, where a person set it`;
  if (priorityUsualOf) return `usual for ${nameOf(input, priorityUsualOf) ?? 'its category'}: no word speaks of impact or urgency`;
  // What was foretold before there were reasons has words only.
  if (!priorityReasons) return words.length > 0 ? `because of ${words.map((word) => `“${word}”`).join(', ')}` : null;
  const moved = (way: string, raises: boolean): string[] => {
    const some = priorityReasons.filter((one) => one.raises === raises).map(({ quote, says }) => `“${quote}” (${says})`);
    return some.length > 0 ? [`${way} by ${some.join(', ')}`] : [];
  };
  return [...moved('raised', true), ...moved('lowered', false)].join('; ') || null;
};

const whyOf = (input: TicketReportInput): string => {
  const { prediction } = input.ticket;
  if (!prediction) return '';
  const others = prediction.alternatives.map(
    ({ categoryId, probability }) => `${nameOf(input, categoryId) ?? 'a retired category'} ${percent(probability)}`,
  );
  if (prediction.notATicketLike || prediction.disputed) return prediction.reason;
  // What is hardly possible is in the menu and in the API; in the message it is noise.
  const likely = others.filter((_, place) => (prediction.alternatives[place]?.probability ?? 0) >= WORTH_NAMING);
  if (prediction.abstained) return `most likely ${others.slice(0, 2).join(' or ')}. ${prediction.reason}`;
  return `${prediction.reason}${likely.length > 0 ? ` Otherwise ${likely.join(', ')}.` : ''}`;
};

const WORTH_NAMING = 0.05;

const factsOf = (input: TicketReportInput): string[] => {
  const { ticket } = input;
  const facts: string[] = [];
  if (input.toldAtOnce) facts.push(`shown to ${input.toldAtOnce} at once, before anybody confirmed it, as it may be critical`);
  facts.push(...changeFacts(input));
  facts.push(...engineFacts(ticket));
  if (ticket.body.length >= MAX_BODY && !input.hidden)
    facts.push(`only the first ${MAX_BODY.toLocaleString('en-US')} characters of its text are kept`);
  if (ticket.unreadFiles.length > 0 && !input.hidden && !isOver(ticket.state)) facts.push(unreadFact(ticket.unreadFiles));
  if (ticket.failure) facts.push(`${ticket.failure.message} (${ticket.failure.id})`);
  if (ticket.state === 'WITHDRAWN') facts.push('the emoji was taken back; put it there again to have the ticket back');
  if (ticket.categoryBy === 'PERSON') facts.push('a person chose the category');
  if (ticket.assignee && !userOf(ticket.assignee)) facts.push(`with ${ticket.assignee}`);
  return facts;
};

const FILES_NAMED = 3;

const unreadFact = (files: readonly string[]): string => {
  const more = files.length - FILES_NAMED;
  const named = files.slice(0, FILES_NAMED).join(', ');
  return `read without ${more > 0 ? `${named} and ${more} more files` : named}: only text can be read`;
};

/** What more words in the thread changed: an edit alone would slip it in. */
const changeFacts = (input: TicketReportInput): string[] => {
  const { categoryBy, priorityBy, prediction, state } = input.ticket;
  if (!prediction || isOver(state)) return [];
  const { changedFrom, priorityFrom } = prediction;
  const before = [
    ...(categoryBy === 'PERSON' || changedFrom === undefined
      ? []
      : [changedFrom ? `was ${nameOf(input, changedFrom) ?? 'a retired category'}` : 'needed a human']),
    ...(priorityBy === 'PERSON' || !priorityFrom ? [] : [`was ${priorityWords[priorityFrom]}`]),
  ];
  return before.length > 0 ? [`looked at again after more was said; before, it ${before.join(' and ')}`] : [];
};

/** Where a remote engine did not have its usual say. */
const engineFacts = ({ prediction, categoryBy, state }: Ticket): string[] => {
  if (!prediction || categoryBy === 'PERSON' || isOver(state)) return [];
  return [
    ...(prediction.priorityUnread ? ['what speaks to whoever sorts it was not read'] : []),
    ...(prediction.engineLeftOut === 'INSTRUCTS' ? ['not shown to the engine: the text speaks to whoever sorts it'] : []),
    ...(prediction.engineLeftOut === 'BUDGET' ? ['today’s budget for the engine is used up, so it was not asked'] : []),
    ...(prediction.engineLeftOut === 'UNSTABLE' ? ['the engine’s word does not count: asked in another way, it said something else'] : []),
    ...(prediction.engineAlone && state === 'SUGGESTED' ? ['only the engine says so, so it is suggested and not applied'] : []),
  ];
};

const actionsOf = (input: TicketReportInput): ReportAction[] => {
  const { ticket, categories } = input;
  const about = (more: Record<string, string> = {}): string => JSON.stringify({ id: ticket.id, ...more });
  if (isOver(ticket.state)) return ticket.state === 'WITHDRAWN' ? [] : [{ id: 'ticket_reopen', label: 'Reopen', value: about() }];
  const open = categories.filter(({ retiredAt }) => !retiredAt);
  // Also of one that somebody took, or put to sleep, before anybody said what it is.
  const undecided = !ticket.categoryId;
  const suggested = undecided && ticket.state !== 'NEEDS_HUMAN' ? open.find(({ id }) => id === ticket.prediction?.categoryId) : undefined;
  const likely =
    undecided && !suggested
      ? [
          ...(ticket.prediction?.categoryId ? [{ categoryId: ticket.prediction.categoryId }] : []),
          ...(ticket.prediction?.alternatives ?? []),
        ]
          .slice(0, 2)
          .flatMap(({ categoryId }) => open.filter(({ id }) => id === categoryId))
      : [];
  const duplicate = ticket.prediction?.lookAlikes.find((alike) => alike.duplicate);
  // Who leaves what was applied has said nothing yet; the first of the menu says it by a tap.
  const right = ticket.categoryBy === 'MODEL' ? open.filter(({ id }) => id === ticket.categoryId) : [];
  const chosen = ticket.categoryBy === 'PERSON' ? ticket.categoryId : suggested?.id;
  const choose: ReportAction = {
    id: 'ticket_category',
    label: ticket.categoryId || suggested ? 'Wrong category' : 'Choose a category',
    value: about(),
    options: [...new Set([...right, ...likeliestFirst(open, ticket).filter(({ id }) => id !== chosen)])].map((category) => ({
      label: right.includes(category) ? `No, ${category.name} is right` : category.name,
      value: about({ categoryId: category.id }),
    })),
    rest: about({ all: 'categories' }),
  };
  const take: ReportAction = ticket.assignee
    ? { id: 'ticket_take_over', label: 'Take over', value: about() }
    : { id: 'ticket_take', label: 'Take', value: about() };
  const foretoldNone = ticket.state === 'NEEDS_HUMAN' && ticket.prediction?.notATicketLike !== undefined;
  const not: ReportAction = { id: 'ticket_not', label: 'Not a ticket', value: about(), ...(foretoldNone ? { primary: true } : {}) };
  // While it is being looked at, people can be first.
  if (ticket.state === 'NEW') return [take, choose, not];
  return [
    ...(foretoldNone ? [not] : []),
    ...(suggested
      ? [{ id: 'ticket_confirm', label: `Yes, ${suggested.name}`, value: about({ categoryId: suggested.id }), primary: true }]
      : []),
    ...likely.map(({ id, name }) => ({ id: 'ticket_confirm', label: name, value: about({ categoryId: id }) })),
    choose,
    {
      id: 'ticket_priority',
      label: 'Priority',
      value: about(),
      options: (Object.keys(priorityWords) as Priority[]).map((priority) => ({
        label: priorityWords[priority],
        value: about({ priority }),
      })),
    },
    ...(duplicate ? [{ id: 'ticket_merge', label: `Same as T-${duplicate.number}`, value: about({ intoId: duplicate.ticketId }) }] : []),
    take,
    { id: 'ticket_resolve', label: 'Resolve', value: about() },
    {
      id: 'ticket_more',
      label: 'More',
      value: about(),
      options: [
        { label: 'Merge …', value: about({ do: 'MERGE' }) },
        { label: 'Snooze an hour', value: JSON.stringify({ id: ticket.id, do: 'SNOOZE', hours: 1 }) },
        { label: 'Snooze a day', value: about({ do: 'SNOOZE' }) },
        { label: 'Snooze until …', value: about({ do: 'SNOOZE_UNTIL' }) },
        ...(ticket.state === 'TAKEN' ? [{ label: 'Give back', value: about({ do: 'RETURN' }) }] : []),
        ...(ticket.state === 'SNOOZED' ? [{ label: 'Wake up', value: about({ do: 'RETURN' }) }] : []),
      ],
    },
    ...(foretoldNone ? [] : [not]),
    { id: 'ticket_assign', label: 'Assign to …', value: about(), people: true },
  ];
};

/** What triage thought of as well, then the others by name. */
const likeliestFirst = (open: readonly Category[], { prediction }: Ticket): Category[] => {
  const thought = (prediction?.alternatives ?? []).flatMap(({ categoryId }) => open.filter(({ id }) => id === categoryId));
  return [...new Set([...thought, ...open])];
};

const stateWord = (state: Ticket['state']): string => (isOver(state) ? state.toLowerCase().replaceAll('_', ' ') : 'open');

/** How long ago, in words. */
export const ageOf = (since: Date, now: Date): string => {
  const hours = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 3_600_000));
  if (hours < 1) return 'just now';
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `${Math.floor(hours / 24)} days`;
};

// Never rounded up to a threshold it did not reach.
const percent = (share: number): string => `${Math.floor(share * 100 + 1e-6)} %`;

// Sweden writes dates as ISO 8601 does.
const clock = (at: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))} ${timeZone}`;
