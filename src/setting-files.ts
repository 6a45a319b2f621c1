import { readFileSync } from 'node:fs';

type Env = Record<string, string | undefined>;

/**
 * Settings whose value lies in a file: NAME_FILE names it, as Docker and Kubernetes hand out secrets. Only for names that are settings.
 * An empty file counts as not set. `problems` are sentences that repeat no value.
 */
export const readSettingFiles = (env: Env, names: readonly string[]): { env: Env; problems: string[] } => {
  const problems: string[] = [];
  const read: Env = {};
  for (const name of names) {
    const file = env[`${name}_FILE`]?.trim();
    if (!file) continue;
    if (env[name]?.trim()) problems.push(`${name} and ${name}_FILE are both set; take one away.`);
    else
      try {
        // Editors and echo end a file with a newline that is no part of the secret.
        read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      } catch (error) {
        problems.push(`${name}_FILE: ${file} could not be read (${(error as NodeJS.ErrnoException).code}).`);
      }
  }
  return { env: { ...env, ...read }, problems };
};
