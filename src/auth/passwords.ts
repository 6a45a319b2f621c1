import bcrypt from 'bcrypt';
import { AppError } from '#src/core/errors.ts';

const MIN_CHARACTERS = 12;
// bcrypt reads no further; what it would ignore is refused, not cut off in silence.
const MAX_BYTES = 72;

export type Passwords = {
  /** Throws BAD_INPUT with a sentence when the password is too short, too long for bcrypt, or holds a NUL. */
  hash(password: string, field?: string): Promise<string>;
  /** Takes as long for a null hash (nobody has that e-mail) as for a real one. */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** True when the hash was made with another work factor than today's. */
  isOutdated(hash: string): boolean;
};

/** bcrypt with a work factor of `cost`: every step doubles the time. */
export const createPasswords = (cost: number): Passwords => {
  // Well-formed and matched by no password.
  const nobody = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
  return {
    async hash(password, field = 'password') {
      const problem = problemOf(password);
      if (problem) throw new AppError('BAD_INPUT', problem, { field });
      return bcrypt.hash(normalize(password), cost);
    },
    async matches(password, hash) {
      const equal = await bcrypt.compare(normalize(password), hash ?? nobody);
      return equal && hash !== null && !isUnreadable(password);
    },
    isOutdated: (hash) => bcrypt.getRounds(hash) !== cost,
  };
};

const problemOf = (password: string): string | null => {
  if ([...normalize(password)].length < MIN_CHARACTERS)
    return `A password needs ${MIN_CHARACTERS} characters or more; a few words in a row are easy to remember.`;
  if (password.includes('\0')) return 'A password cannot contain the NUL character.';
  if (isUnreadable(password))
    return `A password can have ${MAX_BYTES} bytes at most (letters outside a–z take two or more); choose a shorter one.`;
  return null;
};

const isUnreadable = (password: string): boolean => Buffer.byteLength(normalize(password)) > MAX_BYTES || password.includes('\0');

// The same letters typed on different systems may be composed differently.
const normalize = (password: string): string => password.normalize('NFC');
