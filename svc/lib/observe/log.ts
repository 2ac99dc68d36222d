/** JSON logs on stdout. Should somebody log personal data or a secret by mistake, its key shows that and the value is blotted out. */
import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger } from "pino";

const PERSONAL = [
  "phone",
  "email",
  "address",
  "device",
  "destination",
  "name",
  "firstName",
  "lastName",
  "text",
  "body",
  "subject",
  "content",
];
const SECRET = [
  "password",
  "secret",
  "token",
  "authorization",
  "apiKey",
  "refreshToken",
  "accessToken",
  "privateKey",
  "meshKey",
  "databaseUrl",
  "redisUrl",
];
const BLOTTED = [...PERSONAL, ...SECRET]
  .flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  .filter((path) => path !== "name");

/** The log of one service, on stdout unless `to` says otherwise. */
export function createLog(service: string, level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: BLOTTED, censor: "[hidden]" },
    serializers: { error: errorWithCauses, err: errorWithCauses },
  };
  return to ? pino(options, to) : pino(options);
}

/** An error with its stack and its causes. Field values of database errors may hold rows, so they are left out. */
function errorWithCauses(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code,
    constraint,
    table,
    cause: error.cause === undefined ? undefined : errorWithCauses(error.cause),
  };
}
