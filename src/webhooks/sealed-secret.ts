import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '#src/core/errors.ts';

/** Keeps secrets that we have to know again (to sign, to verify) encrypted at rest. `id` is the row's: a secret moved to another does not open. */
export type Seal = {
  close(secret: string, id: string): string;
  /** Throws CONFIG when the key is another than the one it was closed with. */
  open(sealed: string, id: string): string;
};

/** Under which a webhook's headers are closed: apart from its secret, so that one never opens as the other. */
export const sealedWith = (webhookId: string): string => `${webhookId}:headers`;

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key of its own, derived (HKDF-SHA256, RFC 5869) from the secret that signs access tokens. */
export const createSeal = (jwtSecret: string): Seal => {
  const key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'ai-ops-assistant/webhook-secrets', 32));
  return {
    close(secret, id) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(id));
      const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')}`;
    },
    open(sealed, id) {
      try {
        const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(id))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new AppError(
          'CONFIG',
          'The secret of this webhook can no longer be read here. An admin needs to revoke it and make a new one.',
          { cause },
        );
      }
    },
  };
};
