import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `npm run native`, after a change in src/logs/digest/native: compiles it to WebAssembly, which is kept as text beside it, so that nobody else needs the
// compiler. That takes its sources for TypeScript by their names; ours must not.

const compiler = 'assemblyscript@0.28.20';
const folder = join(import.meta.dirname, 'src/logs/digest/native');

/** By this a test sees that what was compiled is what stands there. */
export const hashSources = (): string => {
  const hash = createHash('sha256');
  for (const name of sourceNames()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
};

const sourceNames = (): string[] => [...readdirSync(folder).filter((name) => name.endsWith('.as')), 'layout.ts'].sort();

/** The WebAssembly that `asc`, the compiler's program, makes of the sources. */
export const compile = (asc: readonly [program: string, ...args: string[]]): Buffer => {
  const work = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    for (const name of sourceNames()) copyFileSync(join(folder, name), join(work, name.replace(/\.as$/, '.ts')));
    const [, pages] = /pages = (\d+)/.exec(readFileSync(join(folder, 'layout.ts'), 'utf8')) ?? [];
    const options = `-O3 --runtime stub --noAssert --importMemory --noExportMemory --initialMemory ${pages} --maximumMemory ${pages}`;
    const [program, ...args] = asc;
    execFileSync(program, [...args, 'rows.ts', ...options.split(' '), '--outFile', 'code.wasm'], { cwd: work, stdio: 'inherit' });
    return readFileSync(join(work, 'code.wasm'));
  } finally {
    rmSync(work, { recursive: true });
  }
};

if (import.meta.main) {
  const text = `// Written by \`npm run native\`.
export const sourceHash = '${hashSources()}';
export const code =
  '${compile(['npx', '--yes', `--package=${compiler}`, 'asc']).toString('base64')}';
`;
  writeFileSync(join(folder, 'code.ts'), text);
}
