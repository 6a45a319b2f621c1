import { describe, expect, test } from 'vitest';
import {
  type Category,
  type Example,
  expectedCalibrationError,
  explainCategory,
  fromBytes,
  type Model,
  predict,
  scoreTicket,
  toBytes,
  trainModel,
  updateModel,
} from '#src/tickets/classify/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';
import { drawTickets } from './draw-tickets.ts';

const example = (body: string, category: string): Example => ({ text: { body }, category });
const top = (model: Model, body: string): string | undefined => predict(model, { body })?.category;

describe('learning categories from tickets', () => {
  const train = drawTickets(300, 1);
  const test200 = drawTickets(200, 2);
  const model = trainModel(train);
  const judged = test200.map(({ text, category }) => {
    const prediction = predict(model, text);
    return { confidence: prediction?.confidence ?? 0, right: prediction?.category === category };
  });

  test('tickets it has not seen get the category of those they are like', () => {
    expect(judged.filter((one) => one.right).length / judged.length).toBeGreaterThan(0.8);
  });

  test('a confidence of eighty per cent is right about eight times in ten', () => {
    expect(expectedCalibrationError(judged, 10)).toBeLessThan(0.1);
  });

  test('the same examples and seed make the same model', () => {
    const again = trainModel(train);
    expect(toBytes(again)).toEqual(toBytes(model));
  });

  test('a model read back from its bytes predicts as it did', () => {
    const bytes = toBytes(model);
    const back = fromBytes(bytes);
    expect(bytes.length).toBeLessThan(1_000_000);
    for (const { text } of test200.slice(0, 50)) {
      const before = predict(model, text);
      const after = predict(back, text);
      expect(after?.category).toBe(before?.category);
      expect(Math.abs((after?.confidence ?? 0) - (before?.confidence ?? 1))).toBeLessThan(0.1);
    }
  });

  test('a model stored before there were forests is still read', () => {
    const few = trainModel(train.slice(0, 20));
    const bytes = toBytes(few);
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    const { met: _met, blend: _blend, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const head = new TextEncoder().encode(JSON.stringify({ ...header, format: 1 }));
    const old = new Uint8Array([...new Uint8Array(4), ...head, ...bytes.subarray(4 + length)]);
    new DataView(old.buffer).setUint32(0, head.length);
    expect(predict(fromBytes(old), { body: 'the vpn is slow' })).toEqual(predict(fromBytes(bytes), { body: 'the vpn is slow' }));
  });

  test('bytes of something else are refused in words', () => {
    expect(() => fromBytes(new Uint8Array([255, 255, 255, 255, 1]))).toThrow('not a stored model');
  });

  test('a retired category is never named, however sure the model was of it', () => {
    const open = model.categories.filter((name) => name !== 'network');
    for (const { text } of test200) {
      const prediction = predict(model, text, open);
      expect(open).toContain(prediction?.category);
      expect(prediction?.ranked.map((one) => one.category)).not.toContain('network');
    }
    expect(predict(model, { body: 'vpn' }, [])).toBeNull();
  });

  test('the shares of all categories are one together', () => {
    const shares = predict(model, { body: 'the vpn is slow' })?.ranked.map((one) => one.confidence) ?? [];
    expect(shares.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1);
  });

  test('an explanation quotes words that stand in the ticket, at the place it says', () => {
    const text = { title: 'VPN drops', body: 'Since Monday the wifi and the VPN drop every five minutes.\nPlease help!' };
    const category = predict(model, text)?.category ?? '';
    const evidence = explainCategory(model, text, category);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { field, quote, start } of evidence) expect(text[field].slice(start, start + quote.length)).toBe(quote);
    expect(evidence.map((one) => one.quote.toLowerCase()).join(' ')).toMatch(/vpn|wifi/);
  });
});

test('the same words may mean another category where they come from elsewhere', () => {
  const examples = ['billing', 'crm', 'wiki', 'mail', 'shop', 'portal', 'tracker', 'calendar'].flatMap((app) => [
    { text: { body: `please release ${app} today`, scope: 'finance' }, category: 'payments' },
    { text: { body: `please release ${app} today`, scope: 'engineering' }, category: 'deploy' },
  ]);
  const model = trainModel(examples);
  expect(predict(model, { body: 'please release the app', scope: 'finance' })?.category).toBe('payments');
  expect(predict(model, { body: 'please release the app', scope: 'engineering' })?.category).toBe('deploy');
});

