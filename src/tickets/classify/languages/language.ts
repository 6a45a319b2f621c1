/** What moves a priority, as the ticket is told it. */
export type PrioritySign =
  | 'an outage'
  | 'everybody is hit'
  | 'nobody can do it'
  | 'data is lost or corrupt'
  | 'security is at stake'
  | 'production is named'
  | 'customers or money are hit'
  | 'several are hit'
  | 'work is blocked'
  | 'somebody is locked out'
  | 'it is called urgent'
  | 'there is a deadline'
  | 'something crashes'
  | 'it cannot be built, started or used'
  | 'something fails'
  | 'it is slow or comes and goes'
  | 'it is a question'
  | 'it is a wish'
  | 'it is cosmetic'
  | 'there is no hurry'
  | 'one person is hit'
  | 'there is a way around';

/** The categories a workspace begins with, as they are called then. */
export type FirstCategory =
  | 'Incident'
  | 'Bug'
  | 'Feature request'
  | 'Question'
  | 'Access and accounts'
  | 'Hardware and software'
  | 'Deployment and infrastructure'
  | 'Security'
  | 'People and HR'
  | 'Purchasing and finance'
  | 'Office and facilities';

/** What a language says for the first day, before a workspace has taught anything. Sources are of regular expressions without case. */
export type Language = {
  /** Words that nearly every text has. */
  everyday: string;
  /** Others that say nothing of what a text is about: of time, mostly. In a history they may tell something. */
  passing: string;
  /** What people call a category for all that fits none of the others. */
  rest: string;
  /** Words are put together to one: a Diensthandy is a Handy. */
  compounds?: true;
  /** How each sign is said; a source begins where a word begins and, of a language of `wholeWords`, ends where one ends. */
  wholeWords?: true;
  signs: Partial<Record<PrioritySign, string>>;
  /** How a text begins that asks, and how its first sentence does if it ends with a question mark. */
  questions: string;
  asks: string;
  around: {
    /** Words up to two words before a phrase that deny it, and phrases right behind it that do. */
    denial: string;
    deniedAfter?: string;
    /** What is only talked about: a question about it, what the policy on it says. */
    talk?: string;
    /** Nouns behind a phrase that say what is meant is that thing: a phishing training. */
    headWord?: string;
    /** Verbs that set, and names of, what a priority is to be. */
    setting?: string;
    priority?: string;
  };
  /**
   * What mails have around their matter: the names of header lines, how one is forwarded, begun, closed and sent. A paragraph with two of the
   * `notices` is a disclaimer, one with a single one of the `banners` as well.
   */
  letter: {
    subject: string;
    headers: string;
    forwarded: string;
    greetings: string;
    closings: string;
    sentFrom: string;
    notices: readonly string[];
    banners: readonly string[];
  };
  /**
   * How somebody says what a ticket is to be sorted as: verbs that `sorts` alone, and those that do when what they move is `it`; what stands before
   * the name `as` which it is; and what a `category` is called that `is` one.
   */
  sorting: { sorts: string; moves: string; it: string; as: string; category: string; is: string };
  /** Nouns that stand before the number of an order, a customer, a ticket elsewhere, or the name of a device. */
  numbered: { order: string; customer: string; ticket: string; device: string };
  /** What environments are called, as whole words. */
  environments: string;
  /** What else the first categories are called, and how people ask for such things in any company. */
  categories: Requests;
};

/** What a language calls the first categories otherwise, and phrases in which people ask for such things anywhere, one file a language. */
export type Requests = Record<FirstCategory, { names: readonly string[]; phrases: readonly string[] }>;
