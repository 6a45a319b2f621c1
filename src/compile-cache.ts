import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// For `node --import ./src/compile-cache.ts …`: what Node has stripped of types and compiled once is kept, which halves the time of every start after
// the first. Where the folder cannot be written it is read, or left alone.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));
