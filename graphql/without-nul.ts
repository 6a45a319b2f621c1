/** For names people look things up by. PostgreSQL takes no NUL and stores none, so a name that holds one names nothing: ask for that. */
export const withoutNul = (name: string): string => name.replaceAll('\0', '\uFFFD');
