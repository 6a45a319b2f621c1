import { expect } from 'vitest';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { User } from '#db/entities/user.ts';
import { unscoped } from '#db/orm.ts';
import { CREATE_TOKEN, PASSWORD } from '#tests/graphql/test-api.ts';
import { api, ask, database, nothingOfTheirs, ours, theirs, workspaceOf } from '#tests/graphql/two-workspaces.ts';

/** Ours asks for what is theirs of people, tokens and sessions: one try for each field. */
export const accountsTries: Record<string, () => Promise<void>> = {
  'Query.me': async () => {
    const answer = await ask('{ me { user { id email } workspace { id } } }');
    expect(answer.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(answer);
  },
  'Query.tokens': async () => {
    const answer = await ask('{ tokens { id } }');
    expect(answer.data.tokens).toContainEqual({ id: ours.tokenId });
    nothingOfTheirs(answer);
  },
  'Query.users': async () => {
    const answer = await ask('{ users { id email } }');
    expect(answer.data.users).toEqual([{ id: ours.admin.id, email: ours.admin.email }]);
  },
  'Query.auditEvents': async () => {
    const every = await ask('{ auditEvents(first: 100) { actor subjectId } }');
    expect(every.data.auditEvents).toContainEqual({ actor: ours.admin.id, subjectId: ours.tokenId });
    nothingOfTheirs(every);
    const named = await ask('query ($id: ID!) { auditEvents(first: 100, subjectId: $id) { id } }', { id: theirs.tokenId });
    expect(named.data.auditEvents).toEqual([]);
  },
  'Mutation.revokeToken': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } userErrors { code } } }', {
      id: theirs.tokenId,
    });
    expect(answer.data.revokeToken).toEqual({ token: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.createToken': async () => {
    const answer = await ask(CREATE_TOKEN, { input: { name: 'x', kind: 'SERVICE', scopes: ['ADMIN'] } });
    const me = await api.ask('{ me { workspace { id } } users { id } }', { token: answer.data.createToken.secret });
    expect(me.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(me);
  },
  'Mutation.createUser': async () => {
    const input = { email: 'crossing@example.com', name: 'x', role: 'ADMIN', password: PASSWORD };
    const answer = await ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', { input });
    const made = await database.orm.em.fork().findOneOrFail(User, { id: answer.data.createUser.user.id }, unscoped);
    expect(made.workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.changeRole': async () => {
    const answer = await ask('mutation ($id: ID!) { changeRole(input: { id: $id, role: VIEWER }) { user { id } userErrors { code } } }', {
      id: theirs.admin.id,
    });
    expect(answer.data.changeRole).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.resetPassword': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { resetPassword(input: { id: $id, newPassword: "a password of ours" }) { user { id } userErrors { code } } }',
      { id: theirs.admin.id },
    );
    expect(answer.data.resetPassword).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await api.ask('{ me { role } }', { token: theirs.admin.token })).data.me.role).toBe('ADMIN');
  },
  'Mutation.removeUser': async () => {
    const answer = await ask('mutation ($id: ID!) { removeUser(input: { id: $id }) { user { id } userErrors { code } } }', {
      id: theirs.admin.id,
    });
    expect(answer.data.removeUser).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await api.ask('{ me { role } }', { token: theirs.admin.token })).data.me.role).toBe('ADMIN');
  },
  'Mutation.changePassword': async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'a password of ours' };
    const { token } = await api.person('MEMBER', ours.workspaceId);
    const changed = await api.ask('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }', {
      token,
      variables: { input },
    });
    nothingOfTheirs(changed);
    const them = await api.ask('{ me { role } }', { token: theirs.admin.token });
    expect(them.data.me.role).toBe('ADMIN');
  },
  // No actor: what is handed in is the key, and it opens the workspace it was made for.
  'Mutation.signIn': async () => {
    const answer = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }', {
      input: { email: theirs.admin.email, password: PASSWORD },
    });
    expect(await workspaceOf(answer.data.signIn.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.refreshSession': async () => {
    const { refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    const answer = await ask('mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { session { accessToken } } }', {
      token: refreshToken,
    });
    expect(await workspaceOf(answer.data.refreshSession.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.signOut': async () => {
    const { id, refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    await ask('mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }', { token: refreshToken });
    const events = await database.orm.em.fork().find(AuditEvent, { actor: id, action: 'session.ended' }, unscoped);
    expect(events.map(({ workspaceId }) => workspaceId)).toEqual([theirs.workspaceId]);
  },
  'Mutation.createFirstAdmin': async () => {
    const input = { setupToken: 'guess', email: 'x@example.com', name: 'x', password: PASSWORD };
    const answer = await ask(
      'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { code } } }',
      { input },
    );
    expect(answer.data.createFirstAdmin).toEqual({ session: null, userErrors: [{ code: 'FORBIDDEN' }] });
  },
};
