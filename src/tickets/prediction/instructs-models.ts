import { asRead } from './as-read.ts';

/**
 * Whether a text speaks to whoever sorts it rather than about a matter: the first sieve, for what people are known to try. Such a ticket is
 * sorted without a remote engine, and says so. What gets through changes nothing either: see ask-engine.ts.
 */
export const instructsModels = (text: string): boolean => {
  const plain = asRead(text);
  return cues.some((cue) => cue.test(plain));
};

const cues: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|rules?|prompts?|guidelines|above|categories)\b/i,
  /\b(you are|act as|pretend to be|you're) (now )?(an? |the )?(ai|assistant|model|language model|llm|classifier|triage|sorter|system|chatgpt|dan)\b/i,
  /\b(system|developer|assistant) ?(prompt|instructions?|override)\b|\b(developer) message\b|(^|[\s[(<#])(system|assistant|developer)\s*[:>\])]\s*(you|the|all|override|ignore|answer|new|set|now|always|classify|categori[sz]e|route|label|sort|file|assign|treat|mark)\b/i,
  /\b(answer|respond|reply|output|return|print)\b.{0,40}\b(category|only with|exactly with)\b/i,
  /\b(answer|respond|reply|output|return|print|classify|categori[sz]e|choose|pick|select)\b.{0,30}\bc\d{1,2}\b/i,
  /["“']category["”']\s*(:|to\b)\s*["“']?c\d|\bcategory (code|must be|should be|is always|is now)\b|\bcode for this (request|ticket)\b/i,
  /<\/?(ticket|categories|decided_before|system|instructions?)\b|<\|im_(start|end)\|>/i,
  /\b(note|message|attention|instructions?) (to|for) (the )?(ai|assistant|model|llm|bot|classifier|triage)\b/i,
  /\b(ignoriere?|vergiss|missachte)\b.{0,40}\b(anweisung|regel|vorherige|obige)/i,
  /\b(ignore[zr]?|oublie[zr]?|ignora|olvida|dimentica|ignoreer|vergeet)\b.{0,40}\b(instructions?|règles|instrucciones|reglas|istruzioni|regole|instructies|instruções)\b/i,
  /(игнорируй|забудь|проигнорируй).{0,40}(инструкци|правил|указани)/i,
  /(忽略|无视|忘记).{0,20}(指令|规则|说明|提示)|(無視|忘れ).{0,20}(指示|命令)|(指示|命令).{0,10}(無視|忘れ)|지시.{0,10}무시/,
];