describe('a correction by a person', () => {
  const model = trainModel(drawTickets(200, 3));
  const ticket = 'The badge reader at the garage does not open the gate for my car';

  test('counts in the very next prediction, also for one who words it a little differently', () => {
    const corrected = updateModel(model, [example(ticket, 'hardware')]);
    expect(top(corrected, ticket)).toBe('hardware');
    expect(predict(corrected, { body: ticket })?.confidence).toBeGreaterThan(0.5);
    expect(top(corrected, 'the badge reader in the garage will not open the gate')).toBe('hardware');
  });

  test('can name a category that did not exist before', () => {
    const corrected = updateModel(model, [example(ticket, 'facilities')]);
    expect(corrected.categories).toContain('facilities');
    expect(top(corrected, ticket)).toBe('facilities');
  });

  test('leaves the model it was made from and tickets of other kinds as they were', () => {
    const before = scoreTicket(model, { body: ticket });
    const corrected = updateModel(model, [example(ticket, 'facilities')]);
    expect(scoreTicket(model, { body: ticket })).toEqual(before);
    const others = drawTickets(60, 4);
    const same = others.filter(({ text }) => predict(model, text)?.category === predict(corrected, text)?.category);
    expect(same.length).toBeGreaterThan(56);
  });

  test('survives being stored', () => {
    const corrected = fromBytes(toBytes(updateModel(model, [example(ticket, 'facilities')])));
    expect(top(corrected, ticket)).toBe('facilities');
  });
});

describe('with few examples or none', () => {
  const categories: Category[] = [
    { name: 'access', description: 'logins, passwords, permissions and locked accounts' },
    { name: 'hardware', description: 'laptops, monitors, keyboards, printers' },
    { name: 'payroll', description: 'salary, payslips and bonuses' },
    { name: 'network', description: 'VPN, wifi and internet connection' },
  ];

  test('the descriptions alone sort what they describe', () => {
    const model = trainModel([], { categories });
    expect(top(model, 'I forgot my password and cannot log in')).toBe('access');
    expect(top(model, 'my payslip shows the wrong salary')).toBe('payroll');
    expect(top(model, 'the printer is jammed')).toBe('hardware');
    expect(top(model, 'no internet in the meeting room')).toBe('network');
  });

  test('other words for the same thing are understood', () => {
    const model = trainModel([], { categories });
    expect(top(model, 'my notebook is dead')).toBe('hardware');
    expect(top(model, 'wage missing')).toBe('payroll');
  });

  test('without examples nobody is told to be sure', () => {
    const model = trainModel([], { categories });
    expect(predict(model, { body: 'something odd happened' })?.confidence).toBeLessThan(0.5);
  });

  test('examples outweigh a description that says otherwise', () => {
    const examples = Array.from({ length: 8 }, (_, i) => example(`the badge printer of floor ${i} is jammed`, 'access'));
    const model = trainModel([...examples, example('my monitor flickers', 'hardware'), example('salary late', 'payroll')], { categories });
    expect(top(model, 'the badge printer is jammed again')).toBe('access');
    expect(top(model, 'vpn drops')).toBe('network');
  });

  test('no examples and no categories is no prediction', () => {
    expect(predict(trainModel([]), { body: 'hello' })).toBeNull();
  });

  test('one category alone is always itself', () => {
    expect(top(trainModel([example('a', 'only')]), 'b')).toBe('only');
  });
});

describe('what people paste', () => {
  const model = trainModel(drawTickets(120, 5));

  test.each([
    ['nothing', ''],
    ['emoji only', '🔥🔥😭'],
    ['no letters', '123 456 ... --- ???'],
    ['another script', '請重置我的密碼 пожалуйста'],
    ['an unclosed comment and fence', '<!-- ``` <b <<< [x](('],
    ['names of object properties', 'constructor __proto__ toString hasOwnProperty'],
    ['lone surrogates', '\ud800 broken \udfff'],
  ])('%s still gets an answer with a share between none and all', (_, body) => {
    const prediction = predict(model, { body });
    expect(prediction?.confidence).toBeGreaterThan(0);
    expect(prediction?.confidence).toBeLessThanOrEqual(1);
  });

  test.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['words', 'vpn down '.repeat(110_000)],
    ['open brackets', '['.repeat(1_000_000)],
    ['open tags', '<a '.repeat(330_000)],
    ['empty lines', '\n'.repeat(1_000_000)],
    ['mail-like dots', 'a.'.repeat(500_000)],
    ['asterisks', '**'.repeat(500_000)],
    ['colons', 'a: '.repeat(330_000)],
  ])('a megabyte of %s is read in well under a second', async (_, body) => {
    const spent = await processorMs(() => {
      const prediction = predict(model, { title: body, body });
      explainCategory(model, { title: body, body }, prediction?.category ?? '');
    });
    expect(spent).toBeLessThan(3000);
  });
});
