import { randomBytes } from 'node:crypto';

/** Eight characters that tell this process from others: connections whose names end with them are cut when it is taken for dead. */
export const newProcessName = (): string => randomBytes(4).toString('hex');
