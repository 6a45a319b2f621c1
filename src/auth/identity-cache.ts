import type { Clock } from '#src/core/ports.ts';
import type { Identity } from './identity.ts';

/** How long a look-up is trusted: a revocation made by another process takes effect within this time, one made here at once. */
const IDENTITY_CACHE_MS = 5000;

// Some megabytes at most; a server with more callers in five seconds pays a query now and then.
const MAX_ENTRIES = 10_000;

export type IdentityCache = {
  /** The identity behind `key`, loaded once for callers that come together. A failed load is not kept. */
  get(key: string, load: () => Promise<Identity>): Promise<Identity>;
  /** Drops what concerns a user, a token or a session family. */
  forget(id: string): void;
};

/** Saves a busy caller the query per request. */
export const createIdentityCache = (clock: Clock): IdentityCache => {
  const entries = new Map<string, { until: number; identity: Promise<Identity> }>();
  const load = (key: string, from: () => Promise<Identity>): Promise<Identity> => {
    const identity = from();
    const entry = { until: clock.now().getTime() + IDENTITY_CACHE_MS, identity };
    if (entries.size >= MAX_ENTRIES) entries.clear();
    entries.set(key, entry);
    identity.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return identity;
  };
  return {
    get(key, from) {
      const entry = entries.get(key);
      return entry && entry.until > clock.now().getTime() ? entry.identity : load(key, from);
    },
    forget(id) {
      for (const [key, { identity }] of entries)
        void identity.then(
          (known) => concerns(known, id) && entries.delete(key),
          () => {},
        );
    },
  };
};

const concerns = (identity: Identity, id: string): boolean => identity.id === id || identity.userId === id || identity.familyId === id;
