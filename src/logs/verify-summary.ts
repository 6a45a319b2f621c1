import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import { checkEvidence, type Supported } from './check-evidence.ts';
import { checkWording } from './check-wording.ts';
import type { Digest } from './digest/types.ts';
import { createFacts, type Facts } from './facts.ts';
import { removeUnknownLinks } from './links.ts';
import { severityOf, summarizeOffline } from './summarize-offline.ts';
import { type Claim, type LogSummary, type Severity, severities } from './summary.ts';
import type { RawClaim, RawSummary } from './summary-task.ts';

/**
 * Believes nothing (laws 5, 6, 8): fills in facts, keeps the claims whose evidence is in the digest and whose words the evidence
 * carries, removes links the log does not contain, masks secrets, and counts what it dropped. Used on every engine's answer.
 */
export const verifySummary = (raw: RawSummary, digest: Digest): LogSummary => {
  const facts = createFacts(digest);
  let unsupportedDropped = 0;
  const keep = (claims: RawClaim[], limit: number, check: Check): Claim[] => {
    const { kept, dropped } = keepTrue(claims, limit, (claim) => check(claim, digest, facts));
    unsupportedDropped += dropped;
    return kept;
  };
  const checked = {
    whatIsGoingOn: keep(raw.whatIsGoingOn, 6, checkFinding),
    likelyCauses: keep(raw.likelyCauses, 5, checkCause),
    impact: keep(raw.impact, 6, checkFinding),
    nextSteps: keep(raw.nextSteps, 8, checkAdvice),
  };
  const headline = checkHeadline(raw.headline, digest, facts);
  if (headline === null) unsupportedDropped += 1;
  return {
    headline: headline ?? ownHeadline(digest, facts),
    severity: checkSeverity(raw.severity, digest),
    ...checked,
    unsupportedDropped,
  };
};

/** The same strictness for claims by themselves, e.g. the answer to a question. */
export const verifyClaims = (claims: RawClaim[], digest: Digest, limit: number): { kept: Claim[]; dropped: number } => {
  const facts = createFacts(digest);
  return keepTrue(claims, limit, (claim) => checkFinding({ ...claim, confidence: null }, digest, facts));
};

const keepTrue = (claims: RawClaim[], limit: number, check: (claim: RawClaim) => Claim | null): { kept: Claim[]; dropped: number } => {
  const kept = claims.map(check).filter((claim) => claim !== null);
  return { kept: kept.slice(0, limit), dropped: claims.length - kept.length };
};

type Check = (claim: RawClaim, digest: Digest, facts: Facts) => Claim | null;

const checkFinding: Check = (raw, digest, facts) => {
  const supported = checkEvidence(raw.evidence, digest, facts);
  if (!supported || supported.evidence.length === 0) return null;
  const text = checkText(raw.text, digest, facts, supported);
  return text === null ? null : { text, confidence: raw.confidence, evidence: supported.evidence };
};

const checkCause: Check = (raw, digest, facts) => checkFinding({ ...raw, confidence: raw.confidence ?? 'low' }, digest, facts);

/** Advice may be general and cite nothing; what it cites must hold, and what it names beyond general words must be in the log. */
const checkAdvice: Check = (raw, digest, facts) => {
  const supported = checkEvidence(raw.evidence, digest, facts);
  if (!supported) return null;
  const filled = fillIn(raw.text, facts);
  if (filled === null) return null;
  const text = removeUnknownLinks(filled.text, digest);
  return checkWording(filled.withoutFacts, everything(digest, facts), { advice: true })
    ? { text: finish(text), confidence: null, evidence: supported.evidence }
    : null;
};

const checkHeadline = (raw: string, digest: Digest, facts: Facts): string | null =>
  checkText(raw, digest, facts, everything(digest, facts));

const checkText = (raw: string, digest: Digest, facts: Facts, support: Supported): string | null => {
  const filled = fillIn(raw, facts);
  if (filled === null || filled.text.trim() === '') return null;
  if (removeUnknownLinks(filled.text, digest) !== filled.text) return null;
  return checkWording(filled.withoutFacts, support, { advice: false }) ? finish(filled.text) : null;
};

const fillIn = (raw: string, facts: Facts): { text: string; withoutFacts: string } | null => {
  const text = tidy(raw);
  const filled = facts.fill(text);
  return filled.unknown.length > 0 ? null : { text: filled.text, withoutFacts: text };
};

/** All the log says, for texts that speak about all of it. */
const everything = (digest: Digest, facts: Facts): Supported => {
  const known = everythings.get(facts) ?? {
    evidence: [],
    texts: [...facts.valuesOf('log'), ...(digest.highlights ?? []).map(({ text }) => text)],
    patterns: digest.patterns,
    facts,
    aboutLog: true,
  };
  everythings.set(facts, known);
  return known;
};

// The headline and each piece of advice ask for it.
const everythings = new WeakMap<Facts, Supported>();

const ownHeadline = (digest: Digest, facts: Facts): string =>
  finish(facts.fill(summarizeOffline({ digest, title: '', source: null }).headline).text);

/** The model's word, but no more than one step calmer than what the levels say: a log cannot talk its own severity down. */
const checkSeverity = (said: Severity, digest: Digest): Severity => {
  const ours = severities.indexOf(severityOf(digest));
  return severities[Math.min(severities.indexOf(said), ours + 1)] ?? said;
};

const longest = 700;

const finish = (text: string): string => redactSecrets(text.length > longest ? `${text.slice(0, longest)}…` : text);

// Characters that steer a terminal or hide text (control, bidirectional, zero width, tags) have no place in a sentence.
const tidy = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '')
    .trim();
