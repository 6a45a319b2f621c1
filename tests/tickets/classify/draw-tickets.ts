import type { Example } from '#src/tickets/classify/index.ts';

const sentences: Record<string, string[]> = {
  access: [
    'I cannot log in to the {app}',
    'please give {who} permission for the {app}',
    'my password for the {app} expired',
    'account of {who} is locked',
  ],
  hardware: [
    'my laptop does not start',
    'the monitor of {who} flickers',
    'please order a keyboard for {who}',
    'the printer is jammed again',
  ],
  network: ['the VPN drops when I open the {app}', 'wifi is slow today', 'no internet on my floor', 'the {app} cannot be reached over VPN'],
  payroll: ['my payslip is wrong', 'when is the salary of {who} paid', 'the bonus of {who} is missing', 'tax class on the payslip changed'],
};

/** Tickets drawn from templates by a seed, one in twelve under a wrong category. */
export const drawTickets = (count: number, seed: number): Example[] => {
  let state = seed * 7919;
  const pick = <T>(items: readonly T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return items[Math.floor((state / 4_294_967_296) * items.length)] as T;
  };
  const names = Object.keys(sentences);
  return Array.from({ length: count }, (_, i) => {
    const topic = names[i % names.length] as string;
    const said = pick(sentences[topic] as string[])
      .replace('{app}', pick(['wiki', 'shop', 'calendar', 'tracker', 'portal']))
      .replace('{who}', pick(['Ana', 'Ben', 'a colleague', 'my manager', 'the intern']));
    const body = `${pick(['Hello,', 'Hi team,', ''])} ${said}${pick(['.', ', please help.', ' since Monday.', '!'])} ${pick(['Thanks', 'Regards', ''])}`;
    return { text: { body }, category: pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) === 1 ? pick(names) : topic };
  });
};
