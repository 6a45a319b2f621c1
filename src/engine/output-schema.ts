import type { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** A task's output schema as structured outputs want it: strict, every field required, only keywords the API accepts. */
export const toOutputSchema = async (name: string, schema: z.ZodType): Promise<JsonSchema> => {
  // The SDK is loaded on first use: 0.2 s that a start without it should not pay.
  const { zodTextFormat } = await import('openai/helpers/zod');
  const { schema: strict } = zodTextFormat(schema, name);
  return withoutUnsupported(strict) as JsonSchema;
};

// Rejected by the API in strict mode; the answer is checked against the zod schema anyway.
const unsupported = new Set(['minLength', 'maxLength', 'default', '$schema']);

const withoutUnsupported = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withoutUnsupported);
  if (part === null || typeof part !== 'object') return part;
  const entries = Object.entries(part).filter(([key, value]) => !(unsupported.has(key) && typeof value !== 'object'));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutUnsupported(value)]));
};
