import { describe, expect, test } from 'vitest';
import { type AdviceTask, type AdvisedTicket, advise } from '#src/tickets/advice/advise.ts';
import { defaultCategories } from '#src/tickets/settings/default-categories.ts';

const from = new Date('2026-10-26T06:00:00Z');
const category = (id: string, description = id, createdAt = new Date('2026-01-01')) => ({ id, name: id, description, createdAt });
let number = 0;
const ticket = (fields: Partial<AdvisedTicket> = {}): AdvisedTicket => ({
  id: `tkt_${++number}`,
  number,
  title: `Thing ${number}`,
  body: '',
  placedIn: null,
  decided: null,
  abstained: false,
  ...fields,
});
const about = (task: Partial<AdviceTask>) => advise({ from, tickets: [], before: [], categories: [], confusion: [], ...task });
const times = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, place) => make(place));
const cell = (predictedId: string, actualId: string, count: number) => ({ predictedId, actualId, count });

describe('categories that overlap', () => {
  const categories = ['a', 'b', 'c'].map((id) => category(id));
  test('are those mistaken for each other both ways and often', () => {
    const confusion = [cell('a', 'a', 10), cell('b', 'b', 10), cell('a', 'b', 4), cell('b', 'a', 3), cell('c', 'c', 10), cell('a', 'c', 9)];
    expect(about({ categories, confusion }).overlaps).toEqual([{ categoryIds: ['a', 'b'], mistaken: 7, describedAlike: false }]);
  });

  test('not those rarely mistaken', () => {
    const confusion = [cell('a', 'a', 100), cell('b', 'b', 100), cell('a', 'b', 4), cell('b', 'a', 3)];
    expect(about({ categories, confusion }).overlaps).toEqual([]);
  });

  test('are those described alike; the first ten are not', () => {
    const first = defaultCategories.map(({ name, description }) => ({ ...category(name, description), id: name }));
    expect(about({ categories: first }).overlaps).toEqual([]);
    const again = category('IT access', 'Access to systems: password, account, VPN, two-factor sign-on.');
    expect(about({ categories: [...first, again] }).overlaps).toEqual([
      { categoryIds: ['Access and accounts', 'IT access'], mistaken: 0, describedAlike: true },
    ]);
  });
});

describe('categories nobody uses', () => {
  const categories = [category('used'), category('unused'), category('young', 'x', new Date('2026-11-20'))];
  test('got nothing in all the time, and were there', () => {
    expect(about({ categories, tickets: times(20, () => ticket({ placedIn: 'used' })) }).unused).toEqual(['unused']);
  });

  test('are not named while hardly anything came in', () => {
    expect(about({ categories, tickets: times(19, () => ticket({ placedIn: 'used' })) }).unused).toEqual([]);
  });
});

describe('clusters of tickets nothing was sure about', () => {
  const doors = ['north', 'south', 'garage', 'second floor', 'kitchen'].map((place) => ({
    title: `Badge reader at the ${place} door blinks red`,
    body: `My badge does not open the ${place} door, the reader blinks red`,
  }));
  const others = ['The fax eats paper', 'Where is the picnic', 'Coffee tastes odd', 'Lost my umbrella', 'Parking is full'].map((title) => ({
    title,
    body: title,
  }));
  const unsure = (texts: { title: string; body: string }[], more: Partial<AdvisedTicket> = {}) =>
    texts.map((text) => ticket({ ...text, abstained: true, ...more }));

  test('are found, named by what they share and others do not say, with their numbers', () => {
    const [like, unlike] = [unsure(doors), unsure(others)];
    const { clusters } = about({ tickets: [...unlike, ...like] });
    expect(clusters).toHaveLength(1);
    expect(clusters[0]?.numbers).toEqual(like.map((one) => one.number));
    expect(clusters[0]?.words).toEqual(expect.arrayContaining(['badge', 'door', 'reader']));
    expect(clusters[0]?.words).not.toContain('the');
  });

  test('of German tickets are not named by words that every German text has', () => {
    const german = ['Nord', 'Süd', 'Garage', 'Keller', 'Küche'].map((place) => ({
      title: `Der Kartenleser an der Tür ${place} blinkt rot`,
      body: `Meine Karte geht nicht, der Kartenleser an der Tür ${place} blinkt rot`,
    }));
    const { clusters } = about({ tickets: [...unsure(others), ...unsure(german)] });
    expect(clusters[0]?.words).toContain('kartenleser');
    for (const word of ['der', 'nicht', 'meine', 'geht']) expect(clusters[0]?.words).not.toContain(word);
  });

  test('want five alike; sure ones do not count', () => {
    const rest = unsure(others);
    expect(about({ tickets: [...rest, ...unsure(doors.slice(1))] }).clusters).toEqual([]);
    expect(about({ tickets: [...rest, ...unsure(doors.slice(1)), ticket(doors[0])] }).clusters).toEqual([]);
  });

  test('which people put in one and the same category have their place', () => {
    const sure = others.map((text) => ticket(text));
    expect(about({ tickets: [...sure, ...unsure(doors, { decided: 'hardware' })] }).clusters).toEqual([]);
    const torn = doors.map((text, place) => ticket({ ...text, abstained: true, decided: place % 2 ? 'hardware' : `other ${place}` }));
    expect(about({ tickets: [...sure, ...torn] }).clusters).toHaveLength(1);
  });
});

describe('the mix of categories', () => {
  const mix = (a: number, b: number, c: number) => [...times(a, () => 'a'), ...times(b, () => 'b'), ...times(c, () => 'c')];
  const moving = (before: string[], now: string[]) => about({ before, tickets: now.map((placedIn) => ticket({ placedIn })) }).drift;

  test('that moved is told, with what moved most first', () => {
    const drift = moving(mix(60, 30, 10), mix(20, 30, 50));
    expect(drift?.index).toBeGreaterThan(0.2);
    // Stability index by hand, with half a ticket added to each: 0.39 ln(60.5/20.5) + 0.39 ln(50.5/10.5).
    expect(drift?.index).toBeCloseTo((40 / 101.5) * (Math.log(60.5 / 20.5) + Math.log(50.5 / 10.5)), 9);
    expect(drift?.moved.map(({ categoryId }) => categoryId).sort()).toEqual(['a', 'c']);
    expect(drift?.moved).toContainEqual({ categoryId: 'a', before: 0.6, now: 0.2 });
  });

  test('that stayed, or of too few tickets to tell, is not', () => {
    expect(moving(mix(60, 30, 10), mix(55, 32, 13))).toBeNull();
    expect(moving(mix(3, 1, 1), mix(1, 2, 2))).toBeNull();
    expect(moving([], mix(5, 5, 5))).toBeNull();
    expect(moving(mix(10, 0, 0), mix(10, 0, 0))).toBeNull();
  });
});
