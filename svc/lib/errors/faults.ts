/** Classifies errors of stores: which are worth a retry (a store that is away, a conflict of transactions), and which are not. */

/** PostgreSQL: connection lost, server stopping or starting, too many connections. */
const AWAY_SQLSTATES = /^(08...|57P0[1-5]|53300)$/;
const AWAY_SYSTEM = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const AWAY_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Connection is closed|max retries per request|Stream isn't writeable|Client has encountered a connection error|Cannot use a pool after calling end|Command timed out|^(LOADING|READONLY|CLUSTERDOWN|TRYAGAIN) /i;

/** True when the store behind an error could not be reached, so that the same call may work later. */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionFault);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && (AWAY_SQLSTATES.test(code) || AWAY_SYSTEM.test(code))) return true;
  return AWAY_MESSAGES.test(error.message) || isConnectionFault(error.cause);
}

/** True when two transactions were in conflict and one only has to run again: serialization failure, deadlock. */
export function isTransactionConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === "40001" || code === "40P01";
}

/** True when a lock did not come free in the time that the connection allows (`lock_timeout`). */
export const isLockTimeout = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === "55P03";

/** True when Postgres could not convert a value to the type it is compared with: no date, no id, a number too large. */
export function isDataException(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^22...$/.test(code);
}

/** True when a text held what Postgres cannot keep: a NUL character. */
export function isUnstorableText(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === "22021" || code === "22P05";
}

/** True when a row would break a rule of its table: a key, a reference, a check. */
export function isIntegrityViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^23...$/.test(code);
}

/** True when an insert met a row that was there; `constraint` narrows it to one unique key. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: met } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === "23505" && (constraint === undefined || met === constraint);
}

/** True when a row points to another that is not there, or is still pointed to. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: met } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === "23503" && (constraint === undefined || met === constraint);
}
