import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { type SignatureScheme, type WebhookFilter, WebhookIn, type WebhookKind, type WebhookMapping } from '#db/entities/webhook-in.ts';
import { type WebhookEvent, type WebhookMethod, WebhookOut } from '#db/entities/webhook-out.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { Clock } from '#src/core/ports.ts';
import { type Header, parseHeaders } from './headers.ts';
import { isPrivateAddress } from './private-address.ts';
import { type Seal, sealedWith } from './sealed-secret.ts';
import { checkPlaces, fillUrl, isFixedHost, parseTemplate } from './template.ts';

export type WebhookInView = WebhookIn;
export type WebhookOutView = WebhookOut;

export type NewWebhookIn = {
  name: string;
  kind: WebhookKind;
  /** Of tickets. */
  mapping: WebhookMapping;
  filter: readonly WebhookFilter[];
  signatureHeader: string;
  signatureScheme: SignatureScheme;
  deliveryHeader: string | null;
  /** Of alerts: the Slack channel their threads are opened in. */
  channel: string | null;
  /** For senders that make the secret themselves; otherwise we do. */
  secret: string | null;
};
export type NewWebhookOut = {
  name: string;
  /** Its path and query may have places, as the template. */
  url: string;
  events: readonly WebhookEvent[];
  method: WebhookMethod;
  oncePerTicket: boolean;
  headers: readonly Header[];
  /** JSON with {{places}}; null for our own form. */
  bodyTemplate: string | null;
};

/** Webhooks of the actor's workspace, for admins. A secret is in the answer that made it and nowhere else. Those revoked are not listed. */
export type WebhookService = {
  webhooksIn(actor: Actor): Promise<WebhookIn[]>;
  /** Throws BAD_INPUT, CONFLICT (too many). */
  createWebhookIn(actor: Actor, input: NewWebhookIn): Promise<{ webhook: WebhookIn; secret: string }>;
  revokeWebhookIn(actor: Actor, id: string): Promise<WebhookIn>;
  webhooksOut(actor: Actor): Promise<WebhookOut[]>;
  /** Throws BAD_INPUT (the address), CONFLICT (too many). */
  createWebhookOut(actor: Actor, input: NewWebhookOut): Promise<{ webhook: WebhookOut; secret: string }>;
  /** Switches one on again that was disabled because nothing got through. */
  enableWebhookOut(actor: Actor, id: string): Promise<WebhookOut>;
  revokeWebhookOut(actor: Actor, id: string): Promise<WebhookOut>;
};

export type WebhookServiceDeps = {
  orm: Orm;
  clock: Clock;
  seal: Seal;
  /** `private`: addresses that are not public are fine. `plainLoopback`: http:// to this machine too (tests, development). */
  allow: { private: boolean; plainLoopback: boolean };
};

// Every change of a ticket is a job for each that follows.
const MOST_WEBHOOKS = 50;

