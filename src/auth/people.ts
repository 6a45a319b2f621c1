import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { z } from 'zod';
import { type Role, User } from '#db/entities/user.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { Clock } from '#src/core/ports.ts';
import { recordAudit } from './audit.ts';
import type { IdentityCache } from './identity-cache.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export type NewPerson = { email: string; name: string; password: string };

export type People = {
  /** People of the workspace by name. Throws FORBIDDEN. */
  users(actor: Actor): Promise<User[]>;
  /** Throws FORBIDDEN, BAD_INPUT, CONFLICT (the e-mail is taken). */
  createUser(actor: Actor, input: NewPerson & { role: Role }): Promise<User>;
  /** Ends every session of the person. Throws FORBIDDEN for tokens, BAD_INPUT, RATE_LIMITED. */
  changePassword(actor: Actor, input: { currentPassword: string; newPassword: string }): Promise<User>;
  /** Another role; it counts within seconds, also for tokens. Throws FORBIDDEN, NOT_FOUND, CONFLICT (nobody else is admin). */
  changeRole(actor: Actor, input: { id: string; role: Role }): Promise<User>;
  /** For somebody who forgot theirs. Ends every session of the person. Throws FORBIDDEN, NOT_FOUND, BAD_INPUT. */
  resetPassword(actor: Actor, input: { id: string; newPassword: string }): Promise<User>;
  /** With the person go their sessions and personal tokens; what they did stays on record. Throws FORBIDDEN, NOT_FOUND, CONFLICT (nobody else is admin). */
  removeUser(actor: Actor, id: string): Promise<User>;
};

type Needs = { orm: Orm; clock: Clock; passwords: Passwords; sessions: Sessions; throttle: Throttle; cache: IdentityCache };

export const createPeople = ({ orm, clock, passwords, sessions, throttle, cache }: Needs): People => ({
  async users(actor) {
    requireScope(actor, 'ADMIN');
    return forWorkspace(orm, actor.workspaceId).find(User, {}, { orderBy: { name: 'asc', id: 'asc' } });
  },

  async createUser(actor, input) {
    requireScope(actor, 'ADMIN');
    const person = await parsePerson(input, passwords);
    return forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
      const user = await insertUser(em, { ...person, workspaceId: actor.workspaceId, role: input.role, createdAt: clock.now() });
      await recordAudit(em, actor, 'user.created', user.id);
      return user;
    });
  },

  async changePassword(actor, { currentPassword, newPassword }) {
    const em = forWorkspace(orm, actor.workspaceId);
    const user = await em.findOne(User, { id: actor.id });
    if (!user) throw new AppError('FORBIDDEN', 'A token has no password. Sign in with your e-mail and try again.');
    const attempt = { email: user.email, address: null };
    await throttle.take(attempt);
    if (!(await passwords.matches(currentPassword, user.passwordHash)))
      throw new AppError('BAD_INPUT', 'The current password is wrong.', { field: 'currentPassword' });
    await throttle.forgive(attempt);
    const passwordHash = await passwords.hash(newPassword, 'newPassword');
    await em.transactional(async (tx) => {
      await sessions.endAll(tx, user.id);
      await tx.nativeUpdate(User, { id: user.id }, { passwordHash });
      await recordAudit(tx, actor, 'user.password_changed', user.id);
    });
    return user;
  },

  async changeRole(actor, { id, role }) {
    requireScope(actor, 'ADMIN');
    return forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
      const user = await findForChange(em, id);
      if (role !== 'ADMIN') await requireAnotherAdmin(em, user);
      await em.nativeUpdate(User, { id }, { role });
      await recordAudit(em, actor, 'user.role_changed', id);
      cache.forget(id);
      return Object.assign(user, { role });
    });
  },

  async resetPassword(actor, { id, newPassword }) {
    requireScope(actor, 'ADMIN');
    const passwordHash = await passwords.hash(newPassword, 'newPassword');
    return forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
      const user = await findForChange(em, id);
      await sessions.endAll(em, id);
      await em.nativeUpdate(User, { id }, { passwordHash });
      await recordAudit(em, actor, 'user.password_reset', id);
      return user;
    });
  },

  async removeUser(actor, id) {
    requireScope(actor, 'ADMIN');
    return forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
      const user = await findForChange(em, id);
      await requireAnotherAdmin(em, user);
      await em.nativeDelete(User, { id });
      await recordAudit(em, actor, 'user.removed', id);
      cache.forget(id);
      return user;
    });
  },
});

/** Throws NOT_FOUND. All of the workspace's people wait for each other, so that two admins cannot take each other's place at once. */
const findForChange = async (em: Db, id: string): Promise<User> => {
  const people = await em.find(User, {}, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
  const user = people.find((one) => one.id === id);
  if (!user) throw new AppError('NOT_FOUND', 'There is no such person in your workspace.');
  return user;
};

const requireAnotherAdmin = async (em: Db, user: User): Promise<void> => {
  if (user.role === 'ADMIN' && (await em.count(User, { role: 'ADMIN', id: { $ne: user.id } })) === 0)
    throw new AppError('CONFLICT', 'Nobody else is admin here. Make somebody else an admin first.');
};

/** Checks what was typed and hashes the password: slow, so before any transaction. Throws BAD_INPUT. */
export const parsePerson = async (
  { email, name, password }: NewPerson,
  passwords: Passwords,
): Promise<Pick<User, 'email' | 'name' | 'passwordHash'>> => ({
  email: parseEmail(email),
  name: parseLine(name, 'name', 200),
  passwordHash: await passwords.hash(password),
});

/** Throws CONFLICT when the e-mail is taken, in this workspace or another. */
export const insertUser = async (em: Db, person: Omit<User, 'id'>): Promise<User> => {
  const user = em.create(User, { id: newId('usr'), ...person });
  try {
    await em.insert(user);
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new AppError('CONFLICT', 'Somebody uses this e-mail already.', { field: 'email', cause: error });
  }
  return user;
};

/** Lower case: mail providers do not tell upper from lower case, and neither do people. Throws BAD_INPUT. */
export const parseEmail = (text: string): string => {
  const email = text.trim().toLowerCase();
  if (email.length > 254 || !z.email().safeParse(email).success)
    throw new AppError('BAD_INPUT', 'That is not an e-mail address.', { field: 'email' });
  return email;
};
