import type { Pattern, Variable } from '#src/logs/digest/types.ts';
import { isDeprecation } from '#src/logs/failures/problems.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { entityNouns } from '#src/logs/verify/vocabulary.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';
import { partlyFailed } from './name-fields.ts';
import { failedOf, nameRequests } from './name-requests.ts';
import { cite, when } from './name-trouble.ts';

const MOST_CLAIMS = 4;

/** Whom and what it hits: requests that failed, and the users, hosts, paths and orders that the leading troubles name. */
export const impactOf = (troubles: readonly Trouble[], told: readonly Trouble[]): RawClaim[] => {
  const hitting = troubles.filter(({ patterns }) => patterns.length === 0 || !patterns.every(isDeprecation));
  const named = hitting.slice(0, 3).flatMap((trouble) => {
    const { patterns } = trouble;
    // Of requests the one path is told with them.
    const isRequests = nameRequests(trouble) !== null;
    const isTold = ({ kind, distinct }: Variable): boolean => isRequests && (kind === 'path' || kind === 'url') && distinct === 1;
    // Values are counted over all records: where some went well they say nothing of those that failed.
    const failed = patterns.filter((pattern) => !partlyFailed(pattern) && (!isRequests || allFailed(pattern)));
    // Of patterns that tell the same, the one with most records says whom it hits.
    for (const pattern of failed.toSorted((a, b) => b.count - a.count)) {
      const upstream = upstreamOf(pattern);
      if (upstream) return [upstream];
      const found = onePerNoun(
        pattern,
        shownVariables(pattern).filter((variable) => !isTold(variable)),
      );
      if (found.length > 0) return found;
    }
    return [];
  });
  const about = ({ text }: RawClaim): string => text.slice(text.indexOf('”: ')).replace(/\{[^}]*\}/g, '');
  const distinct = named.filter((claim, at) => named.findIndex((other) => about(other) === about(claim)) === at);
  return [...failedRequests(troubles, told), ...distinct].slice(0, MOST_CLAIMS);
};

/** 'upstream: "http://10.4.0.7:8080/…"': what was to answer, which the public name in front of it hides. */
const upstreamOf = (pattern: Pattern): RawClaim | null => {
  const parts = pattern.template.split(/<[a-z]+>/);
  const variable = shownVariables(pattern).find(({ index }) => /\bupstream["']?\s?[:=]\s?["']?$/.test(parts[index] ?? ''));
  const hosts = [...new Set((variable?.top ?? []).flatMap(({ value }) => /^\w+:\/\/([\w.:[\]-]+)/.exec(value)?.[1] ?? []))];
  const [first] = hosts;
  if (!first || hosts.length > MOST_UPSTREAMS) return null;
  const sample = pattern.samples.find(({ text }) => text.includes(first));
  const quote = sample ? (/upstream["']?\s?[:=]\s?["']?\w+:\/\/[\w.:[\]-]+/.exec(sample.text)?.[0] ?? null) : null;
  return {
    text: `“${readable(pattern, 80)}”: the upstream is ${hosts.join(' or ')}`,
    confidence: null,
    evidence: [{ ...cite(pattern), quote }],
  };
};

const MOST_UPSTREAMS = 4;

/** '64 addresses' and '72 addresses' of one record are two ends of it, and say nothing side by side. */
const onePerNoun = (pattern: Pattern, variables: readonly Variable[]): RawClaim[] => {
  const said = new Set<string>();
  return variables.flatMap((variable) => {
    const [noun] = nounsOf(pattern, variable) ?? [];
    const claim = noun !== undefined && !said.has(noun) ? impactOfVariable(pattern, variable) : null;
    if (!claim || noun === undefined) return [];
    said.add(noun);
    return [claim];
  });
};

/** What callers got, where nothing above says so. */
const failedRequests = ([top, ...others]: readonly Trouble[], told: readonly Trouble[]): RawClaim[] => {
  if (!top || nameRequests(top)) return [];
  const failed = [top, ...others].find((trouble) =>
    trouble.patterns.some((pattern) => failedOf(pattern).some(({ status }) => status >= 500)),
  );
  const said = failed && failed !== top && !told.includes(failed) ? nameRequests(failed) : null;
  return failed && said
    ? [
        {
          text: `${said.replace(/,$/, '')}, ${when(failed.patterns)}`,
          confidence: null,
          evidence: failed.patterns.map((pattern) => ({ ...cite(pattern), quote: null })),
        },
      ]
    : [];
};

const byKind: Partial<Record<Variable['kind'], [string, string]>> = {
  path: ['path', 'paths'],
  host: ['host', 'hosts'],
  ip: ['address', 'addresses'],
  email: ['e-mail address', 'e-mail addresses'],
};

const impactOfVariable = (pattern: Pattern, variable: Variable): RawClaim | null => {
  const [top] = variable.top;
  const words = nounsOf(pattern, variable);
  if (!words || !top || top.value.length > 80 || pattern.count < 3 || /[{}[\]]/.test(top.value)) return null;
  const constant = variable.distinct === 1 && variable.exact;
  // 'be_app/app-1' is two names, '28/Nov/2026' a day.
  if (words === byKind.path && (!isPath.test(top.value) || isOfTheProgram.test(top.value))) return null;
  // The message said it.
  if (constant && readable(pattern, 80).includes(top.value)) return null;
  const [one, many] = words;
  const fact = (name: string) => `{${pattern.id}.${name}}`;
  const often =
    top.count > 1 ? `, most often ${top.value} (${fact(`topCount.${variable.index}.0`)} of ${fact('count')})` : `, among them ${top.value}`;
  const text = constant
    ? `all ${fact('count')} concern the ${one} ${top.value}`
    : `${fact(`distinct.${variable.index}`)} ${many} are involved${often}`;
  return { text: `“${readable(pattern, 80)}”: ${text}`, confidence: null, evidence: [{ ...cite(pattern), quote: null }] };
};

// Where a program's code or its own trace lies hits nobody.
const isOfTheProgram =
  /\.(?:php|java|kt|scala|py|rb|[cm]?[jt]sx?|go|cs|exs?|erl|rs|c|cc|cpp|h|swift|pl|lua|trc|log|dll|so|jar)(?:[:(]\d+\)?)*$/i;

const isPath = /^(?:[~.]{0,2}[/\\]|[A-Za-z]:[/\\])|:\/\//;

const allFailed = (pattern: Pattern): boolean => failedOf(pattern).reduce((sum, { count }) => sum + count, 0) >= pattern.count;

const nounsOf = (pattern: Pattern, variable: Variable): [string, string] | undefined =>
  isMeasure.has(variable.kind) ? undefined : (namedBefore(pattern, variable) ?? byKind[variable.kind]);

/** 'service=30000ms' is how long, and no service. */
const isMeasure: ReadonlySet<Variable['kind']> = new Set(['duration', 'size', 'time']);

/** 'order=<num>', 'user <id>': the word in front says what the value is. */
const namedBefore = ({ template }: Pattern, { index }: Variable): [string, string] | null => {
  const before =
    template
      .split(/<[a-z]+>/)
      .slice(0, index + 1)
      .at(-1) ?? '';
  const noun = /(?:^|[\s"'(,{&?[])["']?([a-z]+)(?:[_-]?(?:id|no|number|name))?["']?\s?[:=#]?\s?["']?$/i.exec(before)?.[1]?.toLowerCase();
  return noun && entityNouns.has(noun) ? [noun, `${noun}s`] : null;
};
