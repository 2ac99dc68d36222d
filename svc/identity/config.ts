/** Every setting of `identity`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";

export interface IdentityConfig extends CommonConfig {
  keySecret: string;
  keySignsForMs: number;
  accessTokenMs: number;
  refreshTokenMs: number;
  wrongPasswords: number;
  wrongPasswordsWindowMs: number;
  sessionsPerUser: number;
  bootstrapAdmin: { email: string; password: string } | undefined;
}

const DAY_MS = 86_400_000;
const MOST_TOKEN_MS = 900_000;

export function identityConfig(source?: Readonly<Record<string, string | undefined>>): IdentityConfig {
  return readSettings((env) => {
    const accessTokenMs = env.durationMs(
      "IDENTITY_ACCESS_TOKEN_LIFE",
      MOST_TOKEN_MS,
      "life of an access token, at most 15m: a revocation may be missed until it expires",
    );
    if (accessTokenMs > MOST_TOKEN_MS || accessTokenMs < 1_000)
      env.problem("IDENTITY_ACCESS_TOKEN_LIFE must be from 1s to 15m.");
    const keySignsForMs = env.durationMs(
      "IDENTITY_KEY_ROTATION",
      30 * DAY_MS,
      "how long one key signs tokens before the next one does",
    );
    if (keySignsForMs < 4 * MOST_TOKEN_MS)
      env.problem(
        "IDENTITY_KEY_ROTATION must be at least 1h, so that the next key is known everywhere before it signs.",
      );
    const email = env.optional(
      "IDENTITY_BOOTSTRAP_ADMIN_EMAIL",
      "email of the first platform administrator, used when there is no tenant yet",
    );
    const password = env.optional(
      "IDENTITY_BOOTSTRAP_ADMIN_PASSWORD",
      "password of the first platform administrator, 10 to 200 characters",
    );
    if ((email === undefined) !== (password === undefined)) {
      env.problem(
        "IDENTITY_BOOTSTRAP_ADMIN_EMAIL and IDENTITY_BOOTSTRAP_ADMIN_PASSWORD are set together or not at all.",
      );
    }
    if (password !== undefined && (password.length < 10 || password.length > 200))
      env.problem("IDENTITY_BOOTSTRAP_ADMIN_PASSWORD must have 10 to 200 characters.");
    return {
      ...commonConfig(env, "identity"),
      keySecret: env.secret(
        "IDENTITY_KEY_SECRET",
        "encrypts the private signing keys in the database, at least 32 bytes",
        { leastBytes: 32 },
      ),
      keySignsForMs,
      accessTokenMs,
      refreshTokenMs: env.durationMs(
        "IDENTITY_REFRESH_TOKEN_LIFE",
        30 * DAY_MS,
        "how long a session may be unused before its user has to sign in again",
      ),
      wrongPasswords: env.int(
        "IDENTITY_WRONG_PASSWORDS",
        10,
        "wrong passwords of one account that are free; each after that waits twice as long as the one before",
        {
          least: 1,
        },
      ),
      wrongPasswordsWindowMs: env.durationMs(
        "IDENTITY_WRONG_PASSWORDS_WINDOW",
        900_000,
        "the longest wait, and how long wrong passwords are remembered after the last",
      ),
      sessionsPerUser: env.int(
        "IDENTITY_SESSIONS_PER_USER",
        50,
        "most sessions of one user; with one more, the oldest ends",
        {
          least: 1,
          most: 1_000,
        },
      ),
      bootstrapAdmin: email !== undefined && password !== undefined ? { email, password } : undefined,
    };
  }, source);
}
