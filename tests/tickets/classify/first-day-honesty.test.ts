import { describe, expect, test } from 'vitest';
import { predict, trainModel } from '#src/tickets/classify/index.ts';
import { defaultCategories, phrasesOf } from '#src/tickets/settings/default-categories.ts';
import { realisticTickets } from './realistic-tickets.ts';

const firstDay = trainModel([], { categories: defaultCategories.map((one) => ({ ...one, phrases: phrasesOf(one) })) });
// A ticket is told from one half on, unless a workspace says otherwise.
const told = (text: string): string | null => {
  const said = predict(firstDay, { title: text.split('\n')[0] ?? '', body: text });
  return said && said.confidence >= 0.5 ? said.category : null;
};
const fitting = realisticTickets.filter(({ category }) => category !== null);
const others = realisticTickets.filter(({ category }) => category === null);

describe('on the first day, of tickets nobody wrote phrases for', () => {
  test('many are told, and ten times as many right as wrong', () => {
    const right = fitting.filter(({ text, category }) => told(text) === category);
    const wrong = fitting.filter(({ text, category }) => told(text) !== null && told(text) !== category);
    expect(fitting.length).toBeGreaterThan(70);
    expect(right.length / fitting.length).toBeGreaterThan(0.45);
    expect(right.length).toBeGreaterThan(10 * wrong.length);
  });

  test('what fits none of the categories is left to a human, also when it is long', () => {
    expect(others.length * 3).toBeGreaterThan(realisticTickets.length);
    expect(others.filter(({ text }) => told(text) !== null).length).toBeLessThan(3);
    const long = others.map((_, place) => [0, 7, 17, 29].map((step) => others[(place + step) % others.length]?.text).join('\n\n'));
    expect(long.filter((text) => told(text) !== null)).toEqual([]);
  });

  test('what is said beside other things is told less often, and hardly ever as something else', () => {
    const amid = fitting.map(({ text, category }, place) => ({
      text: [text, others[place % others.length]?.text, others[(place + 11) % others.length]?.text].join('\n\n'),
      category,
    }));
    const right = amid.filter(({ text, category }) => told(text) === category);
    const wrong = amid.filter(({ text, category }) => told(text) !== null && told(text) !== category);
    expect(right.length).toBeGreaterThan(5);
    expect(right.length).toBeGreaterThan(4 * wrong.length);
  });

  // Who works with a program asks IT; who pays for it, and for how many, asks the money people.
  test.each([
    'Renew the licence for IntelliJ',
    'My Sketch licence has expired, please extend it',
    'Meine Lizenz für Tableau läuft morgen ab, bitte verlängern',
    'Ma licence Photoshop a expiré, pouvez-vous la renouveler ?',
    'Mi licencia de SolidWorks ha caducado, ¿podéis renovarla?',
  ])('a licence is for whoever helps with programs: %s', (text) => {
    expect(predict(firstDay, { title: text, body: text })?.category).toBe('Hardware and software');
  });

  test.each([
    'The vendor wants 14 % more for next year’s subscription, please approve the purchase order',
    'Rechnung für 200 Lizenzen ist da, welche Kostenstelle?',
    'Facture du fournisseur pour l’abonnement annuel, quel budget ?',
    'Factura del proveedor por la suscripción anual, ¿qué presupuesto?',
  ])('what it costs is for whoever pays: %s', (text) => {
    expect(predict(firstDay, { title: text, body: text })?.category).toBe('Purchasing and finance');
  });
});
