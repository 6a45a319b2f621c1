import type { LabelledTicket, TicketSet } from './support/ticket-sets.ts';

const topics: Record<string, string[]> = {
  access: [
    'I cannot log in to {app}',
    'please give {who} access to {app}',
    'my password for {app} expired',
    '{who} needs permission to read the {app} folder',
  ],
  hardware: [
    'my laptop does not start',
    'the monitor of {who} flickers',
    'please order a new keyboard for {who}',
    'the printer on floor {n} is jammed',
  ],
  network: [
    'the VPN drops every {n} minutes',
    'wifi is slow in room {n}',
    '{app} cannot be reached from home',
    'DNS does not resolve {app}',
  ],
  payroll: [
    'my payslip of last month is wrong',
    'when is the salary of {who} paid',
    'please correct the bonus of {who}',
    'tax class changed for {who}',
  ],
  leave: [
    'I would like {n} days of vacation',
    'parental leave for {who}',
    'my absence is not shown in {app}',
    'sick leave of {who} from Monday',
  ],
  outage: [
    '{app} is down for all users',
    'production returns 50{n} since the release',
    'checkout on {app} fails for every customer',
    'the database of {app} is not reachable',
  ],
};

const fillers = ['Hello team,', 'Thanks in advance!', 'This is urgent.', 'It started yesterday.', 'Can somebody help?', 'Kind regards', ''];

/** A small set of its own, so that a fresh clone can run the benchmark: templates with noise and one label in twenty wrong. */
export const generateTickets = (perTopic = 80): TicketSet => {
  let state = 42;
  const pick = <T>(items: readonly T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return items[Math.floor((state / 4_294_967_296) * items.length)] as T;
  };
  const names = Object.keys(topics);
  const train: LabelledTicket[] = [];
  for (const [topic, sentences] of Object.entries(topics))
    for (let i = 0; i < perTopic; i++) {
      const sentence = pick(sentences)
        .replaceAll('{app}', pick(['Jira', 'the wiki', 'payments', 'the shop', 'mail']))
        .replaceAll('{who}', pick(['Ana', 'a new colleague', 'the intern', 'my manager']))
        .replaceAll('{n}', String(pick([1, 2, 3, 4, 5])));
      const category = pick(Array.from({ length: 20 }, (_, k) => k)) === 0 ? pick(names) : topic;
      train.push({ id: `${topic}-${i}`, text: { title: '', body: `${pick(fillers)} ${sentence}. ${pick(fillers)}` }, category });
    }
  return { name: 'generated', train, test: null };
};
