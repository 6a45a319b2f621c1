import type { Pattern } from '#src/logs/digest/types.ts';
import { cut, readable } from '#src/logs/wording/readable.ts';

export type Root = {
  /** As it stands in the sample, cut. */
  line: string;
  message: string;
  /** It is a field of the record, not the end of a trace. */
  field: boolean;
};

/**
 * What a trace ends in: the last 'Caused by' of a Java one, the innermost exception of a .NET one, the last line of a Python one, what
 * is raised in an Elixir one, what was thrown below a message of the log's own. Of a line made of fields, the error it names beside its message.
 */
export const rootOf = (pattern: Pattern): Root | null => {
  const known = roots.get(pattern);
  if (known) return known.root;
  const found = findRoot(pattern.samples[0]?.text ?? '');
  const root = found ? ofAll(pattern, found) : findField(pattern);
  roots.set(pattern, { root });
  return root;
};

const roots = new WeakMap<Pattern, { root: Root | null }>();

const findRoot = (text: string): Root | null => {
  if (!text.includes('\n') && !text.includes('---> ')) return null;
  const lines = text.split('\n');
  const caused = causeOf(lines.filter((line) => /^\s*(?:Caused(?: by)?: |\[cause\]: )\S/.test(line)));
  if (caused) return toRoot(caused, caused.replace(/^\s*(?:Caused(?: by)?|\[cause\]): /, ''));
  if (text.includes('Traceback (most recent')) {
    const raised = lines.findLast((line) => /^(?:[\w]+\.)*\w*(?:Error|Exception|Exit|Interrupt|Warning|Timeout)\b/.test(line));
    if (raised) return toRoot(raised, raised);
  }
  // Below the line of its own that failed, Oracle's programs write first what it was.
  const numbered = lines.find((line, at) => at > 0 && /^(?:ORA|TNS|PLS|RMAN|SP2)-\d{4,5}: \S/.test(line));
  if (numbered) return toRoot(numbered, numbered);
  const starred = lines.find((line, at) => at > 0 && /^\s*\*\* \([A-Z]/.test(line));
  if (starred) return toRoot(starred, starred.replace(/^\s*\*\* /, ''));
  const inner = lines.findLast((line) => innerException.test(line));
  if (inner) return toRoot(inner, inner.slice(inner.lastIndexOf('---> ') + 5));
  // Below a message of the log's own, what was thrown stands right above its first frame.
  const thrown = lines.find((line, at) => at > 0 && throws.test(line) && /^\s*at \S/.test(lines[at + 1] ?? ''));
  return thrown ? toRoot(thrown, thrown.trim()) : null;
};

/** The last one; 'Connection refused' says less than 'Connection to db:5432 refused' above it, which names the place. */
const causeOf = (causes: readonly string[]): string | undefined => {
  const last = causes.at(-1);
  const above = causes.at(-2);
  const word = /(refused|timed out|reset|denied|unreachable)\W*$/i.exec(last ?? '')?.[1];
  return word && above?.toLowerCase().includes(word.toLowerCase()) && namesPlace.test(above) && !namesPlace.test(last ?? '') ? above : last;
};

const namesPlace = /[\w.-]+:\d{2,5}\b|\b\d+\.\d+\.\d+\.\d+\b|\w:\/\/\S/;

/** A step of a Docker build has such an arrow, too. */
const innerException = /---> (?:\(Inner Exception #\d+\) )?[\w.+`]*(?:Exception|Error|Fault)\b/;

const throws = /^\s*(?:Uncaught |Unhandled exception\. )?(?:[\w$]+\.)*[\w$]*(?:Error|Exception|Fault|Throwable)\b(?: \[\w+\])?(?:: \S.*)?$/;

/** What differs from record to record is not what they all say. */
const ofAll = (pattern: Pattern, root: Root): Root => {
  const named = pattern.count > 1 ? namedAs(pattern, root.message) : undefined;
  return named === undefined ? root : { ...root, message: sayNamed(pattern, named) };
};

/** The part of the template that stands for a failure. */
const namedAs = ({ template }: Pattern, message: string): string | undefined =>
  template
    .split(' ↳ ')
    .slice(1)
    .find((part) => begins(message, part));

const errorField =
  /(?:^|[\s{,])"?(?:err|error|exception|cause)(?:\.message)?"?\s?[:=]\s?(?:"((?:[^"\\]|\\.){4,})"|\{[^{}]{0,400}?"(?:message|msg)"\s?:\s?"((?:[^"\\]|\\.){4,})")/;

const findField = (pattern: Pattern): Root | null => {
  const [sample] = pattern.samples;
  if (!pattern.template.includes(' ↳ ') || !sample || sample.text.includes('\n')) return null;
  const value = errorField
    .exec(sample.text)
    ?.slice(1)
    .find((text) => text !== undefined);
  const named = namedAs(pattern, value ?? '');
  if (!value || named === undefined) return null;
  return { line: cut(value, 160), message: pattern.count === 1 ? value.replaceAll('\\"', '"') : sayNamed(pattern, named), field: true };
};

const begins = (value: string, part: string): boolean => {
  const words = (part.split('<')[0] ?? '').trim().slice(0, 12);
  return words.length >= 3 && value.startsWith(words);
};

const sayNamed = (pattern: Pattern, named: string): string => {
  if (!named.includes('<')) return named;
  const before = pattern.template.slice(0, pattern.template.indexOf(named)).match(/<[a-z]+>/g)?.length ?? 0;
  const [message = named] = named.split(/\s[\w.@-]+=</);
  const most = message.match(/<[a-z]+>/g)?.length ?? 0;
  const variables = pattern.variables
    .filter(({ index }) => index >= before && index < before + most)
    .map((variable) => ({ ...variable, index: variable.index - before }));
  return readable({ ...pattern, template: message, variables }, 160);
};

const toRoot = (line: string, message: string): Root | null => {
  const said = message.trim().replace(/\s*\{$/, '');
  return said.length >= 3
    ? {
        line: cut(line.trim().endsWith(message.trim()) && line.length > 200 ? message.trim() : line.trim(), 160),
        message: said,
        field: false,
      }
    : null;
};
