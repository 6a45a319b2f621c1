import { type Group, leadOf } from '#src/changelog/changes/group/item.ts';
import { isTechnical } from '#src/changelog/changes/select/technical.ts';
import type { CompanySection } from '#src/changelog/changes/types.ts';

/** Where the whole company looks for it: what customers use, what that runs on, whom and which rules it is about, or how the house is run. */
export const classifyForCompany = (group: Group): CompanySection => {
  const { change, parsed } = leadOf(group);
  if (change.kind === 'people' || change.kind === 'policy') return 'People & Policy';
  if (change.kind === 'infrastructure' || change.kind === 'database' || change.kind === 'config') return 'Platform';
  if (change.kind === 'deploy' || change.kind === 'ticket') return 'Operations';
  if (change.kind === 'product' || change.kind === 'flag' || change.kind === 'release') return 'Product';
  if (change.kind === 'note') return classifyNote(change.title);
  if (isTechnical(parsed) || (parsed.type !== null && platformTypes.has(parsed.type))) return 'Platform';
  return parsed.topics.length > 0 && parsed.type === null ? 'Platform' : 'Product';
};

const platformTypes = new Set(['refactor', 'style', 'test', 'ci', 'build', 'deps', 'chore', 'docs', 'security']);

// What people note is mostly of the house, so only what names a thing of ours is of the product.
const classifyNote = (title: string): CompanySection => {
  if (people.test(title)) return 'People & Policy';
  if (operations.test(title)) return 'Operations';
  if (isTechnical({ subject: title, scope: null })) return 'Platform';
  return product.test(title) ? 'Product' : 'Operations';
};

const people =
  /(?<![\p{L}\p{N}_])(?:polic(?:y|ies)|handbook|code of conduct|dress code|onboarding|hiring|hired?|hires|recruit\w*|joins?|joined|leaves? (?:us|the company|at|on|in|after|for)\b|is leaving|left (?:us|the company)|resign\w*|retires?|parental|maternity|paternity|vacation|holidays?|time off|days? off|day-?off|pto|sick (?:days?|leave|notes?)|absences?|benefits?|perks?|salar(?:y|ies)|bonus(?:es)?|pension|payroll|compliance|gdpr|trainings?|workshops?|office|desks?|canteen|lunch(?:es)?|kitchen|all[- ]hands|off-?sites?|team lead|team event|promot(?:ed|ion)|reorg\w*|working (?:hours|from home)|work from home|remote work|home office|expenses?|travel costs|colleagues?|employees?|staff|interns?|apprentic\w*|works council|hr|c[efotpmi]o|head of|vp|director|manager of|(?:is|as|becomes?|welcome) (?:the |our |a )?new (?!\w+ (?:page|feature|version|plan)\b)\w+$|(?:is|becomes?) (?:the|our) new|(?:moved?|moves|switche[sd]) to (?:the )?(?:\w+ )?team|welcome|farewell|birthday|anniversary)(?![\p{L}\p{N}_])/iu;
const operations =
  /(?<![\p{L}\p{N}_])(?:incidents?|outages?|on-?call|maintenance|backups?|support hours|deploy(?:ed|ment)?|roll-?out|rolled back|migrat(?:ed|ion)|runbooks?|vendors?|suppliers?|contracts?|warehouse|shipping|invoices? (?:are|go|must)|accounting|bookkeeping|procurement|vpn|printers?|wi-?fi|laptops?|phones? system|we (?:now )?use|licen[sc]es?)(?![\p{L}\p{N}_])/iu;
const product =
  /(?<![\p{L}\p{N}_])(?:apps?|shop|store|checkout|features?|releases?|released|launch\w*|beta|trial|pricing|prices?|plans?|tiers?|dashboard|mobile|website|landing page|search|exports?|imports?|integrations?|api|log-?in|sign-?up|pages?|notifications?|payments?|vouchers?|gift cards?|dark mode|customers can|users can|customers (?:get|see)|users (?:get|see))(?![\p{L}\p{N}_])/iu;
