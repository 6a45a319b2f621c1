import type { VariableKind } from '#src/logs/digest/types.ts';

/** Kinds as numbers; 0 is a word that stays. */
export const kinds = [
  'word',
  'num',
  'hex',
  'id',
  'uuid',
  'ip',
  'host',
  'path',
  'url',
  'email',
  'duration',
  'size',
  'time',
  'quoted',
  'any',
] as const satisfies readonly (VariableKind | 'word')[];
export const [word, num, hex, id, uuid, ip, host, path, url, email, duration, size, time, quoted, any] = kinds.map((_, k) => k) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export const toKind = (kind: number): VariableKind => (kind === word ? 'any' : (kinds[kind] as VariableKind));

// Families: kinds one and the same variable may show from record to record share an identity.
export const familyOf = kinds.map((kind) =>
  ['num', 'hex', 'id', 'uuid'].includes(kind) ? 1 : ['ip', 'host'].includes(kind) ? 5 : kinds.indexOf(kind),
);
export const anyFamily = 99;
