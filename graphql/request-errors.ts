import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Requests that hold no operation, in words. Yoga itself would repeat the start of a body that is no JSON (there may be a password in it), and answer a
 * content type it does not know with nothing at all.
 */
export const useRequestErrors = (): Plugin => ({
  onRequestParse({ request, requestParser, setRequestParser }) {
    if (!requestParser) {
      if (request.method === 'POST') throw badRequest(NO_FORM);
      return;
    }
    setRequestParser(async (original) => {
      try {
        return await requestParser(original);
      } catch (error) {
        if (error instanceof GraphQLError && 'originalError' in error.extensions) throw badRequest(NO_JSON);
        throw error;
      }
    });
  },
});

const NO_FORM =
  'Send the operation as JSON ("content-type: application/json", with query and variables), or as multipart when there is a file.';
const NO_JSON = 'The body is not valid JSON. It should be an object with query and, if needed, variables.';

// There is no operation to be answered with 200, whatever the client accepts.
const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
