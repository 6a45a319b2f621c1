/** "ticket" in front, and not "tickets" or "ticket-service". */
const WORD = /^\s*ticket(?=[\s:]|$)[\s:]*/i;
/** "please make a ticket of this:", "can you turn this into a ticket, please?" */
const WISH =
  /^\s*(?:(?:hi|hey|hello|please|pls|and|can|could|would|will|you|i|we|want|need|to|like|let’?'?s)[\s,!]+)*(?:make|create|open|file|raise|turn)\s+(?:(?:me|us|this|that|it|these|the thread|into)\s+)*(?:an?|one|another|the)\s+(?:new\s+)?ticket(?=[\s:.,!?]|$)(?:\s+(?:of|for|from|out of|about|with|on))?(?:\s+(?:this|that|it|these|above|the (?:message|thread|above)))?(?:[\s,]+(?:please|pls|thanks|thank you))?[\s:.,!?]*/i;

/** What is left of a text when the words that ask for a ticket are taken off its front. */
export const withoutWish = (text: string): string => text.replace(WORD.test(text) ? WORD : WISH, '');
