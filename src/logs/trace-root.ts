import type { Pattern } from './digest/types.ts';
import { cut } from './readable.ts';

export type Root = { /** As it stands in the sample, cut. */ line: string; message: string };

/** What a trace ends in: the last 'Caused by' of a Java one, the innermost exception of a .NET one, the last line of a Python one. */
export const rootOf = (pattern: Pattern): Root | null => {
  const known = roots.get(pattern);
  if (known) return known.root;
  const root = findRoot(pattern.samples[0]?.text ?? '');
  roots.set(pattern, { root });
  return root;
};

const roots = new WeakMap<Pattern, { root: Root | null }>();

const findRoot = (text: string): Root | null => {
  if (!text.includes('\n') && !text.includes('---> ')) return null;
  const lines = text.split('\n');
  const caused = lines.findLast((line) => /^\s*(?:Caused(?: by)?: |\[cause\]: )\S/.test(line));
  if (caused) return toRoot(caused, caused.replace(/^\s*(?:Caused(?: by)?|\[cause\]): /, ''));
  if (text.includes('Traceback (most recent')) {
    const raised = lines.findLast((line) => /^(?:[\w]+\.)*\w*(?:Error|Exception|Exit|Interrupt|Warning|Timeout)\b/.test(line));
    if (raised) return toRoot(raised, raised);
  }
  const inner = lines.findLast((line) => line.includes('---> '));
  return inner ? toRoot(inner, inner.slice(inner.lastIndexOf('---> ') + 5)) : null;
};

const toRoot = (line: string, message: string): Root | null => {
  const said = message.trim().replace(/\s*\{$/, '');
  return said.length >= 3
    ? { line: cut(line.trim().endsWith(message.trim()) && line.length > 200 ? message.trim() : line.trim(), 160), message: said }
    : null;
};
