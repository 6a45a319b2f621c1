import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';

const badInput = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_INPUT' } });

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

const parseDateTime = (value: unknown): Date => {
  const date = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : null;
  if (!date || Number.isNaN(date.getTime())) throw badInput('A DateTime is written like 2026-01-31T12:00:00Z, with a time zone.');
  return date;
};

const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time, RFC 3339, UTC.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString()),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : null),
});

const File = new GraphQLScalarType<globalThis.File, never>({
  name: 'File',
  description: 'A file in a multipart request (GraphQL multipart request specification).',
  serialize: () => {
    throw badInput('A File can be sent, not asked for.');
  },
  parseValue: (value) => {
    if (isFile(value)) return value;
    throw badInput('A File is sent as a part of a multipart request: curl -F operations=… -F map=… -F 0=@app.log');
  },
  parseLiteral: () => {
    throw badInput('A File is sent as a variable of a multipart request.');
  },
});

// JSON cannot make a function, so a plain object of the caller's does not pass.
const isFile = (value: unknown): value is globalThis.File =>
  typeof value === 'object' && value !== null && 'stream' in value && typeof value.stream === 'function';

export const baseResolvers: Resolvers = { DateTime, File };
