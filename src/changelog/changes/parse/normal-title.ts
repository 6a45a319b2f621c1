/** What two titles that say the same have in common. */
export const normalTitle = (subject: string): string =>
  subject
    .toLowerCase()
    .replaceAll(/[\s`'".,:;!]+/g, ' ')
    .trim();
