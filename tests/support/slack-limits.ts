type Problem = { error: 'invalid_blocks' | 'msg_blocks_too_long' | 'msg_too_long'; detail: string };
type Json = Record<string, unknown>;

/** What Slack would refuse of a message or modal, by its documented limits (and the undocumented 13,200 characters); null when nothing. */
export const findLimitProblem = ({ blocks, text, modal }: { blocks: unknown[]; text: string; modal: boolean }): Problem | null => {
  const invalid = (detail: string): Problem => ({ error: 'invalid_blocks', detail });
  if (text.length > 40_000) return { error: 'msg_too_long', detail: `text of ${text.length} characters` };
  if (blocks.length > (modal ? 100 : 50)) return invalid(`${blocks.length} blocks`);
  if (!modal && JSON.stringify(blocks).length > 13_200)
    return { error: 'msg_blocks_too_long', detail: `${JSON.stringify(blocks).length} characters of blocks` };
  const ids = (blocks as Json[]).flatMap((block) => block['block_id'] ?? []);
  if (new Set(ids).size !== ids.length) return invalid('two blocks with one block_id');
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
      return textProblem(block['text'], 3_000) ?? (block['accessory'] ? elementProblem(block['accessory'] as Json) : null);
    case 'context':
      return elementsOf(block).length < 1 || elementsOf(block).length > 10
        ? `${elementsOf(block).length} elements`
        : first(elementsOf(block).map((each) => textProblem(each, 3_000)));
    case 'actions':
      return actionsProblem(elementsOf(block));
    case 'input':
      return (
        textProblem(block['label'], 2_000, ['plain_text']) ??
        (block['hint'] ? textProblem(block['hint'], 2_000, ['plain_text']) : null) ??
        elementProblem(block['element'] as Json)
      );
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
  return first(elements.map(elementProblem));
};

const elementProblem = (element: Json): string | null => {
  if (String(element['action_id'] ?? '').length > 255) return 'action_id over 255';
  switch (element['type']) {
    case 'button':
      return (
        textProblem(element['text'], 75, ['plain_text']) ?? (String(element['value'] ?? '').length > 2_000 ? 'value over 2,000' : null)
      );
    case 'static_select':
      return (element['placeholder'] ? textProblem(element['placeholder'], 150, ['plain_text']) : null) ?? optionsProblem(element, 100);
    case 'checkboxes':
    case 'radio_buttons':
      return optionsProblem(element, 10);
    case 'plain_text_input':
      return String(element['initial_value'] ?? '').length > Number(element['max_length'] ?? 3_000) ||
        Number(element['max_length'] ?? 0) > 3_000
        ? 'text over its length'
        : null;
    case 'datetimepicker':
      return /^\d{10}$/.test(String(element['initial_date_time'] ?? '1628633820')) ? null : 'a time that is not ten digits';
    case 'users_select':
    case 'number_input':
    case 'timepicker':
    case 'file_input':
    case 'conversations_select':
    case 'multi_conversations_select':
      return null;
    default:
      return `unknown element ${String(element['type'])}`;
  }
};

const optionsProblem = (element: Json, limit: number): string | null => {
  const groups = element['option_groups'] as Json[] | undefined;
  if (groups && (groups.length < 1 || groups.length > 100 || element['options'])) return `${groups.length} option groups`;
  const lists = (groups ?? [element]).map((each) => (each['options'] ?? []) as Json[]);
  const misfit = lists.find(({ length }) => length < 1 || length > limit);
  if (misfit) return `${misfit.length} options`;
  const label = first((groups ?? []).map((each) => textProblem(each['label'], 75, ['plain_text'])));
  if (label) return label;
  const options = lists.flat();
  const initial = [element['initial_option'] ?? [], element['initial_options'] ?? []].flat() as Json[];
  if (element['initial_options'] && initial.length === 0) return 'no initial options';
  if (initial.some((each) => !options.some((one) => JSON.stringify(one) === JSON.stringify(each)))) return 'an initial option that is none';
  return first(
    options.map((each) => textProblem(each['text'], 75) ?? (String(each['value'] ?? '').length > 150 ? 'option value over 150' : null)),
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
