import { LockMode } from '@mikro-orm/core';
import { SetupToken } from '#db/entities/setup-token.ts';
import { User } from '#db/entities/user.ts';
import { type Orm, unscoped } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import { recordAudit } from './audit.ts';
import type { Passwords } from './passwords.ts';
import { insertUser, type NewPerson, parsePerson } from './people.ts';
import { fingerprint, newSecret } from './secrets.ts';
import type { AuthDeps, Caller } from './service.ts';
import type { Sessions, SessionView } from './sessions.ts';
import { defaultWorkspace } from './workspaces.ts';

// One row at most, so that two tries meet at its lock.
const ID = 'setup';

/** The one-time token that makes the first admin, to be shown to whoever starts the server; null when there is somebody already. Replaces an earlier one. */
export const createSetupToken = async (orm: Pick<Orm, 'em'>): Promise<string | null> => {
  const em = orm.em.fork();
  if (!(await needsFirstAdmin(orm))) return null;
  const secret = newSecret('aiops_setup_');
  await em.upsert(SetupToken, { id: ID, tokenHash: fingerprint(secret), createdAt: new Date() });
  return secret;
};

/** Whether the first admin is still to be made. */
export const needsFirstAdmin = async (orm: Pick<Orm, 'em'>): Promise<boolean> => (await orm.em.fork().count(User, {}, unscoped)) === 0;

/** Throws FORBIDDEN when the token is wrong or used, BAD_INPUT. Two tries at the same time make one admin. */
export type CreateFirstAdmin = (input: NewPerson & { setupToken: string }, caller: Caller) => Promise<SessionView>;

export const createFirstAdminMaker =
  ({ orm, clock, passwords, sessions }: Pick<AuthDeps, 'orm' | 'clock'> & { passwords: Passwords; sessions: Sessions }): CreateFirstAdmin =>
  async ({ setupToken, ...input }, caller) => {
    const token = { id: ID, tokenHash: fingerprint(setupToken.trim()) };
    // Asked before the password is hashed as well: guessing should cost us little.
    if (!(await orm.em.fork().findOne(SetupToken, token))) throw used();
    const person = await parsePerson(input, passwords);
    return orm.em.fork().transactional(async (em) => {
      if (!(await em.findOne(SetupToken, token, { lockMode: LockMode.PESSIMISTIC_WRITE }))) throw used();
      if ((await em.count(User, {}, unscoped)) > 0) throw used();
      const workspace = await defaultWorkspace(em);
      const user = await insertUser(em, { ...person, workspaceId: workspace.id, role: 'ADMIN', createdAt: clock.now() });
      await em.nativeDelete(SetupToken, { id: ID });
      await recordAudit(
        em,
        { workspaceId: workspace.id, id: user.id, actingFor: null, requestId: caller.requestId },
        'user.created',
        user.id,
      );
      return sessions.open(em, user, caller);
    });
  };

const used = (): AppError =>
  new AppError(
    'FORBIDDEN',
    'This setup token is wrong or was used. Sign in, or restart the server: it prints a new one as long as there is nobody.',
    { field: 'setupToken' },
  );
