import { stemsOf } from './claims.ts';

/** What cannot both be meant: a text that says one side of a change that says the other turns it round. */
const opposites: [RegExp, RegExp][] = [
  [
    /\b(?:rais(?:e[sd]?|ing)|increas\w+|lift(?:s|ed|ing)?|extend\w*|grow(?:s|n|ing)?|higher|larger|bigger|longer|doubl\w+)\b/i,
    /\b(?:lower(?:s|ed|ing)?|reduc\w+|decreas\w+|cut(?:s|ting)?|shrink\w*|shorten\w*|shorter|smaller|fewer|less|halv\w+)\b/i,
  ],
  [
    /\b(?:enabl\w+|(?:turn|switch)(?:s|es|ed|ing)? on|activat\w+|opt(?:s|ed|ing)?[- ]in)\b/i,
    /\b(?:disabl\w+|(?:turn|switch)(?:s|es|ed|ing)? off|deactivat\w+|opt(?:s|ed|ing)?[- ]out)\b/i,
  ],
  [/\b(?:requir\w+|mandatory|compulsory|obligatory|enforc\w+)\b/i, /\b(?:optional\w*|voluntar\w+)\b/i],
  [
    /\b(?:allow(?:s|ed|ing)?|permit\w*|accept(?:s|ed|ing)?|unblock\w*)\b/i,
    /\b(?:disallow\w*|forbid\w*|prohibit\w*|reject\w*|refus\w+|den(?:y|ies|ied|ying)|block(?:s|ed|ing)?|ban(?:s|ned|ning)?)\b/i,
  ],
  [/\b(?:show(?:s|n|ed|ing)?|display\w*|reveal\w*|visible)\b/i, /\b(?:hid(?:e|es|den|ing)|conceal\w*|invisible)\b/i],
  [
    /\b(?:add(?:s|ed|ing)?|introduc\w+|restor\w+|bring(?:s|ing)? back)\b/i,
    /\b(?:remov\w+|delet\w+|drop(?:s|ped|ping)?|discontinu\w+|retir\w+)\b/i,
  ],
  [/\b(?:faster|quicker|speed\w*|accelerat\w+)\b/i, /\b(?:slower|slow(?:s|ed|ing)?(?: down)?)\b/i],
  [/\b(?:upgrad\w+|newer)\b/i, /\b(?:downgrad\w+|older)\b/i],
  [/\b(?:encrypt\w*)\b/i, /\b(?:decrypt\w*|unencrypted|plain ?text)\b/i],
  [/\b(?:public\w*)\b/i, /\b(?:private\w*)\b/i],
  [/\b(?:always)\b/i, /\b(?:never)\b/i],
  [/\b(?:includ\w+)\b/i, /\b(?:exclud\w+|except\b|omit\w*)/i],
  [/\b(?:import(?:s|ed|ing)?)\b/i, /\b(?:export(?:s|ed|ing)?)\b/i],
  [/\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?)\b/i, /\b(?:stop(?:s|ped|ping)?|end(?:s|ed|ing)?)\b/i],
  [/\b(?:log(?:s|ged|ging)?|sign(?:s|ed|ing)?)[- ]?in\b/i, /\b(?:log(?:s|ged|ging)?|sign(?:s|ed|ing)?)[- ]?out\b/i],
];

// "No longer hidden" is shown: what denies, or mends, may be told by the other side.
const turns =
  /\b(?:not?|never|no longer|cannot|without|instead|stop\w*|prevent\w*|avoid\w*|fix\w*|wrong\w*|bugs?|broken?|miss\w+|revert\w*|un\w+able)\b|n['’]t\b/i;

/** Words of a text that say the opposite of what its changes say. */
export const findOpposites = (text: string, source: string): string[] =>
  turns.test(source) || turns.test(text)
    ? []
    : opposites.flatMap(([one, other]) => [
        ...(one.test(source) && !other.test(source) && !one.test(text) ? [other.exec(text)?.[0] ?? []].flat() : []),
        ...(other.test(source) && !one.test(source) && !other.test(text) ? [one.exec(text)?.[0] ?? []].flat() : []),
      ]);

const step = /(\d[\d.,]*\d|\d)\s*[\p{L}%]{0,12}\s*(?:to|->|→|=>|bis|à|a)\s*(\d[\d.,]*\d|\d)/giu;

/** "From 50 to 10" where the change went from 10 to 50. */
export const findTurnedSteps = (text: string, source: string): string[] => {
  const steps = new Set([...source.matchAll(step)].map(([, from, to]) => `${from} ${to}`));
  return [...text.matchAll(step)].flatMap(([said, from, to]) => (steps.has(`${to} ${from}`) && !steps.has(`${from} ${to}`) ? [said] : []));
};

const taken = /\b(?:remov|drop|delet|strip)\w*\s+(?:the\s+)?([^.,;:\n]{2,60}?)\s+(?:from|of)\s/gi;
const gone = /\b(?:remov(?:e|es|ed|ing)|drop(?:s|ped)?|delet(?:e|es|ed)|gone)\b/i;

/** "Dark mode was removed", of a change that removed the beta flag from it: what goes away is not what it goes away from. */
export const findWrongLosses = (text: string, source: string): string[] => {
  const losses = [...source.matchAll(taken)].map(([, what = '']) => stemsOf(what));
  const said = gone.exec(text)?.[0];
  if (!said || losses.length === 0) return [];
  const told = new Set(stemsOf(text));
  return losses.some((stems) => stems.length === 0 || stems.some((stem) => told.has(stem))) ? [] : [said];
};

/** For whom and where, how much and how often: each is said only where the changes say it, in some form. */
const bounds =
  /\b(?:all|every|everybody|everyone|everywhere|each|any|most|majority|many|several|few|quarter|third|unlimited|worldwide|globally|instant\w*|automatic\w*|free of charge|for free|free|mobile|desktop|phones?|tablets?|plans?|tiers?|subscriptions?|subscribers?|enterprise|premium|trials?|beta|admins?|administrators?|owners?|guests?|weekly|daily|monthly|hourly|tomorrow|today|soon)\b/gi;

const kin: Record<string, RegExp> = {
  everybody: /\b(?:all|every\w*)\b/i,
  everyone: /\b(?:all|every\w*)\b/i,
  everywhere: /\b(?:all|every\w*)\b/i,
  every: /\b(?:all|every\w*|each)\b/i,
  each: /\b(?:all|every\w*|each|per)\b/i,
  all: /\b(?:all|every\w*|each|any|whole|entire)\b/i,
  any: /\b(?:all|every\w*|any\w*|each)\b/i,
};

export const findBounds = (text: string, source: string): string[] =>
  [...text.matchAll(bounds)].flatMap(([word]) => {
    const lower = word.toLowerCase();
    const said = kin[lower] ?? new RegExp(String.raw`\b${lower.slice(0, Math.max(4, lower.length - 3))}`, 'i');
    return said.test(source) ? [] : [word];
  });
