type Problem = { error: 'invalid_blocks' | 'msg_blocks_too_long' | 'msg_too_long'; detail: string };
type Json = Record<string, unknown>;

/** What Slack would refuse of a message or modal, by its documented limits (and the undocumented 13,200 characters); null when nothing. */
export const findLimitProblem = ({ blocks, text, modal }: { blocks: unknown[]; text: string; modal: boolean }): Problem | null => {
  const invalid = (detail: string): Problem => ({ error: 'invalid_blocks', detail });
  if (text.length > 40_000) return { error: 'msg_too_long', detail: `text of ${text.length} characters` };
  if (blocks.length > (modal ? 100 : 50)) return invalid(`${blocks.length} blocks`);
  if (!modal && JSON.stringify(blocks).length > 13_200)
    return { error: 'msg_blocks_too_long', detail: `${JSON.stringify(blocks).length} characters of blocks` };
  for (const block of blocks as Json[]) {
    const problem = blockProblem(block);
    if (problem) return invalid(`${String(block['type'])}: ${problem}`);
  }
  return null;
};

const blockProblem = (block: Json): string | null => {
  if (String(block['block_id'] ?? '').length > 255) return 'block_id over 255';
  switch (block['type']) {
    case 'header':
      return textProblem(block['text'], 150, ['plain_text']);
    case 'section':
      return textProblem(block['text'], 3_000);
    case 'context':
      return elementsOf(block).length < 1 || elementsOf(block).length > 10
        ? `${elementsOf(block).length} elements`
        : first(elementsOf(block).map((each) => textProblem(each, 3_000)));
    case 'actions':
      return actionsProblem(elementsOf(block));
    case 'input':
      return textProblem(block['label'], 2_000, ['plain_text']);
    case 'divider':
    case 'rich_text':
      return null;
    default:
      return 'unknown type';
  }
};

const actionsProblem = (elements: Json[]): string | null => {
  if (elements.length < 1 || elements.length > 25) return `${elements.length} elements`;
  const ids = elements.map((each) => String(each['action_id']));
  if (new Set(ids).size !== ids.length) return 'two elements with one action_id';
  return first(
    elements.map(
      (each) => textProblem(each['text'], 75, ['plain_text']) ?? (String(each['value'] ?? '').length > 2_000 ? 'value over 2,000' : null),
    ),
  );
};

const textProblem = (value: unknown, limit: number, types = ['mrkdwn', 'plain_text']): string | null => {
  const { type, text } = (value ?? {}) as Json;
  if (typeof type !== 'string' || !types.includes(type)) return `text of type ${String(type)}`;
  if (typeof text !== 'string' || text.length < 1) return 'empty text';
  return text.length > limit ? `text of ${text.length} characters` : null;
};

const elementsOf = (block: Json): Json[] => (Array.isArray(block['elements']) ? (block['elements'] as Json[]) : []);
const first = (problems: (string | null)[]): string | null => problems.find((problem) => problem !== null) ?? null;
