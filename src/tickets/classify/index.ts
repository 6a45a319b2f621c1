export * from './calibrate.ts';
export * from './explain.ts';
export type { TicketText } from './features.ts';
export * from './fields.ts';
export * from './model.ts';
export * from './model-bytes.ts';
export * from './priority.ts';
export * from './similar.ts';
