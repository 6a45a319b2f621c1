import type { ChangeKind } from '#src/changelog/changes/types.ts';
import type { ChangeEvent } from './parse-event.ts';

const names: Record<string, readonly string[]> = {
  kind: ['kind', 'type', 'category', 'event', 'event type', 'change type'],
  system: [
    'system',
    'service',
    'application',
    'app',
    'repository',
    'repo',
    'project',
    'component',
    'workspace',
    'database',
    'cluster',
    'flag',
    'stack',
    'site',
    'pipeline',
    'application name',
    'service name',
    'pipeline name',
  ],
  title: ['title', 'summary', 'change', 'subject', 'what'],
  body: ['description', 'details', 'body', 'notes', 'reason', 'why'],
  version: ['version', 'release', 'tag', 'revision', 'new version'],
  image: ['image', 'image tag', 'container image'],
  environment: ['environment', 'env', 'stage', 'target', 'deployment group'],
  status: ['status', 'result', 'state', 'outcome', 'phase', 'deployment status', 'conclusion'],
  time: ['time', 'at', 'when', 'date', 'timestamp', 'finished', 'finished at', 'deployed at'],
  url: ['url', 'link', 'details url', 'run'],
  labels: ['labels', 'tags'],
  breaking: ['breaking'],
};
const byName = new Map(Object.entries(names).flatMap(([name, others]) => others.map((other) => [other, name] as const)));

const kinds: Record<string, ChangeKind> = {
  deploy: 'deploy',
  deployment: 'deploy',
  rollout: 'deploy',
  rollback: 'deploy',
  release: 'deploy',
  flag: 'flag',
  'feature flag': 'flag',
  feature_flag: 'flag',
  toggle: 'flag',
  config: 'config',
  configuration: 'config',
  setting: 'config',
  infrastructure: 'infrastructure',
  infra: 'infrastructure',
  terraform: 'infrastructure',
  database: 'database',
  db: 'database',
  migration: 'database',
  schema: 'database',
  policy: 'policy',
  people: 'people',
  hr: 'people',
  team: 'people',
  product: 'product',
};

const LINE = /^[-•*]?\s*([A-Za-z][A-Za-z _-]{0,24}?)\s*[:=]\s*(\S.*)$/;
const over =
  /^(?:ok|success(?:ful|fully)?|succeeded|done|completed?|finished|applied|synced|healthy|live|deployed|active|ready|published|passed)\b/i;

/** What `key: value` lines say of a system, its version and where it runs. */
export type EventFields = { system?: string; version?: string; environment?: string };

const readAll = (lines: readonly string[]): { found: Map<string, string>; rest: string[] } => {
  const found = new Map<string, string>();
  const rest: string[] = [];
  for (const line of lines) {
    const [, key = '', value = ''] = LINE.exec(line) ?? [];
    const name = byName.get(key.toLowerCase());
    if (name && !found.has(name)) found.set(name, value.trim());
    else rest.push(line);
  }
  return { found, rest };
};

/** The fields among the lines of a message that says what changed in a sentence. */
export const readFields = (lines: readonly string[]): EventFields => {
  const { found } = readAll(lines);
  const one = (name: string, form: RegExp): string | undefined => form.exec(found.get(name) ?? '')?.[1];
  const [system, environment] = [one('system', /^["'“]?([A-Za-z][\w./-]{0,80})["'”]?$/), one('environment', /^([\w./-]{1,40})$/)];
  const tagged = /(?:^|[:@])(v?\d+[\w.+-]*|[0-9a-f]{7,40})$/i;
  const version = one('image', tagged) ?? one('version', tagged);
  return { ...(system ? { system } : {}), ...(version ? { version } : {}), ...(environment ? { environment } : {}) };
};

/** A line says of how it ended that it did not go well, or has not yet. */
export const isUndone = (lines: readonly string[]): boolean =>
  lines.some((line) => {
    const [, key = '', value = ''] = LINE.exec(line) ?? [];
    return (byName.get(key.toLowerCase()) === 'status' || /\b(?:status|health)$/i.test(key)) && ended.test(value);
  });

const ended =
  /^(?:fail|error|cancel|abort|reject|denied|pending|queued|waiting|start|in[ _-]progress|running|degraded|rolled back|timed? ?out|out ?of ?sync)/i;

/** A block of `key: value` lines; null when it is none, 'not a change' when it says that nothing has changed (yet). */
export const parseEventFields = (lines: readonly string[]): ChangeEvent | null | 'not a change' => {
  const { found, rest } = readAll(lines);
  const get = (name: string): string | undefined => found.get(name);
  const kind = kinds[(get('kind') ?? '').toLowerCase()] ?? (get('system') && (get('version') ?? get('image')) ? 'deploy' : undefined);
  if (!kind || !(get('title') || get('system')) || found.size < 2) return null;
  const status = get('status');
  if (status !== undefined && !over.test(status)) return 'not a change';
  const time = get('time') ? new Date(get('time') as string) : undefined;
  const url = get('url');
  return {
    kind,
    system: get('system') ?? 'company',
    title:
      get('title') ?? titleOf(kind, get('system') as string, get('version') ?? get('image'), get('environment'), isRollback(get('kind'))),
    body: [get('body'), ...rest].filter(Boolean).join('\n'),
    labels: (get('labels') ?? '')
      .split(/[,\s]+/)
      .map((label) => label.trim())
      .filter((label) => label !== ''),
    breaking: /^(?:yes|true|1)$/i.test(get('breaking') ?? ''),
    time: time && !Number.isNaN(time.getTime()) ? time : undefined,
    url: url && /^https?:\/\/\S+$/i.test(url) ? url : undefined,
  };
};

const titleOf = (kind: ChangeKind, system: string, version: string | undefined, environment: string | undefined, back: boolean): string => {
  if (back) return `Rolled back ${system}${version ? ` to ${version}` : ''}${environment ? ` in ${environment}` : ''}`;
  const what = [system, version].filter(Boolean).join(' ');
  return `${verbs[kind] ?? 'Changed'} ${what}${environment ? ` ${kind === 'deploy' ? 'to' : 'in'} ${environment}` : ''}`;
};

const isRollback = (kind: string | undefined): boolean => /^roll-?back$/i.test(kind ?? '');

const verbs: Partial<Record<ChangeKind, string>> = { deploy: 'Deployed', database: 'Migrated' };
