import { hash, randomBytes } from 'node:crypto';

export type SecretPrefix = 'aiops_pat_' | 'aiops_svc_' | 'aiops_ref_' | 'aiops_setup_';

/** A secret of 256 random bits; its prefix tells people and secret scanners what it is. */
export const newSecret = (prefix: SecretPrefix): string => prefix + randomBytes(32).toString('base64url');

/** SHA-256, hex: what is stored of a random secret. A slow hash would add nothing to 256 random bits. */
export const fingerprint = (secret: string): string => hash('sha256', secret, 'hex');
