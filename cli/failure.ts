/** Says what went wrong, in words that help, and chooses the exit code: 2 for a wrong call, 1 for everything else. */
import { status } from "@grpc/grpc-js";
import { CommanderError } from "commander";
import { errorDetails, type ErrorDetails } from "../svc/lib/error-details.ts";

/** A failure of the command itself, already in plain words. */
export class Failure extends Error {
  readonly hint: string;

  constructor(message: string, hint = "") {
    super(message);
    this.hint = hint;
  }
}

export function explainFailure(error: unknown, json: boolean): number {
  // Commander has printed what is wrong with the call, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const told = errorDetails(error);
  if (json) console.error(JSON.stringify({ error: told ? asJson(told) : { message: messageOf(error) } }));
  else for (const line of told ? asText(told) : plainText(error)) console.error(line);
  return 1;
}

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
  for (const { field, description } of told.fields) lines.push(`  ${field}: ${description}`);
  const hint = hintFor(told);
  if (hint) lines.push(`  ${hint}`);
  if (told.metadata["requestId"]) lines.push(`  request id: ${told.metadata["requestId"]}`);
  return lines;
}

function hintFor({ code, retryAfterMs, metadata }: ErrorDetails): string {
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
