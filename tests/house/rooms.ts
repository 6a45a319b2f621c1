/**
 * Who may import whom: the one table behind `import-law.test.ts` and behind the `noRestrictedImports` rules of biome.json.
 * Paths are globs from the root. A file is in the first room that matches it; it may always import files of its own room.
 */
export type Room = {
  name: string;
  files: readonly string[];
  /** What files of the room may import, beside packages; 'everything' for the places where concrete meets concrete. */
  may: readonly string[] | 'everything';
  /** What they may name with `import type` only. */
  mayNameTypesOf?: readonly string[];
  /** No packages and no node: modules either, no clock, no chance, no I/O. */
  pure?: true;
  /** Said to whoever breaks it. */
  law: string;
};

const pure = (name: string, folder: string): Room => ({
  name,
  files: [`${folder}/**`],
  may: [],
  pure: true,
  law: `${folder} is pure: it imports only its own files`,
});

const moduleRoom = (name: string, purePart: string): Room => ({
  name,
  files: [`src/${name}/**`],
  may: [
    `src/${name}/${purePart}/**`,
    'src/core/**',
    'db/**',
    'src/jobs/{define-job,admission}.ts',
    'src/delivery/{enqueue-delivery,deliver-job-spec,send-unhurried,new-delivery}.ts',
    'src/auth/{audit,slack-team}.ts',
    'src/webhooks/announce.ts',
    'src/{logs,tickets,changelog}/service.ts',
  ],
  mayNameTypesOf: ['src/engine/**', 'src/delivery/**', 'src/config.ts'],
  law: `src/${name} imports core, db, the jobs kit, the doors of delivery, auth (audit, slack-team) and webhooks (announce) and its own files; of another module only its service.ts`,
});

const support = (name: string, kit: readonly string[] = []): Room => ({
  name,
  files: [`src/${name}/**`],
  may: ['src/core/**', 'db/**', ...kit],
  mayNameTypesOf: ['src/config.ts'],
  law: `src/${name} imports core, db and its own files${kit.map((path) => ` and ${path}`).join('')}, and the type of the config`,
});

export const rooms: readonly Room[] = [
  { name: 'core', files: ['src/core/**'], may: [], law: 'src/core imports nothing of ours' },
  {
    name: 'config',
    files: ['src/config.ts', 'src/secrets.ts', 'src/setting-files.ts', 'src/strange-settings.ts'],
    may: ['src/core/**'],
    law: 'settings and secrets import core',
  },
  pure('digest', 'src/logs/digest'),
  pure('classify', 'src/tickets/classify'),
  pure('changes', 'src/changelog/changes'),
  moduleRoom('logs', 'digest'),
  moduleRoom('tickets', 'classify'),
  moduleRoom('changelog', 'changes'),
  {
    name: 'incidents',
    files: ['src/incidents/**'],
    may: [
      'src/core/**',
      'db/**',
      'src/jobs/define-job.ts',
      'src/delivery/{enqueue-delivery,deliver-job-spec,new-delivery}.ts',
      'src/auth/audit.ts',
    ],
    mayNameTypesOf: ['src/delivery/**'],
    law: 'src/incidents imports core, db, the jobs kit, the doors of delivery and auth (audit) and its own files',
  },
  support('engine'),
  support('blobs'),
  support('auth'),
  support('delivery', ['src/jobs/define-job.ts']),
  support('jobs'),
  {
    name: 'webhooks',
    files: ['src/webhooks/**'],
    may: ['src/core/**', 'db/**', 'src/jobs/define-job.ts', 'src/auth/audit.ts'],
    mayNameTypesOf: ['src/{tickets,changelog,incidents}/service.ts'],
    law: 'src/webhooks imports core, db, the jobs kit, the door of auth (audit) and its own files, and the types of the tickets, changelog and incidents services',
  },
  { name: 'terminal', files: ['src/terminal/**'], may: ['src/core/**'], law: 'src/terminal imports core and its own files' },
  {
    name: 'graphql',
    files: ['graphql/**'],
    may: [
      'src/core/**',
      'src/auth/**',
      'src/{logs,tickets,changelog,incidents}/service.ts',
      'src/{logs,tickets,changelog,incidents}/*-view.ts',
    ],
    mayNameTypesOf: ['db/entities/**', 'src/{logs,tickets,changelog}/**', 'src/webhooks/service.ts', 'src/config.ts'],
    law: "graphql imports core, auth and the modules' service.ts and *-view.ts; of their insides and of db's entities only types",
  },
  {
    name: 'http',
    files: ['src/http/**'],
    may: ['src/core/**', 'src/auth/**', 'src/{logs,tickets,changelog}/service.ts', 'db/**', 'monitoring/**'],
    mayNameTypesOf: ['src/config.ts', 'src/{logs,tickets,changelog,webhooks}/**'],
    law: "src/http imports core, auth, db, monitoring and the modules' service.ts; of their insides only types",
  },
  {
    name: 'bot',
    files: ['bot/**'],
    may: ['src/core/**'],
    mayNameTypesOf: ['src/config.ts'],
    law: 'bot is a client of the API: it imports core and its own files, and the type of the config',
  },
  {
    name: 'db',
    files: ['db/**'],
    may: ['src/core/**'],
    mayNameTypesOf: ['src/{logs,tickets,changelog}/**'],
    law: 'db imports core, and of the modules only types',
  },
  {
    name: 'monitoring',
    files: ['monitoring/**'],
    may: ['src/core/**'],
    mayNameTypesOf: ['src/jobs/**', 'src/logs/digest/types.ts'],
    law: 'monitoring imports core; of jobs and the digest only types',
  },
  { name: 'dashboard', files: ['dashboard/**'], may: [], law: 'dashboard is a client of the API: it imports its own files' },
  {
    name: 'composition',
    files: [
      'src/main.ts',
      'src/warm-up.ts',
      'src/roles.ts',
      'src/runtime.ts',
      'src/runtime/**',
      'src/database.ts',
      'src/http.ts',
      'src/print-start.ts',
      'src/summarize.ts',
      'src/doctor.ts',
      'src/doctor/**',
      'src/triage-report.ts',
      'src/changes.ts',
    ],
    may: 'everything',
    law: 'this is where concrete meets concrete',
  },
  { name: 'bench', files: ['bench/**'], may: 'everything', law: 'benchmarks point anywhere' },
  { name: 'tests', files: ['tests/**'], may: 'everything', law: 'tests enter anywhere' },
  { name: 'tools', files: ['*.ts', '.ci/**'], may: [], law: 'configuration of tools imports nothing of ours' },
];
