/** What the first word of a title does, in the ways maintainers write it: imperative, past, third person, noun. */
export type Deed = 'add' | 'fix' | 'remove' | 'deprecate' | 'improve' | 'change' | 'update' | 'rework' | 'document' | 'test' | 'none';

const words: Record<Exclude<Deed, 'none'>, string> = {
  add: 'add adds added adding support supports supported allow allows allowed implement implements implemented introduce introduces introduced enable enables enabled expose exposes exposed export exports provide provides provided create creates created new accept accepts let lets permit permits include includes included offer offers extend extends teach initial ability',
  fix: "fix fixes fixed fixing fixup prevent prevents prevented avoid avoids avoided handle handles handled correct corrects corrected resolve resolves resolved repair repairs don't dont doesn't never ensure ensures ensured guard guards restore restores restored stop stops recover ignore ignores ignored unbreak workaround try preserve preserves respect respects properly correctly tolerate escape close crash hotfix protect catch limit",
  remove:
    'remove removes removed removing drop drops dropped delete deletes deleted disable disables disabled kill strip discontinue disallow forbid reject rejects',
  deprecate: 'deprecate deprecates deprecated deprecating deprecation obsolete',
  improve:
    'improve improves improved improving optimize optimizes optimized optimise speed speedup reduce reduces reduced faster increase increases increased better enhance enhances enhanced cache accelerate harden raise lower minimize',
  change:
    'change changes changed make makes made use uses used set sets rename renames renamed switch switches replace replaces replaced default defaults always only show shows hide return returns move turn treat treats match align require requires apply applies automatically swap focus error throw log emit render parse send pass report detect follow merge unify consolidate convert adjust bring put open tweak inherit',
  update: 'update updates updated updating upgrade upgrades upgraded bump bumps bumped pin pins unpin regenerate rebuild sync refresh',
  rework:
    'refactor refactors refactored refactoring clean cleanup cleaned cleans simplify simplifies simplified extract extracts inline inlines reorganize reorganise restructure rewrite rewrites rewrote rearrange tidy polish split reformat format formatting lint linting modernize migrate port style rework reuse deduplicate unexport hoist abstract isolate separate sort reorder generalize factor standardize dedupe wip refine',
  document:
    'document documents documented docs doc readme clarify clarifies clarified typo typos comment comments mention note spelling reword changelog',
  test: 'test tests tested testing unflake deflake benchmark cover coverage assert mock skip',
};

const deeds = new Map<string, Deed>(Object.entries(words).flatMap(([deed, list]) => list.split(' ').map((word) => [word, deed as Deed])));

// What other languages say for the commonest four, in front or, as in Japanese and German, at the end.
const elsewhere: [Deed, RegExp][] = [
  [
    'fix',
    /追加漏れ|修正|修复|修復|解決|버그|수정|^(?:behebe\w*|korrigier\w*|repar\w+|corrig\w+|correct\w*(?:ion)?|correcci\p{L}+|correç\p{L}+|corrett\w+|arregla\w*|исправ\p{L}+|napraw\w+)(?= )|(?: )(?:behoben|korrigiert|repariert)(?=$|:)/iu,
  ],
  [
    'add',
    /追加|新增|添加|支持|対応|추가|^(?:neue[rs]?|nouve(?:au|lle)s?|nuev[oa]s?|nov[oa]s?|nuov[oaie]|нов(?:ый|ая|ое|ые)|füge|ajout\w*|añad\w+|agreg\w+|adicion\w+|aggiun\w+|добав\p{L}+|doda\w+)(?= )|(?: )(?:hinzugefügt|ergänzt|hinzu)$/iu,
  ],
  [
    'remove',
    /削除|删除|刪除|移除|삭제|^(?:entfern\w*|supprim\w+|suppression(?= (?:de|du|des|d['’]|l['’]))|elimin\w+|remov\w+|rimoss\w+|rimuov\w+|удал\p{L}+|usu[nń]\p{L}*)(?= )|(?: )(?:entfernt|gelöscht)$/iu,
  ],
  ['change', /変更|更新|修改|变更|변경|^(?:änder\w+|modif\w+|cambi\w+|alter\w+|измен\p{L}+|zmie\p{L}+)(?= )|(?: )geändert$/iu],
];

/** Of another language, by its words for the commonest four. */
export const isForeignDeed = (subject: string): boolean =>
  (subject.includes(' ') || /\P{ASCII}/u.test(subject)) &&
  !deeds.has(/^[a-z']+/i.exec(subject)?.[0].toLowerCase() ?? '') &&
  elsewhere.some(([, pattern]) => pattern.test(subject));

export const deedOf = (subject: string): Deed => {
  const [first = '', second = ''] =
    subject
      .replace(/^(?:[\w`@.*/()-]+(?:, [\w`@.*/()-]+)*: +|also |properly |correctly |better )/i, '')
      .toLowerCase()
      .match(/[a-z']+/g) ?? [];
  const known = deeds.get(first) ?? (/^(?:no|not|do)$/.test(first) ? 'fix' : deeds.get(second) === 'fix' ? 'fix' : null);
  if (known !== null) return known;
  const mayBeOther = subject.includes(' ') || /\P{ASCII}/u.test(subject);
  return (mayBeOther ? elsewhere.find(([, pattern]) => pattern.test(subject))?.[0] : undefined) ?? 'none';
};

/** Of one word, lower case. */
export const isDeed = (word: string): boolean =>
  /^[a-z]+$/.test(word) ? deeds.has(word) || word === 'no' || word === 'not' || word === 'do' : deedOf(word) !== 'none';

/** The verb at the front as an order ("Added", "Adds" and "Adding" are "Add"); null where there is none to change. */
export const toImperative = (word: string): string | null => imperatives.get(word.toLowerCase()) ?? null;

const imperatives = new Map<string, string>(
  (
    'add:added,adds,adding fix:fixed,fixes,fixing remove:removed,removes,removing support:supports,supported let:lets show:shows keep:keeps allow:allows,allowed improve:improved,improves,improving ' +
    'change:changed,changes,changing update:updated,updates,updating make:makes,made,making use:uses,used,using implement:implemented,implements,implementing introduce:introduced,introduces ' +
    'deprecate:deprecated,deprecates rename:renamed,renames replace:replaced,replaces prevent:prevented,prevents avoid:avoided,avoids handle:handled,handles enable:enabled,enables disable:disabled,disables ' +
    'drop:dropped,drops expose:exposed,exposes ensure:ensured,ensures return:returns,returned move:moved,moves reduce:reduced,reduces optimize:optimized,optimizes upgrade:upgraded,upgrades ' +
    'correct:corrected,corrects resolve:resolved,resolves restore:restored,restores clarify:clarified,clarifies refactor:refactored,refactors simplify:simplified,simplifies create:created,creates bump:bumped,bumps'
  )
    .split(' ')
    .flatMap((row) => {
      const [verb = '', forms = ''] = row.split(':');
      return forms.split(',').map((form) => [form, verb] as const);
    }),
);
