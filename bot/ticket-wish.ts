/** "ticket" in front, and not "tickets" or "ticket-service". */
// The colon behind it, not that of an emoji ("ticket :fire: …").
const WORD = /^\s*ticket(?=[\s:]|$)(?:\s*:(?![\w+'-]+:))*\s*/i;

/** How people ask for a ticket, a language an entry: "please make a ticket of this:", "kannst du dafür ein Ticket anlegen?" */
const wishes: RegExp[] = [
  /^\s*(?:(?:hi|hey|hello|please|pls|and|can|could|would|will|you|i|we|want|need|to|like|let’?'?s)[\s,!]+)*(?:make|create|open|file|raise|turn)\s+(?:(?:me|us|this|that|it|these|the thread|into)\s+)*(?:an?|one|another|the)\s+(?:new\s+)?ticket(?=[\s:.,!?]|$)(?:\s+(?:of|for|from|out of|about|with|on))?(?:\s+(?:me|us|this|that|it|these|above|the (?:message|thread|above)))?(?:[\s,]+(?:please|pls|thanks|thank you))?[\s:.,!?]*/i,
  /^\s*(?=.{0,60}(?:bitte|kannst|könn|brauche|möchte|hätte|mach|leg|erstell|öffn))(?:(?:hi|hallo|moin|bitte|und|kannst|könntest|können|könnten|du|sie|mir|uns|mal|ich|brauche|möchte|hätte gern)[\s,!]+)*(?:(?:mach|mache|machen|leg|lege|legen|erstell|erstelle|erstellen|eröffne|eröffnen|öffne)\s+)?(?:(?:bitte|mir|uns|sie|mal|dafür|dazu|daraus|hieraus|hierfür)\s+)*(?:ein|ein neues)\s+ticket(?=[\s:.,!?]|$)(?:\s+(?:bitte|dafür|dazu|daraus|hieraus|hierfür|für mich|für uns|an|auf|erstellen|anlegen|aufmachen|machen|eröffnen|öffnen))*(?:\s+(?:für|zu|aus|wegen)(?:\s+(?:das|dies|diesem|diese))?)?[\s:.,!?]*/i,
  /^\s*(?:(?:salut|bonjour|stp|svp|s[’']il (?:te|vous) pla[iî]t|merci de|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|je veux|je voudrais|il faut|nous|me)[\s,!]+)*(?:cr[ée]er?|cr[ée]ez|ouvrir|ouvre|ouvrez|faire|fais|faites)(?:-moi|-nous)?\s+un\s+(?:nouveau\s+)?ticket(?=[\s:.,!?]|$)(?:\s+(?:pour|de|avec|sur)(?:\s+(?:ça|cela|ceci|moi|nous))?)?(?:[\s,]+(?:stp|svp|merci))?[\s:.,!?]*/i,
  /^\s*(?:(?:hola|por favor|porfa|puedes|podrías|puede|podría|pueden|quiero|necesito|hay que|me|nos)[\s,!]+)*(?:crear?|crea|cree|abrir|abre|abra|hacer|haz|haga)(?:me|nos)?\s+un\s+(?:nuevo\s+)?ticket(?=[\s:.,!?]|$)(?:\s+(?:de|para|con|sobre)(?:\s+(?:esto|eso|mí|nosotros))?)?(?:[\s,]+(?:por favor|gracias))?[\s:.,!?]*/i,
];

/** What is left of a text when the words that ask for a ticket are taken off its front. */
export const withoutWish = (text: string): string => {
  if (WORD.test(text)) return text.replace(WORD, '');
  const wish = wishes.find((each) => each.test(text));
  return wish ? text.replace(wish, '') : text;
};
