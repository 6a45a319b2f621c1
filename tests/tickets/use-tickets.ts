import { afterAll, beforeAll } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';

/** The running app, once the tests that use it began. */
export let app: App;

/** Starts it before the tests of a file, and stops it behind them. */
export const useTickets = (): void => {
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app[Symbol.asyncDispose]());
};

export const vpn =
  'I cannot log in to the VPN since this morning, my account is locked. Please reset my password. Host vpn-gw-3.example.com';
