import { defineEntity, p } from '@mikro-orm/core';

/** Failed sign-ins by key ('emailFrom:…', 'address:…' or 'email:…', hashed), shared by all API processes. */
const LoginThrottleSchema = defineEntity({
  name: 'LoginThrottle',
  tableName: 'login_throttle',
  properties: {
    key: p.text().primary(),
    failures: p.integer(),
    lastFailureAt: p.datetime(),
    lockedUntil: p.datetime().nullable(),
  },
});
export class LoginThrottle extends LoginThrottleSchema.class {}
LoginThrottleSchema.setClass(LoginThrottle);

export { LoginThrottleSchema };
