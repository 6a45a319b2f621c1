import { AppError } from './errors.ts';

export type Scope =
  | 'LOGS_READ'
  | 'LOGS_WRITE'
  | 'TICKETS_READ'
  | 'TICKETS_WRITE'
  | 'CHANGES_READ'
  | 'CHANGES_WRITE'
  | 'ADMIN'
  | 'ACT_FOR_SLACK';
export type Role = 'ADMIN' | 'MEMBER' | 'VIEWER';

/** Who asks, in which workspace, and what they may do. Services take one; the edges make one. */
export type Actor = {
  workspaceId: string;
  /** User or token id; 'terminal' for whoever sits at the machine. */
  id: string;
  role: Role;
  scopes: readonly Scope[];
  /** Who a service token acts for, e.g. 'slack:T1:U1'. */
  actingFor: string | null;
  requestId: string;
};

export const scopesOfRole: Record<Role, readonly Scope[]> = {
  ADMIN: ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE', 'ADMIN'],
  MEMBER: ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE'],
  VIEWER: ['LOGS_READ', 'TICKETS_READ', 'CHANGES_READ'],
};

/** Throws AppError FORBIDDEN when the actor lacks the scope. */
export const requireScope = (actor: Actor, scope: Scope): void => {
  if (!actor.scopes.includes(scope))
    throw new AppError(
      'FORBIDDEN',
      scope === 'ADMIN'
        ? 'This needs the scope ADMIN: sign in as an admin (signIn) and send that access token.'
        : `This needs the scope ${scope}; ask an admin for a role or token that has it.`,
    );
};

/** For what is said in Slack: a program says it for somebody, and the audit trail names them. */
export const requireActingFor = (actor: Actor): void => {
  requireScope(actor, 'ACT_FOR_SLACK');
  if (actor.actingFor === null)
    throw new AppError('BAD_INPUT', 'Say for whom in Slack this is done: the header x-acting-for reads slack:<team id>:<user id>.');
};
