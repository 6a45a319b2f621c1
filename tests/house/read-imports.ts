/** One import, re-export, dynamic import or worker file, as written. `line` is 1-based. */
export type Import = { specifier: string; typeOnly: boolean; line: number };

// A statement begins its line (the formatter sees to it). `import { type A }` still loads the module, so it is not type-only.
const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w$*\s{},]+?\sfrom\s*)?(['"])([^'"\n]+)\2/gm;
const call = /\bimport(\()\s*(['"`])([^'"`\n]+)\2/g;
const workerFile = /\bnew URL(\()\s*(['"`])([^'"`\n]+\.ts)\2\s*,\s*import\.meta\.url/g;

/** Everything a TypeScript file imports. A scanner of three patterns rather than a parser: nothing to install or keep up to date. */
export const readImports = (source: string): Import[] =>
  [statement, call, workerFile].flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({
      specifier: match[3] as string,
      typeOnly: match[1]?.startsWith('type') ?? false,
      line: source.slice(0, match.index).split('\n').length,
    })),
  );
