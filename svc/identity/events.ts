/** What `identity` counts and logs. */
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";

export type TokenGrant = "password" | "client_credentials" | "refresh";

export interface Events {
  tokenIssued(grant: TokenGrant): void;
  signInRefused(grant: TokenGrant): void;
  signInThrottled(): void;
  sessionEndedByReuse(): void;
}

export function identityEvents(metrics: Metrics, log: Logger): Events {
  const issued = metrics.counter("herald_identity_tokens_issued_total", "Access tokens issued.", ["grant"]);
  const refused = metrics.counter("herald_identity_sign_ins_refused_total", "Sign-ins with wrong credentials.", [
    "grant",
  ]);
  const throttled = metrics.counter(
    "herald_identity_sign_ins_throttled_total",
    "Sign-ins refused because of too many wrong passwords.",
  );
  const reused = metrics.counter(
    "herald_identity_refresh_tokens_reused_total",
    "Sessions ended because an exchanged refresh token came again.",
  );
  return {
    tokenIssued: (grant) => issued.inc({ grant }),
    signInRefused: (grant) => refused.inc({ grant }),
    signInThrottled() {
      throttled.inc();
      log.warn("sign-in refused: too many wrong passwords for one account");
    },
    sessionEndedByReuse() {
      reused.inc();
      log.warn("a refresh token came a second time, or after its end: its session was ended");
    },
  };
}
