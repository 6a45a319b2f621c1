import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { documentLimits } from './document-limits.ts';
import { refusal } from './refusal.ts';

export type Variables = Readonly<Record<string, unknown>>;

// A list without a page size is short by contract (samples, claims, levels).
const UNPAGED = 10;

// What a field loads before it can answer, in objects.
const loads: Record<string, number> = {
  'Query.logSummary': 20,
  'Query.logLines': 100,
  'Incident.logs': 10,
  'Log.summary': 20,
  'Query.triageReport': 200,
  'Query.triageAdvice': 20,
  'TriageReplayResult.differences': 200,
  'Mutation.predictTicket': 60,
  'Changelog.entries': 10,
  'Changelog.omitted': 20,
  'Changelog.omittedCounts': 20,
};

/**
 * The number of objects an operation may return, with page sizes multiplied down the tree and dearer fields weighed.
 * Remembered per document as long as no page size comes from a variable. Throws a GraphQLError for a page size that is not 1 to 100.
 */
export const operationCost = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): number => {
  const known = remembered.get(document)?.get(operationName ?? '');
  if (known !== undefined) return known;
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (!operationName || node.name?.value === operationName),
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  const walk = createWalk(document, withDefaults(operation, variables));
  const cost = walk.cost(operation.selectionSet, root, null);
  if (!walk.varies()) remember(document, operationName ?? '', cost);
  return cost;
};

const remembered = new WeakMap<DocumentNode, Map<string, number>>();

const remember = (document: DocumentNode, operationName: string, cost: number): void => {
  const costs = remembered.get(document) ?? new Map<string, number>();
  remembered.set(document, costs.set(operationName, cost));
};

const createWalk = (document: DocumentNode, variables: Variables) => {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  // Two spreads of one fragment in each of thirty fragments would be a billion steps.
  const spreads = new Map<string, number>();
  let varies = false;

  const cost = (selections: SelectionSetNode, type: GraphQLObjectType, page: number | null): number => {
    let sum = 0;
    for (const node of selections.selections) {
      if (node.kind === Kind.FIELD) sum += fieldCost(node, type, page);
      else if (node.kind === Kind.INLINE_FRAGMENT) sum += cost(node.selectionSet, type, page);
      else sum += spreadCost(node.name.value, type, page);
    }
    return sum;
  };

  const spreadCost = (name: string, type: GraphQLObjectType, page: number | null): number => {
    const key = `${name} ${page}`;
    const known = spreads.get(key);
    if (known !== undefined) return known;
    spreads.set(key, 0);
    const fragment = fragments.get(name);
    const found = fragment ? cost(fragment.selectionSet, type, page) : 0;
    spreads.set(key, found);
    return found;
  };

  const fieldCost = (node: FieldNode, parent: GraphQLObjectType, page: number | null): number => {
    const field = parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    if (!field || !type || !isObjectType(type) || !node.selectionSet) return 0;
    const own = loads[`${parent.name}.${field.name}`] ?? 1;
    const asked = field.args.some(({ name }) => name === 'first' || name === 'last') ? pageSize(node) : null;
    if (isConnection(type.name)) return own + cost(node.selectionSet, type, asked ?? documentLimits.pageSize);
    if (!isList(field.type)) return own + cost(node.selectionSet, type, null);
    const size = asked ?? (field.name === 'edges' ? page : null) ?? UNPAGED;
    return size * (own + cost(node.selectionSet, type, null));
  };

  const pageSize = (node: FieldNode): number | null => {
    const sizes = (node.arguments ?? []).filter(({ name }) => name.value === 'first' || name.value === 'last').map(argumentValue);
    const given = sizes.filter((size) => size !== null && size !== undefined);
    if (given.some((size) => typeof size !== 'number' || size < 1 || size > documentLimits.pageSize)) throw badPageSize(node);
    return given.length > 0 ? Math.max(...(given as number[])) : null;
  };

  const argumentValue = ({ value }: ArgumentNode): unknown => {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return null;
    varies = true;
    return variables[value.name.value];
  };

  return { cost, varies: () => varies };
};

export const isConnection = (typeName: string): boolean => typeName.endsWith('Connection');

export const badPageSize = (node: FieldNode): GraphQLError =>
  refusal(
    'BAD_PAGE_SIZE',
    `\`${node.name.value}\` gives 1 to ${documentLimits.pageSize} at a time: set \`first\` or \`last\` to a number between.`,
  );

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

const withDefaults = (operation: OperationDefinitionNode, variables: Variables): Variables => {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return defaults.length > 0 ? { ...Object.fromEntries(defaults), ...variables } : variables;
};
