import { readFileSync } from 'node:fs';
import { buildSchema, lexicographicSortSchema, parse, printSchema, validate } from 'graphql';
import { expect, test } from 'vitest';
import { defaultQuery } from '#graphql/default-query.ts';
import { createGraphSchema } from '#graphql/schema.ts';

test('the printed schema in the repository is the schema that is served', () => {
  const committed = buildSchema(readFileSync(new URL('../../graphql/generated/schema.graphql', import.meta.url), 'utf8'));
  expect(printSchema(lexicographicSortSchema(createGraphSchema()))).toBe(printSchema(lexicographicSortSchema(committed)));
});

test('every mutation takes one input and answers with userErrors', () => {
  for (const field of Object.values(createGraphSchema().getMutationType()?.getFields() ?? {})) {
    expect(
      field.args.map(({ name }) => name),
      field.name,
    ).toEqual(['input']);
    expect(String(field.type), field.name).toMatch(/Payload!$/);
  }
});

test('what GraphiQL shows a newcomer runs against the schema', () => {
  expect(validate(createGraphSchema(), parse(defaultQuery))).toEqual([]);
});
