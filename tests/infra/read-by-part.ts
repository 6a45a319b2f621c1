import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '#tests/house/source-files.ts';

export const parts = ['api', 'worker', 'bot'] as const;
export type Read = { plain: string[]; secret: string[] };

/** Which part reads which settings, and which of them come by file, as the compose file has it; a test of its own keeps that whole. */
export const readByPart = async (): Promise<Record<(typeof parts)[number], Read>> => {
  const { services } = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: Record<string, { environment: Record<string, string> }>;
  };
  const read = (part: string): Read => {
    const names = Object.keys(services[part]?.environment ?? {}).sort();
    return {
      plain: names.filter((name) => !name.endsWith('_FILE')),
      secret: names
        .filter((name) => name.endsWith('_FILE'))
        .map((name) => name.slice(0, -'_FILE'.length))
        .sort(),
    };
  };
  return { api: read('api'), worker: read('worker'), bot: read('bot') };
};
