import type { ChangeKind } from './changes/types.ts';
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
  ],
  title: ['title', 'summary', 'change', 'subject', 'what'],
  body: ['description', 'details', 'body', 'notes', 'reason', 'why'],
  version: ['version', 'release', 'tag', 'revision', 'image'],
  environment: ['environment', 'env', 'stage', 'target'],
  status: ['status', 'result', 'state', 'outcome', 'phase'],
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
const over = /^(?:ok|success(?:ful|fully)?|succeeded|done|complete(?:d)?|finished|applied|synced|healthy|live|deployed|active)\b/i;

/** A block of `key: value` lines; null when it is none, 'not a change' when it says that nothing has changed (yet). */
export const parseEventFields = (lines: readonly string[]): ChangeEvent | null | 'not a change' => {
  const found = new Map<string, string>();
  const rest: string[] = [];
  for (const line of lines) {
    const [, key = '', value = ''] = LINE.exec(line) ?? [];
    const name = byName.get(key.toLowerCase());
    if (name && !found.has(name)) found.set(name, value.trim());
    else rest.push(line);
  }
  const get = (name: string): string | undefined => found.get(name);
  const kind = kinds[(get('kind') ?? '').toLowerCase()] ?? (get('system') && get('version') ? 'deploy' : undefined);
  if (!kind || !(get('title') || get('system')) || found.size < 2) return null;
  const status = get('status');
  if (status !== undefined && !over.test(status)) return 'not a change';
  const time = get('time') ? new Date(get('time') as string) : undefined;
  const url = get('url');
  return {
    kind,
    system: get('system') ?? 'company',
    title: get('title') ?? titleOf(kind, get('system') as string, get('version'), get('environment')),
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

const titleOf = (kind: ChangeKind, system: string, version: string | undefined, environment: string | undefined): string => {
  const what = [system, version].filter(Boolean).join(' ');
  return `${verbs[kind] ?? 'Changed'} ${what}${environment ? ` ${kind === 'deploy' ? 'to' : 'in'} ${environment}` : ''}`;
};

const verbs: Partial<Record<ChangeKind, string>> = { deploy: 'Deployed', database: 'Migrated' };
