import { hash } from 'node:crypto';
import type { Db } from './orm.ts';

/**
 * Runs a statement that is run often, with `?` for parameters. Outside a transaction it is prepared once per connection: PostgreSQL then
 * neither parses nor plans it again, and parameters travel as they are (the ORM would write them into the text). Inside a transaction
 * it is part of that. Throws the ORM's exceptions: a key that is taken is a UniqueConstraintViolationException.
 */
export const queryPrepared = async <Row>(db: Db, text: string, values: readonly unknown[]): Promise<Row[]> => {
  try {
    const transaction = db.getTransactionContext();
    if (transaction) return await db.getConnection().execute<Row[]>(text, [...values], 'all', transaction);
    const pool = await db.getConnection().getNativeClient();
    const { rows } = await pool.query({ ...prepared(text), values: [...values] });
    return rows as Row[];
  } catch (error) {
    throw db
      .getPlatform()
      .getExceptionConverter()
      .convertException(error as Error);
  }
};

type Prepared = { name: string; text: string };
const known = new Map<string, Prepared>();

const prepared = (text: string): Prepared => {
  const seen = known.get(text);
  if (seen) return seen;
  let number = 0;
  const fresh = { name: hash('sha1', text, 'hex').slice(0, 16), text: text.replace(/\?/g, () => `$${++number}`) };
  known.set(text, fresh);
  return fresh;
};
