import { userErrors } from '#graphql/errors.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';

export const authResolvers: Resolvers = {
  Query: {
    me: async (_, __, { auth, actor }) => {
      const { scopes, ...viewer } = await auth.me(await actor());
      return { ...viewer, scopes: [...scopes] };
    },
    tokens: async (_, __, { auth, actor }) => auth.tokens(await actor()),
    users: async (_, __, { auth, actor }) => auth.users(await actor()),
    auditEvents: async (_, { first, subjectId }, { auth, actor }) =>
      auth.auditEvents(await actor(), { first, subjectId: subjectId && withoutNul(subjectId) }),
  },
  Mutation: {
    createFirstAdmin: (_, { input }, context) => userErrors(async () => ({ session: await context.auth.createFirstAdmin(input, context) })),
    signIn: (_, { input }, context) => userErrors(async () => ({ session: await context.auth.signIn(input, context) })),
    refreshSession: (_, { input }, context) =>
      userErrors(async () => ({ session: await context.auth.refreshSession(input.refreshToken, context) })),
    signOut: (_, { input }, context) =>
      userErrors(async () => ({ signedOut: await context.auth.signOut(input.refreshToken, context) }), { signedOut: false }),
    createUser: (_, { input }, { auth, actor }) => userErrors(async () => ({ user: await auth.createUser(await actor(), input) })),
    changePassword: (_, { input }, { auth, actor }) => userErrors(async () => ({ user: await auth.changePassword(await actor(), input) })),
    changeRole: (_, { input }, { auth, actor }) =>
      userErrors(async () => ({ user: await auth.changeRole(await actor(), { ...input, id: withoutNul(input.id) }) })),
    resetPassword: (_, { input }, { auth, actor }) =>
      userErrors(async () => ({ user: await auth.resetPassword(await actor(), { ...input, id: withoutNul(input.id) }) })),
    removeUser: (_, { input }, { auth, actor }) =>
      userErrors(async () => ({ user: await auth.removeUser(await actor(), withoutNul(input.id)) })),
    createToken: (_, { input }, { auth, actor }) =>
      userErrors(async () => auth.createToken(await actor(), { ...input, kind: input.kind ?? 'PERSONAL', scopes: input.scopes ?? [] })),
    revokeToken: (_, { input }, { auth, actor }) =>
      userErrors(async () => ({ token: await auth.revokeToken(await actor(), withoutNul(input.id)) })),
  },
};
