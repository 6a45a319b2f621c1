import { GraphQLError } from 'graphql';

/** A document that is not run: answered like one that does not validate. */
export const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } });
