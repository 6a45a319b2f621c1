/**
 * What a person is shown, whatever the surface. Modules fill it in from domain results; Slack blocks and the terminal are
 * drawn from it alone. All strings are plain text: whoever draws escapes for its own surface.
 */
export type Report = {
  /** Chat user the headline speaks of; drawn as a mention in front of it ('@ana asked for …'). */
  by?: string;
  headline: string;
  /** Chat user or user group to be told, an id from the settings and nowhere else; drawn as a mention at the end of the headline. */
  notify?: string;
  /** Chat user who has it; drawn as a mention under the headline. In what is edited it calls nobody. */
  withUser?: string;
  /** Chat user who did what the headline says, and in a word what that was; drawn as 'resolved by @ben' under it. */
  done?: { word: string; by: string };
  /** Chat user who asked, where that is not to be seen otherwise; drawn as a mention under the headline. */
  askedBy?: string;
  tone: Tone;
  /** One line under the headline, e.g. '48,213 lines · 6.1 MB · 12:02–12:19 UTC'. */
  subtitle?: string;
  sections: ReportSection[];
  charts: ReportChart[];
  /** Small print, one line each: ledger, receipt, what was dropped. */
  facts: string[];
  actions: ReportAction[];
};

/** How grave it is; 'plain' is a part of something that has said so already. */
export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'working' | 'failed' | 'plain';

export type ReportSection = { title: string; items: ReportItem[]; ordered?: boolean };

export type ReportItem = {
  text: string;
  /** A word in front, e.g. 'likely'. */
  label?: string;
  /** How many records it is about; drawn in front, one above the other. */
  count?: number;
  /** Where it is from, e.g. ['P3', 'L18,204–39,911']. */
  refs?: string[];
  /** Addresses from the input, never from a model; what is no web address is shown as its text. */
  links?: ReportLink[];
  /** Id of a chat channel the text speaks of; drawn as a mention behind it, which its readers see by its name. */
  channel?: string;
  /** Verbatim text, drawn in a fixed-width font. */
  quote?: string;
};

export type ReportLink = { text: string; url: string };

/** `values` are drawn as one row of bars, left to right in time. */
export type ReportChart = { label: string; values: number[] };

/**
 * Something to tap. With `options` it is a menu: the option's value is what was chosen, `value` still says about what. `primary` is what
 * most people will want. With `people` somebody is chosen. `rest` is the value of one more entry, "More …", for a menu with more options than there
 * is room for.
 */
export type ReportAction = {
  id: string;
  label: string;
  value: string;
  primary?: boolean;
  options?: { label: string; value: string }[];
  rest?: string;
  people?: boolean;
};