export const createWebhookService = ({ orm, clock, seal, allow }: WebhookServiceDeps): WebhookService => {
  const change = <Result>(actor: Actor, work: (db: Db) => Promise<Result>): Promise<Result> =>
    forWorkspace(orm, actor.workspaceId).transactional(work);

  return {
    async webhooksIn(actor) {
      requireScope(actor, 'ADMIN');
      return forWorkspace(orm, actor.workspaceId).find(WebhookIn, { revokedAt: null }, { orderBy: { id: 'desc' } });
    },

    async createWebhookIn(actor, input) {
      requireScope(actor, 'ADMIN');
      const given = checkedIn(input);
      return change(actor, async (db) => {
        checkRoom(await db.count(WebhookIn, { revokedAt: null }));
        const id = newId('whk');
        const secret = input.secret ? parseSecret(input.secret) : newSecret();
        const { workspaceId } = actor;
        const row = {
          ...given,
          id,
          workspaceId,
          sealedSecret: seal.close(secret, id),
          lastReceivedAt: null,
          createdAt: clock.now(),
          revokedAt: null,
        };
        const webhook = Object.assign(new WebhookIn(), row);
        await db.persist(webhook).flush();
        await recordAudit(db, actor, 'webhook_in.created', id);
        return { webhook, secret };
      });
    },

    async revokeWebhookIn(actor, id) {
      requireScope(actor, 'ADMIN');
      return change(actor, async (db) => {
        const webhook = await db.findOne(WebhookIn, { id, revokedAt: null });
        if (!webhook) throw notFound();
        Object.assign(webhook, { revokedAt: clock.now(), sealedSecret: '' });
        await recordAudit(db, actor, 'webhook_in.revoked', id);
        return webhook;
      });
    },

    async webhooksOut(actor) {
      requireScope(actor, 'ADMIN');
      return forWorkspace(orm, actor.workspaceId).find(WebhookOut, { revokedAt: null }, { orderBy: { id: 'desc' } });
    },

    async createWebhookOut(actor, input) {
      requireScope(actor, 'ADMIN');
      const url = checkedUrl(input.url, allow);
      const name = parseLine(input.name, 'name', 100);
      const headers = parseHeaders(input.headers);
      const bodyTemplate = input.bodyTemplate === null ? null : parseTemplate(input.bodyTemplate);
      const events = [...new Set(input.events)];
      if (events.length === 0) throw new AppError('BAD_INPUT', 'Name at least one event to follow.', { field: 'events' });
      return change(actor, async (db) => {
        checkRoom(await db.count(WebhookOut, { revokedAt: null }));
        const id = newId('who');
        const secret = newSecret();
        const fresh = {
          lastSuccessAt: null,
          lastFailure: null,
          failuresInARow: 0,
          disabledAt: null,
          disabledReason: null,
          createdAt: clock.now(),
          revokedAt: null,
        };
        const webhook = Object.assign(new WebhookOut(), {
          id,
          workspaceId: actor.workspaceId,
          name,
          url,
          events,
          method: input.method,
          oncePerTicket: input.oncePerTicket,
          headerNames: Object.keys(headers),
          sealedHeaders: Object.keys(headers).length > 0 ? seal.close(JSON.stringify(headers), sealedWith(id)) : null,
          bodyTemplate,
          sealedSecret: seal.close(secret, id),
          ...fresh,
        });
        await db.persist(webhook).flush();
        await recordAudit(db, actor, 'webhook_out.created', id);
        return { webhook, secret };
      });
    },

    async enableWebhookOut(actor, id) {
      requireScope(actor, 'ADMIN');
      return change(actor, async (db) => {
        const webhook = await openOut(db, id);
        Object.assign(webhook, { disabledAt: null, disabledReason: null, failuresInARow: 0 });
        await recordAudit(db, actor, 'webhook_out.enabled', id);
        return webhook;
      });
    },

    async revokeWebhookOut(actor, id) {
      requireScope(actor, 'ADMIN');
      return change(actor, async (db) => {
        const webhook = await openOut(db, id);
        Object.assign(webhook, { revokedAt: clock.now(), sealedSecret: '', sealedHeaders: null });
        await recordAudit(db, actor, 'webhook_out.revoked', id);
        return webhook;
      });
    },
  };
};

const openOut = async (db: Db, id: string): Promise<WebhookOut> => {
  const webhook = await db.findOne(WebhookOut, { id, revokedAt: null });
  if (!webhook) throw notFound();
  return webhook;
};

const newSecret = (): string => `whsec_${randomBytes(32).toString('hex')}`;

const parseSecret = (text: string): string => {
  if (text.length < 16 || text.length > 500)
    throw new AppError('BAD_INPUT', 'The secret needs 16 to 500 characters; leave it out to have one made.', { field: 'secret' });
  return text;
};

/** GitHub and GitLab say themselves how they sign; the rest is as it was given. */
const checkedIn = (input: NewWebhookIn) => {
  const { name, kind, signatureHeader, signatureScheme, deliveryHeader } = input;
  const signed = signing[kind] ?? {
    signatureHeader: parseHeader(signatureHeader, 'signatureHeader'),
    signatureScheme,
    deliveryHeader: deliveryHeader === null ? null : parseHeader(deliveryHeader, 'deliveryHeader'),
  };
  const tickets = kind === 'TICKET' ? checkedMapping(input) : { mapping: nothing, filter: [] };
  return {
    name: parseLine(name, 'name', 100),
    kind,
    ...signed,
    ...tickets,
    channel: kind === 'ALERTS' ? parseChannel(input.channel) : null,
  };
};

type Signing = { signatureHeader: string; signatureScheme: SignatureScheme; deliveryHeader: string | null };

