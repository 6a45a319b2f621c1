import { parseEnv } from 'node:util';

/** Words that other programs' settings begin with, too. */
const OTHERS = ['NODE', 'OTEL', 'AIOPS', 'LOG'];

/**
 * Names in the text of a `.env` file that begin like a setting and are none, each as a sentence with the settings that were most likely meant
 * ('SLACK_TOKEN': SLACK_BOT_TOKEN, SLACK_APP_TOKEN). No value is repeated.
 */
export const strangeSettings = (text: string, names: readonly string[]): string[] =>
  Object.keys(parseEnv(text))
    .toSorted()
    .flatMap((name) => {
      const [first = '', ...rest] = name.toUpperCase().split('_');
      if (names.includes(name.replace(/_FILE$/, '')) || OTHERS.includes(first)) return [];
      const alike = names.filter((each) => each.split('_')[0] === first && each !== first);
      if (alike.length === 0 && !names.includes(name.toUpperCase())) return [];
      const sharedBy = (each: string): number => each.split('_').filter((word) => rest.includes(word)).length;
      const most = Math.max(0, ...alike.map(sharedBy));
      const meant = names.includes(name.toUpperCase()) ? [name.toUpperCase()] : alike.filter((each) => sharedBy(each) === most);
      return [
        `${name} in .env is the name of no setting${meant.length <= MOST_MEANT ? `; ${meant.join(' or ')} is` : ' (all of them: .env.example)'}.`,
      ];
    });

const MOST_MEANT = 2;
