import type { ChangelogPost } from '#db/entities/changelog-post.ts';
import type { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import type { Composed } from '#src/changelog/composing/compose-changelog.ts';
import type { Report, ReportAction, ReportSection } from '#src/core/report.ts';
import { periodOf, postRoot } from './post-report.ts';
import type { Deed } from './post-state.ts';
import { toWords } from './schedule-words.ts';

/** What the owner of a draft sees above its sections; the buttons go when it is decided. */
export const draftRoot = (post: ChangelogPost, composed: Composed, isNewest: boolean): Report => {
  const root = postRoot(post, composed, { forOwner: true });
  const undecided = post.state === 'DRAFT';
  return {
    ...root,
    headline: `${stateWords[post.state] ?? 'Draft'}: ${root.headline}`,
    sections: [whereTo(post.channel), ...root.sections],
    facts: [
      ...root.facts,
      ...(undecided ? ['Look through it in the thread. It is posted when you approve it; nothing is lost while it waits.'] : []),
    ],
    actions: [...(undecided ? actionsOf(post.id, isNewest) : []), ...root.actions],
  };
};

const stateWords: Partial<Record<ChangelogPost['state'], string>> = {
  COMPOSING: 'Being composed anew',
  POSTING: 'Approved',
  POSTED: 'Posted',
  SKIPPED: 'Skipped',
  FAILED: 'Not posted',
};

/** Only the newest one is composed again: a later one has told of what came in since. */
const actionsOf = (id: string, isNewest: boolean): ReportAction[] => {
  const value = JSON.stringify({ id });
  return [
    { id: 'changelog_approve', label: 'Approve', value, primary: true },
    { id: 'changelog_edit', label: 'Edit', value },
    ...(isNewest ? [{ id: 'changelog_again', label: 'Compose again', value }] : []),
    { id: 'changelog_skip', label: 'Skip', value },
  ];
};

export const reminderReport = (post: ChangelogPost, composed: Composed, isNewest: boolean): Report => ({
  headline: `A changelog still waits for you: ${composed.headline}`,
  tone: 'medium',
  subtitle: periodOf(post),
  sections: [whereTo(post.channel)],
  charts: [],
  facts: ['I remind once. Later ones wait behind it, so approve or skip it when you can.'],
  actions: post.state === 'DRAFT' ? actionsOf(post.id, isNewest) : [],
});

/** For whoever asked for a post. */
export const nothingReport = (post: ChangelogPost, composed: Composed): Report => {
  const { subtitle, facts, actions } = postRoot(post, composed, { forOwner: true });
  return {
    headline: 'Nothing worth telling has changed, so nothing was posted',
    tone: 'info',
    ...(subtitle ? { subtitle } : {}),
    sections: [whereTo(post.channel)],
    charts: [],
    facts,
    actions,
  };
};

/** Why nothing comes any more, and how to mend it. */
export const pausedReport = (subscription: ChangelogSubscription): Report => ({
  headline: subscription.ownerLostAt ? 'A changelog is paused' : 'A changelog of yours is paused',
  tone: 'medium',
  subtitle: toWords(subscription),
  sections: [whereTo(subscription.channel), { title: 'Why', items: [{ text: subscription.pausedReason ?? '' }] }],
  charts: [],
  facts: [
    'Nothing is lost: when that is mended, say /changelog resume in the channel, and what was missed is made up for. /changelog unsubscribe ends it.',
    ...(subscription.ownerLostAt ? ['Whoever resumes it is asked and told from then on.'] : []),
  ],
  actions: [resumeAction(subscription)],
});

/** What somebody else did with a changelog, for its owner. */
export const doneReport = (
  subscription: ChangelogSubscription,
  { deed, by, post }: { deed: Deed; by: string; post: ChangelogPost | null },
): Report => {
  const { headline, fact } = deeds[deed];
  return {
    ...(by ? { by } : {}),
    headline: by ? headline : `An admin ${headline}`,
    tone: 'medium',
    subtitle: post ? periodOf(post) : toWords(subscription),
    sections: [whereTo(subscription.channel)],
    charts: [],
    facts: [fact],
    actions: deed === 'rested' ? [resumeAction(subscription)] : [],
  };
};

const deeds: Record<Deed, { headline: string; fact: string }> = {
  ended: {
    headline: 'ended a changelog of yours',
    fact: 'Drafts nobody approved are skipped, and what was posted stays. /changelog subscribe in the channel begins anew.',
  },
  rested: { headline: 'paused a changelog of yours', fact: 'Nothing is lost: when it is resumed, what was missed is made up for.' },
  skipped: { headline: 'skipped a draft of yours', fact: 'It is not posted, and its time counts as covered.' },
};

const resumeAction = ({ id }: ChangelogSubscription): ReportAction => ({
  id: 'changelog_resume',
  label: 'Resume',
  value: JSON.stringify({ id }),
  primary: true,
});

const whereTo = (channel: string): ReportSection => ({ title: 'Channel', items: [{ text: 'It goes to', channel }] });
