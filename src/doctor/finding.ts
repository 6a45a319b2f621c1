/** What one look found: good, worth knowing, or to be mended. */
export type Finding = { state: 'ok' | 'warn' | 'bad'; about: string; says: string /** What to do about it. */; mend?: string };

export const ok = (about: string, says: string): Finding => ({ state: 'ok', about, says });
export const warn = (about: string, says: string, mend: string): Finding => ({ state: 'warn', about, says, mend });
export const bad = (about: string, says: string, mend: string): Finding => ({ state: 'bad', about, says, mend });
