/**
 * How messages go on after "password:" and friends. A value of one word is compared with `saysNothing` only; where a sentence follows, any of
 * the words below tells that it is one.
 */
export const isMessage = (phrase: string): boolean => {
  const words = phrase.toLowerCase().match(/[a-z']+/g) ?? [];
  return words.some((word) => messageWords.has(word) || (word.length > 5 && messageEnding.test(word)));
};

/** Of a quoted value, which may be a passphrase in whole words: does it say what is wrong with another? */
export const isComplaint = (value: string): boolean => complaints.test(value);

const complaints =
  /\b(?:required|must|invalid|match(?:es)?|too|cannot|can't|should|not|least|most|incorrect|failed|missing|expired|denied|wrong|contains?|empty|errors?|blank|between|characters|unable|allowed|supported|rejected|already|weak|short|malformed|field|unknown|please|enter)\b/i;

/** Was the mark in front of the value one of quotation? */
export const isQuoted = (before: string): boolean => /["'“]$/.test(before);

/** A whole value that tells there is no secret, or what is the matter with it. */
export const saysNothing = (value: string): boolean =>
  value === '$' || nothing.test(value) || (/^[[(<{].*[\])>}]$/.test(value) && nothing.test(value.slice(1, -1)));

const nothing =
  /^(?:null|none|nil|true|false|yes|no|y|n|on|off|ok|okay|n\/a|undefined|empty|blank|redacted|secured?|protected|sensitive|masked|hidden|filtered|removed|unknown|default|never|set|unset|not[-_ ]?set|enabled|disabled|provided|present|absent|optional|\*+|x{3,}|\.{3,}|-+|incorrect|invalid|expired|missing|required|failed|failure|fail|must|is|are|was|has|not|cannot|can|the|a|an|for|of|in|to|and|or|with|by|from|wrong|rejected|mismatch|denied|too|error|unauthorized|forbidden|unsupported|unexpected|does|should|authentication|accepted|changed|updated|created|deleted|rotated|revoked|renewed|generated|reset|refresh(?:ed)?|validation|valid|verified|success(?:ful)?|string|number|integer|boolean|object|bytes|tokens?|passwords?|secrets?|<[a-z]+>|\$\{?[\w.:-]+\}?|\$\(.{0,80}\)?|\{\{?[\w .-]+\}?\}?|%\w+%?|\[masked.{0,80}|<[A-Z][A-Z0-9_]*_\d+>)[.:!?,;)]{0,2}$/i;

const messageEnding = /(?:ed|ing|tion|able|ible|ment)$/;

const messageWords = new Set(
  (
    'a about above after again all already also am an and any anonymous are argument as at attempt attempts auth authentication authorization bad be because been ' +
    'before below between but by bytes came can cannot caught chain character characters client column could denied deny did digits do does ' +
    'during either else empty encoded end error errors exception exists expect expiry fail failed fails failure field fields file first for format found ' +
    "from full get given got grant had has hash have header https id if illegal in incorrect input instead into invalid is isn't it issue key last length " +
    'less letters login longer lookup malformed match matches may message mismatch missing more must near need needed needs neither never new no none nor not ' +
    'nothing null number of off old on one only optional or out over parameter parse password passwords permission please policy present problem prompt ' +
    'protected provider provide read refused reject request required reset response retry same say says secret secrets see server session set shall short ' +
    'should signature since some still string success symbol than that the their them then there they this through timeout to token tokens too try type ' +
    'unable unauthorized under undefined unexpected unknown unless until up update use user username users using valid value values was were when where which ' +
    'while who why will with within without would wrong yet you your'
  ).split(' '),
);
