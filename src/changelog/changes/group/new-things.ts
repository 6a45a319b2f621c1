import { type Group, type Item, leadOf } from './item.ts';

/** What a change brings that was not there before, by its name: 'csv export' in "Add CSV export to the invoice list". */
export type NewThing = { name: string; scope: string | null /** Where it came to, in words. */; place: readonly string[] };

const brings =
  /^(?:add|introduce|implement|create|provide)(?:s|ed)?\s+(?:initial\s+|basic\s+)?(?:support\s+(?:for|of)\s+)?(?:an?\s+|the\s+|new\s+)*(.+)$/i;
const border = /\s+(?:to|for|in|on|with|of|from|into|when|that|which|by|as|via|and|or|so|at|under|behind|per|if|using|\()\b\s*/i;
// Of these there were others before, whatever they are for.
const common =
  /(?:^|\s)(?:tests?|messages?|errors?|warnings?|options?|flags?|types?|support|methods?|functions?|docs?|documentation|examples?|checks?|logs?|logging|files?|versions?|parameters?|arguments?|fields?|rules?|helpers?|missing .*)$/i;

/** Null where its name is of one plain word, or of what there are many of: a fix that holds it may be of another one. */
export const newThingOf = ({ parsed }: Item): NewThing | null => {
  if (parsed.type !== null && parsed.type !== 'feat') return null;
  const isNamed = parsed.type === 'feat' && parsed.deed === 'none';
  const rest = isNamed ? parsed.subject : brings.exec(parsed.subject)?.[1];
  if (rest === undefined) return null;
  const [thing = '', ...places] = rest.split(border);
  const name = normal(thing);
  const words = name.split(' ');
  if (words.length < 2 || words.length > mostWords || common.test(name)) return null;
  return { name, scope: parsed.scope?.toLowerCase() ?? null, place: normal(places.join(' ')).split(' ').filter(isTelling) };
};

/** Things that came in, found by a text that names them; those that came last first. */
export const createNewThings = () => {
  const byName = new Map<string, { thing: NewThing; group: Group }[]>();
  return {
    add(group: Group): void {
      const thing = newThingOf(leadOf(group));
      if (!thing) return;
      const key = `${leadOf(group).change.system} ${thing.name}`;
      byName.set(key, [{ thing, group }, ...(byName.get(key) ?? []).slice(0, mostOfAName - 1)]);
    },
    /** The thing's whole name stands there beside what is said of it, and where it came to several places, the place. */
    namedBy({ change, parsed }: Item): Group | undefined {
      const words = normal(parsed.subject).split(' ');
      for (let length = Math.min(mostWords, words.length); length >= 2; length--)
        for (let at = 0; at + length <= words.length; at++)
          for (const { thing, group } of byName.get(`${change.system} ${words.slice(at, at + length).join(' ')}`) ?? [])
            if (
              change.time - leadOf(group).change.time < LONGEST_MS &&
              words.length > length &&
              isThere(thing, words, parsed.scope?.toLowerCase() ?? null)
            )
              return group;
      return undefined;
    },
  };
};

// Beyond that it is in somebody's hands, whether or not a release is known.
const LONGEST_MS = 14 * 24 * 3_600_000;
const mostWords = 5;
// Long histories bring the same name again and again.
const mostOfAName = 20;

const isThere = ({ scope, place }: NewThing, words: readonly string[], where: string | null): boolean =>
  (scope === null || where === null || scope === where) &&
  (place.length === 0 || (scope !== null && scope === where) || place.some((word) => words.includes(word)));

const normal = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).join(' ');

const isTelling = (word: string): boolean => word.length > 3;
