import type { ChangelogScope } from '#db/entities/changelog.ts';
import { AppError } from '#src/core/errors.ts';

const most = { systems: 50, labels: 50, paths: 100 };

/** Each word once; `prefix` leads to the fields of what was handed in. Throws BAD_INPUT. */
export const checkScope = (scope: ChangelogScope, prefix = 'scope.'): ChangelogScope => {
  for (const [field, count] of Object.entries(most)) {
    const list = scope[field as keyof ChangelogScope];
    if (list.length > count || list.some((word) => word.trim() === '' || word.length > 200 || /\p{Cc}/u.test(word)))
      throw new AppError('BAD_INPUT', `The scope takes up to ${count} ${field}, each 1 to 200 characters in one line.`, {
        field: `${prefix}${field}`,
      });
  }
  const clean = (list: readonly string[]): string[] => [...new Set(list.map((word) => word.trim()))];
  return { systems: clean(scope.systems), labels: clean(scope.labels), paths: clean(scope.paths) };
};
