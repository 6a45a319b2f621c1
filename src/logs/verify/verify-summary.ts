import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import { problemsOf } from '#src/logs/failures/problems.ts';
import { severityOf } from '#src/logs/offline/grade.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { type Claim, type LogSummary, type Severity, severities } from '#src/logs/summary.ts';
import type { RawClaim, RawSummary } from '#src/logs/summary-task.ts';
import { createFacts, type Facts } from '#src/logs/wording/facts.ts';
import { isAdvice } from './check-advice.ts';
import { checkEvidence, type Supported } from './check-evidence.ts';
import { withoutHidden } from './check-source.ts';
import { checkWording } from './check-wording.ts';
import { removeUnknownLinks } from './links.ts';

/**
 * Believes nothing (laws 5, 6, 8): fills in facts, keeps the claims whose evidence is in the digest and whose words the evidence
 * carries, removes links the log does not contain, masks secrets, and counts what it dropped. Used on every engine's answer.
 */
export const verifySummary = (raw: RawSummary, digest: Digest): LogSummary => {
  const facts = createFacts(digest);
  let unsupportedDropped = 0;
  const carried: Carried[] = [];
  const keep = (claims: RawClaim[], limit: number, check: Check, carries = false): Claim[] => {
    const { kept, dropped } = keepTrue(claims, limit, (claim) => check(claim, digest, facts, carries ? carried : []));
    unsupportedDropped += dropped;
    return kept;
  };
  const checked = {
    whatIsGoingOn: keep(raw.whatIsGoingOn, 6, checkFinding, true),
    likelyCauses: keep(raw.likelyCauses, 5, checkCause, true),
    impact: keep(raw.impact, 6, checkFinding, true),
    nextSteps: keep(raw.nextSteps, 8, checkAdvice),
  };
  const said = checkHeadline(raw.headline, digest, facts, carried);
  const headline = said ?? ownHeadline(digest, facts);
  // What our own code says of the digest needs no witness.
  if (said === null && facts.fill(raw.headline).text !== headline) unsupportedDropped += 1;
  return {
    headline,
    severity: checkSeverity(raw.severity, digest, carried.length > 0),
    ...checked,
    unsupportedDropped,
  };
};

/** The same strictness for claims by themselves, e.g. the answer to a question. */
export const verifyClaims = (claims: RawClaim[], digest: Digest, limit: number): { kept: Claim[]; dropped: number } => {
  const facts = createFacts(digest);
  return keepTrue(claims, limit, (claim) => checkFinding({ ...claim, confidence: null }, digest, facts, []));
};

const keepTrue = (claims: RawClaim[], limit: number, check: (claim: RawClaim) => Claim | null): { kept: Claim[]; dropped: number } => {
  const kept = claims.map(check).filter((claim) => claim !== null);
  return { kept: kept.slice(0, limit), dropped: claims.length - kept.length };
};

/** A kept claim: what was said, as it is shown, and what it drew on. The headline may say it again, and draw on it, too. */
type Carried = { said: string; shown: string; support: Supported };

type Check = (claim: RawClaim, digest: Digest, facts: Facts, carried: Carried[]) => Claim | null;

const checkFinding: Check = (raw, digest, facts, carried) => {
  const supported = checkEvidence(raw.evidence, digest, facts);
  if (!supported || supported.evidence.length === 0) return null;
  const text = checkText(raw.text, digest, facts, supported);
  if (text === null) return null;
  carried.push({ said: raw.text, shown: text, support: supported });
  return { text, confidence: raw.confidence, evidence: supported.evidence };
};

const checkCause: Check = (raw, digest, facts, carried) =>
  checkFinding({ ...raw, confidence: raw.confidence ?? 'low' }, digest, facts, carried);

/** Advice may be general and cite nothing; what it cites must hold, and what it names must be in the log. */
const checkAdvice: Check = (raw, digest, facts) => {
  const supported = checkEvidence(raw.evidence, digest, facts);
  if (!supported) return null;
  const filled = fillIn(raw.text, facts);
  if (filled === null) return null;
  const text = removeUnknownLinks(filled.text, digest);
  return isAdvice(filled.withoutFacts, everything(digest, facts), supported)
    ? { text: finish(text), confidence: null, evidence: supported.evidence }
    : null;
};

