import { type DocumentNode, GraphQLError, type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { operationCost, type Variables } from './cost.ts';
import { documentLimits } from './document-limits.ts';
import { DocumentShapeRule } from './document-shape.ts';
import { refusal } from './refusal.ts';

/** Bounds a document's length, depth, aliases, page sizes and cost, and tells the cost in `extensions.cost`. */
export const useLimits = ({ introspection }: { introspection: boolean }): Plugin => ({
  onParams({ params }) {
    const characters = params.query?.length ?? 0;
    if (characters > documentLimits.characters)
      throw refusal(
        'TOO_LONG',
        `The document has ${characters} characters, and ${documentLimits.characters} are allowed. Pass values (the text of a log, say) as variables.`,
      );
  },
  onValidate({ addValidationRule }) {
    addValidationRule(DocumentShapeRule);
    if (introspection) return;
    addValidationRule(NoSchemaIntrospectionCustomRule);
    // 'Did you mean "createFirstAdmin"?' tells the schema name by name.
    return ({ valid, result, setResult }) => {
      if (!valid) setResult((result as GraphQLError[]).map(withoutSuggestions));
    };
  },
  onExecute({ args, setResultAndStopExecution }) {
    const requested = price(args);
    if (requested instanceof GraphQLError) return setResultAndStopExecution({ errors: [requested] });
    const cost = { requested, maximum: documentLimits.cost };
    return {
      onExecuteDone({ result, setResult }) {
        if (!isAsyncIterable(result)) setResult({ ...result, extensions: { ...result.extensions, cost } });
      },
    };
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const cost = price(args);
    if (cost instanceof GraphQLError) setResultAndStopExecution({ errors: [cost] });
  },
});

const withoutSuggestions = (error: GraphQLError): GraphQLError => {
  const { nodes, source, positions, extensions } = error;
  const message = error.message.replace(/ Did you mean .*\?$/s, '');
  return message === error.message ? error : new GraphQLError(message, { nodes, source, positions, extensions });
};

type Asked = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: Variables | null | undefined;
};

const price = ({ schema, document, operationName, variableValues }: Asked): number | GraphQLError => {
  try {
    const cost = operationCost(schema, document, operationName, variableValues ?? {});
    if (cost <= documentLimits.cost) return cost;
    return refusal(
      'TOO_COSTLY',
      `The answer could hold ${cost} objects, and ${documentLimits.cost} are allowed. Ask for smaller pages or fewer levels.`,
    );
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
};
