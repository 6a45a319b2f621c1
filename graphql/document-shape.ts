import { type ASTVisitor, type FieldNode, getNamedType, Kind, type SelectionSetNode, type ValidationContext } from 'graphql';
import { badPageSize, isConnection } from './cost.ts';
import { documentLimits } from './document-limits.ts';
import { refusal } from './refusal.ts';

type Shape = { depth: number; aliases: number };

/**
 * Validation rule: no operation deeper, and none with more aliases, than documentLimits; connections name a page size of 1 to 100.
 * One walk per operation, one per fragment. Introspection is left to graphql's own rule and to the switch that turns it off.
 */
export const DocumentShapeRule = (context: ValidationContext): ASTVisitor => {
  const fragments = new Map<string, Shape>();

  const shapeOf = ({ selections }: SelectionSetNode): Shape => {
    const shape = { depth: 0, aliases: 0 };
    for (const node of selections) {
      const inner =
        node.kind === Kind.FIELD
          ? fieldShape(node)
          : node.kind === Kind.INLINE_FRAGMENT
            ? shapeOf(node.selectionSet)
            : fragmentShape(node.name.value);
      shape.depth = Math.max(shape.depth, inner.depth);
      shape.aliases += inner.aliases;
    }
    return shape;
  };

  const fieldShape = ({ name, alias, selectionSet }: FieldNode): Shape => {
    const aliases = alias ? 1 : 0;
    if (!selectionSet || name.value.startsWith('__')) return { depth: 1, aliases };
    const inner = shapeOf(selectionSet);
    return { depth: inner.depth + 1, aliases: inner.aliases + aliases };
  };

  const fragmentShape = (name: string): Shape => {
    const known = fragments.get(name);
    if (known) return known;
    // A fragment that spreads itself is refused by another rule; here it only must not go round for ever.
    fragments.set(name, { depth: 0, aliases: 0 });
    const fragment = context.getFragment(name);
    const shape = fragment ? shapeOf(fragment.selectionSet) : { depth: 0, aliases: 0 };
    fragments.set(name, shape);
    return shape;
  };

  return {
    OperationDefinition(operation) {
      const { depth, aliases } = shapeOf(operation.selectionSet);
      if (depth > documentLimits.depth)
        context.reportError(
          refusal('TOO_DEEP', `The document is ${depth} levels deep, and ${documentLimits.depth} are allowed. Ask in two requests.`),
        );
      if (aliases > documentLimits.aliases)
        context.reportError(
          refusal(
            'TOO_MANY_ALIASES',
            `The document has ${aliases} aliases, and ${documentLimits.aliases} are allowed. Ask in several requests.`,
          ),
        );
    },
    Field(node) {
      const type = context.getType();
      const sizes = (node.arguments ?? []).filter(({ name }) => name.value === 'first' || name.value === 'last');
      const unpaged = type && isConnection(getNamedType(type).name) && sizes.every(({ value }) => value.kind === Kind.NULL);
      const outside = sizes.some(
        ({ value }) => value.kind === Kind.INT && (Number(value.value) < 1 || Number(value.value) > documentLimits.pageSize),
      );
      if (unpaged || outside) context.reportError(badPageSize(node));
    },
  };
};
