import { readFileSync } from 'node:fs';

/**
 * Since when a process lives, to tell it from a later one of the same number; '' where the system does not say, null when it is gone.
 * One that has ended and that nobody has buried yet (a container whose first process does not) is gone.
 */
export const livingSince = (pid: number): string | null => {
  if (!isThere(pid)) return null;
  try {
    // Linux. The name, in brackets, may hold anything: what follows the last bracket is state (field 3) to start time (field 22) and on.
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return state === 'Z' || state === 'X' ? null : (rest[18] ?? '');
  } catch {
    return '';
  }
};

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
