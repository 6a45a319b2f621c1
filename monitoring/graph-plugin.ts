import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isAppError } from '#src/core/errors.ts';
import { OTHER } from './label-values.ts';
import type { Metrics } from './metrics.ts';
import { startTimer } from './start-timer.ts';

/**
 * A Yoga plugin. An operation is named after its root field (`submitLog`), which the schema bounds; several root fields, or a document
 * that never ran, are 'other'. Outcome: succeeded; refused (the caller can mend it: a user error, or a document that is not valid);
 * failed (ours). No work per field.
 */
export const graphPlugin = (metrics: Metrics): Plugin => {
  const record = (operation: string, outcome: GraphOutcome): void => metrics.graphqlRequests.inc({ operation, outcome });
  return {
    onSchemaChange({ schema }) {
      // A rate sees nothing of what a series was born with: an alert counts failures.
      for (const operation of [...rootFieldsOf(schema), OTHER]) metrics.graphqlRequests.inc({ operation, outcome: 'failed' }, 0);
    },
    onParse:
      () =>
      ({ result }) => {
        if (result instanceof Error) record(OTHER, 'refused');
      },
    onValidate:
      () =>
      ({ valid }) => {
        if (!valid) record(OTHER, 'refused');
      },
    onExecute({ args }) {
      const operation = operationLabel(args);
      const end = startTimer();
      return {
        onExecuteDone({ result }) {
          metrics.graphqlDuration.observe({ operation }, end());
          record(operation, isStream(result) ? 'succeeded' : graphOutcome(result));
        },
      };
    },
    onSubscribe({ args }) {
      const operation = operationLabel(args);
      return { onSubscribeResult: ({ result }) => record(operation, isStream(result) ? 'succeeded' : graphOutcome(result)) };
    },
  };
};

const rootFieldsOf = (schema: GraphQLSchema): string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));

type GraphOutcome = 'succeeded' | 'refused' | 'failed';

/** An operation's root field, or 'other'. */
export const operationLabel = ({
  schema,
  document,
  operationName,
}: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
}): string => {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === 'OperationDefinition' && (!operationName || node.name?.value === operationName),
  );
  const [field, second] = operation?.selectionSet.selections ?? [];
  if (!operation || field?.kind !== 'Field' || second) return OTHER;
  return schema.getRootType(operation.operation)?.getFields()[field.name.value] ? field.name.value : OTHER;
};

const graphOutcome = ({ data, errors }: ExecutionResult): GraphOutcome => {
  if (errors && errors.length > 0) return errors.every(isExpected) ? 'refused' : 'failed';
  return Object.values(data ?? {}).some(hasUserErrors) ? 'refused' : 'succeeded';
};

// Whether masking has run yet depends on the order of plugins, so both its input and its output are known here.
const isExpected = ({ originalError: original, nodes, extensions }: GraphQLError): boolean => {
  // A variable that does not fit its type: only then is an error about where one is declared.
  if (nodes?.[0]?.kind === 'VariableDefinition') return true;
  const code = isAppError(original) ? original.code : extensions.code;
  return typeof code === 'string' && code !== 'INTERNAL' && !code.endsWith('UNAVAILABLE');
};

const hasUserErrors = (payload: unknown): boolean =>
  typeof payload === 'object' &&
  payload !== null &&
  'userErrors' in payload &&
  Array.isArray(payload.userErrors) &&
  payload.userErrors.length > 0;

const isStream = (result: unknown): result is AsyncIterable<unknown> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
