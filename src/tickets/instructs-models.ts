/**
 * Whether a text speaks to whoever sorts it rather than about a matter. Such a ticket is sorted without a remote model: what it could be
 * talked into is at worst a wrong category of the closed list, and with this not even that for what people are known to try.
 */
export const instructsModels = (text: string): boolean => {
  // As a model would read it: without tricks of writing (full-width letters, zero-width characters, spaced out words).
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/\s+/g, ' ');
  return cues.some((cue) => cue.test(plain));
};

const cues: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|rules?|prompts?|guidelines|above|before|previous|prior|categories)\b/i,
  /\b(you are|act as|pretend to be|you're) (now )?(an? |the )?(ai|assistant|model|language model|llm|classifier|triage|sorter|system|chatgpt|dan)\b/i,
  /\b(system|developer|assistant) ?(prompt|message|instructions?|note|override)\b|(^|[\s[(<#])(system|assistant|developer)\s*[:>\])]\s*(you|the|all|override|ignore|answer|new|set|now|always)\b/i,
  /\b(answer|respond|reply|output|return|print|classify|categori[sz]e|label|say)\b.{0,40}\b(c\d{1,2}|category|only with|exactly with)\b/i,
  /"category"\s*:|\bcategory (code|must be|should be|is always|is now)\b/i,
  /<\/?(ticket|categories|decided_before|system|instructions?)\b/i,
  /\b(note|message|attention|instructions?) (to|for) (the )?(ai|assistant|model|llm|bot|classifier|triage)\b/i,
  /\b(ignoriere?|vergiss|missachte)\b.{0,40}\b(anweisung|regel|vorherige|obige)/i,
  /\b(ignore[zr]?|oublie[zr]?|ignora|olvida)\b.{0,40}\b(instructions?|règles|instrucciones|reglas|istruzioni)\b/i,
];
