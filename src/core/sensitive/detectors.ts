import { commandSecrets } from './command-secrets.ts';
import { namedSecrets } from './named-secrets.ts';
import { personalData } from './personal-data.ts';
import { providerKeys } from './provider-keys.ts';

/** What stands on either side of a value, as far as it could matter. */
export type Around = { before: string; after: string };

/** `pattern` has flags g and d; its first group that took part is the value, or the whole match when it has none. */
export type Detector = {
  kind: string;
  secret: boolean;
  pattern: RegExp;
  /** A cheap test that must hold somewhere in the text for the pattern to be worth running. */
  hint?: RegExp;
  accepts?: (value: string, match: string, around: Around) => boolean;
};

/** Each of its detectors needs the sign, and most lines have none: they cost about a microsecond. Never narrower than the detectors are. */
export type DetectorGroup = { hasSign(text: string): boolean; detectors: readonly Detector[] };

// Every repetition is bounded or starts behind a look-behind on its own character class, so no text makes these slower than linear.

const privateKeys: DetectorGroup = {
  hasSign: (text) => text.includes('PRIVATE KEY'),
  detectors: [
    {
      kind: 'private key',
      secret: true,
      // A key cut off before its END line (a sample) is masked as far as it goes; one folded into a JSON string carries \n as two characters.
      pattern:
        /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:[A-Za-z0-9+/=\s\\:,]|-(?!-)){0,16384}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\\[nr]|[\r\n]){0,8}[A-Za-z0-9+/=]{16,4096}){0,2048})/dg,
    },
  ],
};

/** Whether something stands in it that secrets are known by; of personal data nothing is said. */
export const hintsAtSecrets = (text: string): boolean => secretGroups.some(({ hasSign }) => hasSign(text));

const secretGroups: readonly DetectorGroup[] = [providerKeys, privateKeys, namedSecrets, commandSecrets];

/** By priority: what names a thing most exactly comes first. */
export const detectorGroups: readonly DetectorGroup[] = [...secretGroups, personalData];