/**
 * The headline says nothing the kept claims do not: it is held against all they cite. Without a claim it is held against what looks wrong
 * in the log; that nothing does is believed only where we see nothing either.
 */
const checkHeadline = (raw: string, digest: Digest, facts: Facts, carried: Carried[]): string | null => {
  if (carried.length === 0 && severityOf(digest) === 'info') return checkText(raw, digest, facts, everything(digest, facts));
  if (saysAllIsWell(raw) && severityOf(digest) !== 'info') return null;
  const again = carried.find(({ said }) => said === raw);
  if (again) return again.shown;
  const supports = carried.map(({ support }) => support);
  const leading = carried.length > 0 ? [] : problemsOf(digest).slice(0, LEADING);
  return checkText(raw, digest, facts, {
    evidence: supports.flatMap(({ evidence }) => evidence),
    texts: supports.flatMap(({ texts }) => texts),
    patterns: [...new Set([...supports.flatMap(({ patterns }) => patterns), ...leading.map(({ pattern }) => pattern)])],
    passages: supports.flatMap(({ passages = [] }) => passages),
    facts,
    digest,
    aboutLog: true,
  });
};

const LEADING = 8;

const saysAllIsWell = (text: string): boolean =>
  /\b(?:nothing|no (?:sign|problem|error|issue|trouble|failure)s?|all (?:is |looks )?(?:well|fine|good)|everything (?:is |looks )?(?:well|fine|ok(?:ay)?|normal)|(?:is|are|was) (?:now )?(?:over|resolved|fixed|solved|back to normal))\b/i.test(
    text,
  );

const checkText = (raw: string, digest: Digest, facts: Facts, support: Supported): string | null => {
  const filled = fillIn(raw, facts);
  if (filled === null || filled.text.trim() === '') return null;
  if (removeUnknownLinks(filled.text, digest) !== filled.text) return null;
  return checkWording(filled.withoutFacts, support) ? finish(filled.text) : null;
};

const fillIn = (raw: string, facts: Facts): { text: string; withoutFacts: string } | null => {
  const whole = tidy(raw);
  // What is shown is what was checked.
  const text = whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
  const filled = facts.fill(text);
  return filled.unknown.length > 0 ? null : { text: filled.text, withoutFacts: text };
};

/** All the log says, for texts that speak about all of it. */
const everything = (digest: Digest, facts: Facts): Supported => {
  const known = everythings.get(facts) ?? {
    evidence: [],
    texts: (digest.highlights ?? []).map(({ text }) => text),
    patterns: digest.patterns,
    facts,
    digest,
    aboutLog: true,
  };
  everythings.set(facts, known);
  return known;
};

// Each piece of advice asks for it.
const everythings = new WeakMap<Facts, Supported>();

const ownHeadline = (digest: Digest, facts: Facts): string => finish(facts.fill(summarizeOffline({ digest }).headline).text);

/**
 * The model's word while anything else it said stands, but no more than one step calmer and two steps worse than what the levels say: a log
 * cannot talk its own severity down, nor up.
 */
const checkSeverity = (said: Severity, digest: Digest, stands: boolean): Severity => {
  const ours = severities.indexOf(severityOf(digest));
  if (!stands) return severities[ours] as Severity;
  return severities[Math.max(ours - 2, Math.min(severities.indexOf(said), ours + 1))] ?? said;
};

const longest = 700;

const finish = (text: string): string => redactSecrets(text);

// Characters that steer a terminal or hide text (control, bidirectional, zero width, tags) have no place in a sentence.
const tidy = (text: string): string => (isTidy.test(text) ? text : tidyUp(text));

const isTidy = /^(?:[!-~“”‘’…–—×↳·] ?)*$/;

const tidyUp = (text: string): string =>
  withoutHidden(text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, ' ').replace(/[\p{Cc}\s]+/gu, ' ')).trim();
