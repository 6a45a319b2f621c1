import type { ReleaseSection } from '#src/changelog/changes/types.ts';
import { type Deed, isForeignDeed } from '#src/changelog/changes/wording/verbs.ts';

/** What a sentence about what readers have says happened to it: "Invoices can now be sent as PDF", "The old page is gone". */
export type Statement = { section: Extract<ReleaseSection, 'Added' | 'Changed' | 'Removed' | 'Fixed'> };

// What the sentence is about, when it is about the work and not about what readers use.
const work =
  /^(?:(?:the|all|our|some|most|unit|integration|e2e|these|those) )*(?:tests?|specs?|ci|builds?|lint\w*|docs?|documentation|readme\S*|changelog\S*|types|typings|benchmarks?|fixtures?|mocks?|pipelines?|workflows?|dependenc\w+|deps|imports?|helpers?|internals?|code|functions?|class(?:es)?|modules?|variables?|methods?|files?|scripts?|snapshots?|coverage|examples?|packages?|it|this|that|there|we|i)\b/i;
const needless = /\bno longer (?:needed|necessary|used)\b/i;
const subordinate = /\b(?:when|if|where|that|which|because|since|while|unless|until|whether|as|so)\b/i;

const gained =
  /\b(?:can now|may now|is now possible|are now possible|(?:is|are) now (?:available|supported|allowed|offered|accepted)|can also|now (?:supports?|offers?|accepts?|allows?|includes?))\b/i;
const gone =
  /\b(?:is|are|was|were|has been|have been) (?:gone|removed|retired|discontinued|(?:switched|turned) off|no longer (?:available|supported|offered|there|possible))\b/i;
const mended = /\b(?:works?|arrives?|loads?|opens?|starts?|is|are|can be|shows?|appears?)\b(?: \S+){0,4} again$/i;
const changed =
  /\bnow\b|\bno longer\b|\bnot\b.+\bany ?more\b|\b(?:must|may(?! (?:be|have|not be))|have to|has to|needs? to|can be|can|will be|is|are|has|have|gets?|needs?)\b/i;
// Of many things ("Refunds need …") or of one ("The cart keeps …"), behind a name of a few words.
const everyday =
  'see|get|need|end|ship|expire|receive|show|hold|keep|start|stop|open|close|work|cost|arrive|pay|know|find|read|send|take|appear|remain|stay|include|accept|ask|give|go|help|last|live|look|move|offer|remember|save|say|tell|wait|warn|begin|belong|come|contain|count|cover|become';
const verbs = new RegExp(
  String.raw`^(?!\w+ly\b)(?:\S+ ){0,5}?(?:\p{L}+(?<!s)s (?:\S+ \S+ \S+ )?(?:${everyday})|(?:(?:The|A|An|Our|Each|Every) (?:\S+ ){0,3}?\p{L}+|\p{Lu}\p{Ll}+)(?<!s) (?:${everyday})s)\b`,
  'u',
);

/** Null where it is no such sentence: an order ("Use the other reader"), a name, or a sentence about the work. */
export const readStatement = (subject: string, deed: Deed): Statement | null => {
  const main = subject.split(subordinate, 1)[0] ?? '';
  if (work.test(subject) || needless.test(subject) || main.trim().split(/\s+/).length < fewestWords) return null;
  if (gained.test(main)) return { section: 'Added' };
  if (gone.test(main)) return { section: 'Removed' };
  if (mended.test(main.trim())) return { section: 'Fixed' };
  if (deed !== 'none' && !/\b(?:now|no longer)\b|^only .+ (?:may|can|must)\b/i.test(main)) return null;
  return changed.test(main) || verbs.test(main) ? { section: 'Changed' } : null;
};

const fewestWords = 3;

const scripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}]/gu;
const marked = /[äöüßáéèêëíóúâîôûàùçñãõåøæœłśżźćńąęčšžřůőűğışțș]/iu;
const small =
  /(?<!\p{L})(?:und|mit|auf|für|wird|werden|können|nicht|beim|zum|zur|der|das|eine[rsnm]?|ohne|les|une|pour|avec|dans|du|sans|los|las|para|una|sin|nel|dei|della|degli|não|uma|het|een|voor|och|för|på|til|ikke|dla|się|nie|nach|dem|ist|sind|auch|jetzt|neue[nrs]?|sich|kann|lässt|bleibt|wurden?|gibt|d['’]une?|(?:de )?l['’]\p{L}+)(?!\p{L})/iu;
const english = /\b(?:the|to|for|of|when|with|from|and|is|are|by|not|on)\b/i;

/** A sentence that is not in English, so that its words say nothing to a model that learned English ones. */
export const isForeign = (subject: string): boolean => {
  if (!/\P{ASCII}/u.test(subject) && !small.test(subject)) return isForeignDeed(subject);
  const letters = subject.match(/\p{L}/gu)?.length ?? 0;
  const foreign = subject.match(scripts)?.length ?? 0;
  return foreign >= 2
    ? foreign * 3 >= letters
    : !english.test(subject) && (marked.test(subject) || small.test(subject) || isForeignDeed(subject));
};

/** The same of the work on it: tests, documents, tidying. */
export const isForeignWork = (subject: string): boolean =>
  /abhängigkeit|dépendance|dependencias?(?!\p{L})|dipendenz|依赖|依存|rechtschreib|orthograph|ortograf|文档|文檔|文書|注释|註釋|错别字|拼写|ドキュメント|テスト|测试|測試|リファクタ|重构|重構|整理|문서|테스트|리팩|документац|тест|рефактор|опечат|комментар|tippfehler|dokumentation|aufgeräumt|aufräumen|refakt|umbenannt|kommentare|faute de frappe|coquille|documentation|nettoyage|refactoris|documentación|refactoriz|limpieza|dokumentac|literówk|readme|lint|\bci\b|\btests?\b/iu.test(
    subject,
  );