const signing: Partial<Record<WebhookKind, Signing>> = {
  GITHUB: { signatureHeader: 'x-hub-signature-256', signatureScheme: 'GITHUB', deliveryHeader: 'x-github-delivery' },
  GITLAB: { signatureHeader: 'x-gitlab-token', signatureScheme: 'TOKEN', deliveryHeader: 'x-gitlab-event-uuid' },
  // Alertmanager cannot sign; it sends a token.
  ALERTS: { signatureHeader: 'authorization', signatureScheme: 'TOKEN', deliveryHeader: null },
};

const parseChannel = (channel: string | null): string => {
  if (!/^[CG][A-Z0-9]{2,30}$/.test(channel ?? ''))
    throw new AppError('BAD_INPUT', 'Say in which Slack channel alerts open their threads, by its id, e.g. C0123456789.', {
      field: 'channel',
    });
  return channel as string;
};

const nothing: WebhookMapping = { title: null, text: null, reporter: null, key: null };

const checkedMapping = ({ mapping, filter, deliveryHeader }: NewWebhookIn) => {
  const checked = {
    title: parsePath(mapping.title, 'mapping.title'),
    text: parsePath(mapping.text, 'mapping.text'),
    reporter: parsePath(mapping.reporter, 'mapping.reporter'),
    key: parsePath(mapping.key, 'mapping.key'),
  };
  if (checked.title === null && checked.text === null)
    throw new AppError('BAD_INPUT', 'Say where the title or the text of a ticket is, e.g. issue.title.', { field: 'mapping' });
  if (checked.key === null && deliveryHeader === null)
    throw new AppError(
      'BAD_INPUT',
      'Say what tells one ticket from another: a key (e.g. issue.id) or a deliveryHeader. Senders repeat themselves.',
      { field: 'mapping' },
    );
  if (filter.length > 10) throw new AppError('BAD_INPUT', 'A filter has 10 conditions at most.', { field: 'filter' });
  return {
    mapping: checked,
    filter: filter.map(({ path, equals }) => ({
      path: parsePath(path, 'filter.path') ?? '',
      equals: parseLine(equals, 'filter.equals', 200),
    })),
  };
};

const parsePath = (path: string | null, field: string): string | null => {
  if (path === null) return null;
  const line = parseLine(path, field, 200);
  if (line.split('.').some((step) => step === ''))
    throw new AppError('BAD_INPUT', 'A path is keys with dots between them, e.g. issue.user.login or alerts.0.name.', { field });
  return line;
};

const parseHeader = (name: string, field: string): string => {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(name.trim()))
    throw new AppError('BAD_INPUT', 'A header’s name is letters, digits and hyphens, e.g. X-Hub-Signature-256.', { field });
  return name.trim().toLowerCase();
};

const checkRoom = (count: number): void => {
  if (count >= MOST_WEBHOOKS)
    throw new AppError('CONFLICT', `There are ${MOST_WEBHOOKS} webhooks already; revoke one that is not needed any more.`);
};

/** Names are looked up when something is sent; here only what can be seen at once is refused. */
const checkedUrl = (text: string, allow: WebhookServiceDeps['allow']): string => {
  const wrong = (sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field: 'url' });
  // Where it goes is never a ticket's to say.
  if (text.includes('{{') && !isFixedHost(text)) throw wrong('An address may have places like {{ticket.id}} in its path and query only.');
  checkPlaces(text, 'url');
  const filled = fillUrl(text, {});
  const url = URL.canParse(filled) && text.length <= 2000 ? new URL(filled) : null;
  if (!url) throw wrong('That is not an address; write one like https://jira.example.com/hooks/tickets.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const loopback = host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback && allow.plainLoopback))
    throw wrong('Only https:// addresses are told anything.');
  if (url.username || url.password)
    throw wrong('Leave the user and password out of the address; messages are signed, and `headers` take an Authorization.');
  if (!allow.private && (loopback || (isIP(host) !== 0 && isPrivateAddress(host))))
    throw wrong('That is a private address, and nothing is sent there unless WEBHOOK_ALLOW_PRIVATE is on.');
  url.hash = '';
  return filled === text ? url.href : text;
};

const notFound = (): AppError => new AppError('NOT_FOUND', 'That webhook was not found; it may have been revoked.', { field: 'id' });
