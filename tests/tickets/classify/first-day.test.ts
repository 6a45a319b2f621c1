import { describe, expect, test } from 'vitest';
import { explainCategory, predict, trainModel, updateModel } from '#src/tickets/classify/index.ts';
import { toFirstDay } from '#src/tickets/prediction/models.ts';
import { defaultCategories, phrasesOf } from '#src/tickets/settings/default-categories.ts';

const firstDay = trainModel([], { categories: defaultCategories.map((one) => ({ ...one, phrases: phrasesOf(one) })) });
const told = (body: string, model = firstDay) => predict(model, { title: body, body });
const quotes = (body: string, category: string): string[] =>
  explainCategory(firstDay, { title: body, body }, category).map(({ quote }) => quote);

describe('on the first day', () => {
  test.each(defaultCategories)('$name has phrases in every language, and stands first for what its own say', ({ name, description }) => {
    const phrases = phrasesOf({ name, description });
    expect(phrases.length).toBeGreaterThan(30);
    const right = phrases.filter((phrase) => told(phrase)?.category === name);
    expect(right.length).toBe(phrases.length);
  });

  test.each(['about it', 'lunch next week', 'das ist die und ich', 'le et la', 'el de la y', 'ok', 'T'])(
    '%j is told as nothing, and none of its words explain anything',
    (text) => {
      for (const { name } of defaultCategories) expect(quotes(text, name).filter((quote) => quote !== 'lunch')).toEqual([]);
      expect(told(text)?.confidence).toBeLessThan(0.5);
    },
  );

  test.each(['invoice', 'access', 'Rechnung', 'machine', 'mot', 'nómina'])('the one word %j is not enough to be told', (word) => {
    expect(told(word)?.confidence).toBeLessThan(0.5);
    expect(told(`the quizzical ${word}`)?.confidence).toBeLessThan(0.5);
  });

  test('a word that is put together of known ones is known by them, where the language does so', () => {
    expect(told('Meine Urlaubsabrechnung fehlt und ist nicht gekommen')?.category).toBe('People and HR');
    expect(told('Unser Aktenaufzug ist seit heute kaputt')?.category).toBe('Office and facilities');
  });

  test('letters that another word has as well explain nothing', () => {
    // No word, but with the letters of one that is known.
    for (const { name } of defaultCategories) expect(quotes('Vodruckeri printasse', name)).toEqual([]);
    expect(quotes('Die Drucker stehen still', 'Hardware and software')).toEqual(['Drucker']);
  });

  test('the ids of categories are no words: any two workspaces are told the same of the same text', () => {
    const sharesWith = (idOf: (place: number) => string): number[] => {
      const model = trainModel([], { categories: defaultCategories.map((one, place) => toFirstDay({ ...one, id: idOf(place) })) });
      return ['The kumquat of room 5 is purple', 'I forgot my password'].flatMap((body) => {
        const ranked = predict(model, { title: body, body })?.ranked ?? [];
        return ranked.map(({ confidence }) => confidence);
      });
    };
    const shares = sharesWith((place) => `cat_${place}`);
    expect(shares).toHaveLength(2 * defaultCategories.length);
    expect(sharesWith((place) => `cat_purple_kumquat_5_${'abcdefghijklmnop'[place]}`)).toEqual(shares);
  });

  test('the order in which categories were made changes nothing that is told, with phrases or without', () => {
    const texts = [
      'the van',
      'van keys',
      'The forklift in the yard leaks oil',
      'Wer bucht mir eine Schulung?',
      'quark',
      'I forgot my password',
    ];
    const names = ['Fleet and vans', 'yard', 'Forklift repair', 'keys', 'Training', 'order_of_parts', 'Night shift', 'van rental'];
    const sets = [names.map((name) => ({ name })), defaultCategories.map((one) => ({ ...one, phrases: phrasesOf(one) }))];
    for (const categories of sets) {
      const orders = [categories, categories.toReversed(), [...categories.slice(3), ...categories.slice(0, 3)]];
      const [first, ...others] = orders.map((order) => {
        const model = trainModel([], { categories: order });
        return texts.map((body) => predict(model, { title: '', body })?.ranked);
      });
      for (const other of others) expect(other).toEqual(first);
    }
  });

  test.each(['Other', 'Anything else', 'Sonstiges', 'Divers', 'Otros', 'Misc.'])(
    'a category called %s is likelier than any other for what says nothing of one, and still is not told',
    (name) => {
      const model = trainModel([], { categories: ['Cranes', 'Diving', name, 'Welding'].map((each) => ({ name: each })) });
      const [first, second] = predict(model, { title: '', body: 'My cat has opinions' })?.ranked ?? [];
      expect(first?.category).toBe(name);
      expect(first?.confidence).toBeGreaterThan((second?.confidence ?? 1) * 1.2);
      expect(first?.confidence).toBeLessThan(0.5);
      expect(predict(model, { title: '', body: 'The welding goggles are scratched' })?.category).toBe('Welding');
    },
  );

  test('what is general of a subject is no category for the rest', () => {
    const model = trainModel([], { categories: ['Cranes', 'General ledger', 'Welding'].map((each) => ({ name: each })) });
    expect(model.rest).toEqual([]);
  });

  test('one correction turns the twin of what was corrected, too', () => {
    const [one, twin] = ['A licence for PyCharm please, cost centre 9120', 'Please a GoLand licence, cost centre 9120'];
    const corrected = updateModel(firstDay, [{ text: { title: one, body: one }, category: 'Hardware and software' }]);
    expect(told(twin, corrected)?.category).toBe('Hardware and software');
  });
});
