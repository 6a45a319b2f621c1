/** What a change takes back: a sha, the title in quotes, or both. */
export type TakenBack = { sha: string | null; title: string | null /** Takes back a taking back: it lands once more. */; again?: true };

/** 'Reapply "feat: x" (#3)' and 'Reland: feat: x' as "feat: x (#3)"; "Reapply settings after a restart" is what it says. */
const relanded =
  /^(?:re-?appl(?:y|ies|ied)\s*:?\s*["“](.+?)["”]|(?:re-?land(?:s|ed)?\s*:|\[re-?land(?:ed)?\]\s*:?|re-?apply\s*:)\s+["“]?(.+?)["”]?)((?:\s*\(#\d+\))*)$/i;

export const findRelanded = (title: string): string | null => {
  const [, quoted, plain, numbers = ''] = relanded.exec(title) ?? [];
  const what = quoted ?? plain;
  return what === undefined ? null : `${what}${numbers}`;
};

/** git writes "This reverts commit" for it, too. */
export const findRevertedAgain = (body: string): TakenBack | null => {
  const found = findReverted('', body);
  return found && { ...found, again: true };
};

const revertTitle = /^(?:revert(?:ed|s|ing)?|back(?:ed)? out|undo)\b:?\s*["“'‘`](.+?)["”'’`]?(?:\s*\(#\d+\))*\s*\.?$/i;
const revertWord = /^(?:\[?revert(?:ed|s|ing)?\]?)(?:\([^)]*\))?!?:?\s+(?:commit\s+)?(?:([0-9a-f]{7,40})\b)?(.*)$/i;
const revertBody =
  /\b(?:this )?reverts? (?:commit |merge request |pull request |pr )?\(?(?:[\w./-]{1,200}(?=[#!]))?([0-9a-f]{7,40}|[#!]\d+)\b/i;

export const findReverted = (title: string, body: string): TakenBack | null => {
  const quoted = revertTitle.exec(title);
  const bySha = /\bthis reverts commit ([0-9a-f]{7,40})\b/i.exec(body)?.[1] ?? null;
  if (quoted) return { sha: bySha ?? revertBody.exec(body)?.[1] ?? null, title: quoted[1]?.replace(/["”]\s*$/, '') ?? null };
  const word = revertWord.exec(title);
  if (word) return { sha: bySha ?? word[1] ?? revertBody.exec(body)?.[1] ?? null, title: word[2]?.trim() || null };
  return bySha === null ? null : { sha: bySha, title: null };
};
