import type { TriageMode } from '#db/entities/category.ts';
import { type FirstCategory, languages } from '#src/tickets/classify/index.ts';

export type CategoryDraft = { name: FirstCategory; description: string; team: string; mode: TriageMode };

/** What a workspace starts with on its first day; every team changes them. All suggest only, until somebody trusts them with more. */
export const defaultCategories: readonly CategoryDraft[] = [
  draft(
    'Incident',
    'Operations',
    'Something in production is down, failing or very slow for customers: outage, errors, 5xx, timeouts, data loss, alerts.',
  ),
  draft(
    'Bug',
    'Engineering',
    'Software behaves wrongly: an error message, a crash, a wrong result, something that worked before and does not work now.',
  ),
  draft('Feature request', 'Product', 'A wish for something new or better: add, support, allow, improve, it would be nice, could we have.'),
  draft(
    'Question',
    'Support',
    'Somebody wants to know how something works, where to find it or whether it is possible: how do I, what is, documentation.',
  ),
  draft(
    'Access and accounts',
    'IT',
    'Log-in, password reset, locked account, permissions, roles, VPN, single sign-on, two-factor, add a user to a group or repository.',
  ),
  draft(
    'Hardware and software',
    'IT',
    'Laptop, monitor, phone, printer, headset, software licence or installation, network or Wi-Fi at a desk.',
  ),
  draft(
    'Deployment and infrastructure',
    'Platform',
    'Deploys, pipelines, builds, CI, servers, clusters, databases, disk space, certificates, DNS, environments.',
  ),
  draft(
    'Security',
    'Security',
    'Phishing, leaked secret or key, vulnerability, CVE, suspicious sign-in, malware, lost device, audit finding.',
  ),
  draft(
    'People and HR',
    'People',
    'Vacation, sick leave, payroll, salary, contract, onboarding, benefits, parental leave, reference letter, training.',
  ),
  draft(
    'Purchasing and finance',
    'Finance',
    'Invoice, purchase order, expense, reimbursement, budget, vendor, subscription, credit card, travel booking.',
  ),
  draft(
    'Office and facilities',
    'Office',
    'Rooms, heating, light, water, doors and keys, lifts, furniture, kitchen, cleaning, parking, post and parcels.',
  ),
];

/**
 * How people ask for such things in any company, in every language we speak: what a category means to the classifier as long as it is described
 * as on the first day, and has no history of its own. So does one that is called what the first one is called in one of them. General words, so
 * that what is particular to a workspace outweighs them.
 */
export const phrasesOf = (category: Described): readonly string[] => {
  const first = firstOf(category);
  return first ? languages.flatMap(({ categories }) => categories[first].phrases) : [];
};

/** How urgent a ticket of such a category is that says nothing of it: nobody waits for a wish or an answer as for what is broken or missing. */
export const usualPriorityOf = (category: Described): 'P3' | 'P4' => {
  const first = firstOf(category);
  return first === 'Question' || first === 'Feature request' ? 'P4' : 'P3';
};

type Described = { name: string; description: string };

const firstOf = ({ name, description }: Described): FirstCategory | undefined =>
  defaultCategories.find((draft) => draft.name === name && draft.description === description)?.name ?? calledSo(name);

/** Its English name has a description of its own here, so that one described otherwise means something else. */
const calledSo = (name: string): FirstCategory | undefined =>
  languages
    .flatMap(({ categories }) => Object.entries(categories) as [FirstCategory, { names: readonly string[] }][])
    .find(([, { names }]) => names.some((each) => each.toLowerCase() === name.trim().toLowerCase()))?.[0];

function draft(name: FirstCategory, team: string, description: string): CategoryDraft {
  return { name, team, description, mode: 'SUPERVISED' };
}
