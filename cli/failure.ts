/** Says what went wrong, in words that help, and chooses the exit code. */
import { status } from "@grpc/grpc-js";
import { CommanderError } from "commander";
import { errorDetails, type ErrorDetails } from "../svc/lib/errors/error-details.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { tell } from "./printable.ts";

/** The answer to a wrong `herald login`, for which the advice to sign in would not help. */
const WRONG_PASSWORD = "ERROR_REASON_CREDENTIALS_INVALID";

/** A failure of the command itself, already in plain words. */
export class Failure extends Error {
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(message: string, hint = "", code: ExitCode = exitCode.failed) {
    super(message);
    this.hint = hint;
    this.exitCode = code;
  }
}

/** The person declined, or could not be asked. */
export const declined = (what: string, hint = ""): Failure => new Failure(what, hint, exitCode.declined);

export function explainFailure(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) return explainCall(error, json);
  const told = errorDetails(error);
  if (json) tell(JSON.stringify({ error: told ? asJson(told) : plainJson(error) }));
  else for (const line of told ? asText(told) : plainText(error)) tell(line);
  return error instanceof Failure ? error.exitCode : exitCode.failed;
}

/** Help and version end with 0. Commander has printed errors of the call itself, unless the caller wants JSON. */
function explainCall(error: CommanderError, json: boolean): ExitCode {
  if (error.exitCode === 0) return exitCode.done;
  const message = error.code === "commander.help" ? "The command is not complete." : error.message;
  if (json) tell(JSON.stringify({ error: { message: message.replace(/^error: /, "") } }));
  return exitCode.wrongCall;
}

const plainJson = (error: unknown) => ({
  message: messageOf(error),
  ...(error instanceof Failure && error.hint && { hint: error.hint }),
});

const asJson = ({ code, message, reason, domain, metadata, fields }: ErrorDetails) => ({
  code: status[code],
  message,
  reason,
  domain,
  metadata,
  fields,
});

function asText(told: ErrorDetails): string[] {
  const lines = [`herald: ${told.message}`];
  // The message of a single wrong field says it all.
  if (told.fields.length > 1)
    for (const { field, description } of told.fields) lines.push(`  ${field}: ${description}`);
  const hint = hintFor(told);
  if (hint) lines.push(`  ${hint}`);
  if (told.metadata["requestId"]) lines.push(`  request id: ${told.metadata["requestId"]}`);
  return lines;
}

function hintFor({ code, reason, retryAfterMs, metadata }: ErrorDetails): string {
  if (reason === WRONG_PASSWORD) return "Check the tenant, the email and the password; upper and lower case matter.";
  if (code === status.UNAUTHENTICATED) return "Sign in with `herald login`.";
  if (code === status.PERMISSION_DENIED)
    return `Your role lacks ${metadata["permission"] ?? "the permission"}; an administrator can grant it.`;
  if (retryAfterMs !== undefined) return `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  if (code === status.UNAVAILABLE)
    return "Is the platform running at this address? `npm start` starts it; `--server` names another.";
  return "";
}

const plainText = (error: unknown): string[] => {
  const hint = error instanceof Failure && error.hint ? [`  ${error.hint}`] : [];
  return [`herald: ${messageOf(error)}`, ...hint];
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
