/** `herald audit`: who changed, exported or was refused what, who signed in or tried to, and from where. */
import { type Command, Option } from "commander";
import type { AuditEntry } from "../../gen/herald/identity/v1/audit_entry.ts";
import { AuditServiceDefinition, ListAuditEntriesResponse } from "../../gen/herald/identity/v1/audit_service.ts";
import { AuditAction } from "../../gen/herald/options/v1/options.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { instant, print, table, word } from "../output.ts";

const ACTIONS = {
  create: AuditAction.AUDIT_ACTION_CREATE,
  edit: AuditAction.AUDIT_ACTION_EDIT,
  delete: AuditAction.AUDIT_ACTION_DELETE,
  alter: AuditAction.AUDIT_ACTION_ALTER,
  execute: AuditAction.AUDIT_ACTION_EXECUTE,
  export: AuditAction.AUDIT_ACTION_EXPORT,
  "sign-in": AuditAction.AUDIT_ACTION_SIGN_IN,
  refresh: AuditAction.AUDIT_ACTION_REFRESH,
  "sign-out": AuditAction.AUDIT_ACTION_SIGN_OUT,
} as const;

interface AuditOptions {
  kind?: keyof typeof ACTIONS;
  caller: string;
  address: string;
  object: string;
  refused?: boolean;
  limit: number;
}

export function auditCommands(program: Command): void {
  program
    .command("audit")
    .description("show the audit trail, newest first: changes, exports, sign-ins, and what was refused")
    .addOption(new Option("-k, --kind <kind>", "only this kind of call").choices(Object.keys(ACTIONS)))
    .option("--caller <id>", "only of this user or API key", "")
    .option("--address <address>", "only from this IP address", "")
    .option("--object <id>", "only about this object", "")
    .option("--refused", "only what was refused or failed")
    .option("-n, --limit <count>", "entries to show", readLimit, 50)
    .action((options: AuditOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const request = {
          action: options.kind && ACTIONS[options.kind],
          callerId: options.caller,
          clientAddress: options.address,
          objectId: options.object,
          refused: options.refused ?? false,
          pageSize: options.limit,
        };
        const answer = await platform.client(AuditServiceDefinition).listAuditEntries(request);
        print(command, ListAuditEntriesResponse, answer, ({ auditEntries }) =>
          table(
            ["WHEN", "WHO", "WHAT", "ON WHAT", "ENDED", "FROM", "TIMES", "LAST"],
            auditEntries.map((entry) => [
              instant(entry.startTime),
              whoOf(entry),
              whatOf(entry),
              objectOf(entry),
              outcomeOf(entry),
              entry.clientAddress === "*" ? "several addresses" : entry.clientAddress,
              entry.count,
              entry.count > 1 ? instant(entry.lastTime) : "",
            ]),
            "No entry fits.",
          ),
        );
      }),
    );
}

function whoOf({ callerKind, callerId, callerName }: AuditEntry): string {
  if (callerKind === "none") return "no known account";
  if (callerKind === "*") return "several";
  return `${word(callerKind, "")} ${callerName || callerId}`;
}

/** `sign in`, or the RPC in words: `delete contact list`. */
function whatOf({ action, rpc }: AuditEntry): string {
  if (action === AuditAction.AUDIT_ACTION_SIGN_IN) return "sign in";
  if (action === AuditAction.AUDIT_ACTION_REFRESH) return "stay signed in";
  if (action === AuditAction.AUDIT_ACTION_SIGN_OUT) return "sign out";
  if (rpc === "*") return "several things";
  const method = rpc.slice(rpc.lastIndexOf("/") + 1);
  return method.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** Of several ids, the one of what the others belong to, first. */
const OBJECTS: readonly (readonly [field: string, kind: string])[] = [
  ["campaign_group_id", "campaign"],
  ["suppression_list_id", "suppression list"],
  ["contact_list_id", "contact list"],
  ["contact_id", "contact"],
  ["attempt_id", "attempt"],
  ["user_id", "user"],
  ["api_key_id", "API key"],
  ["role_id", "role"],
  ["rule_id", "rule"],
  ["held_message_id", "held message"],
  ["undelivered_id", "undelivered message"],
  ["job_id", "job"],
  ["tenant_id", "tenant"],
];

/** `contact list 0190…`, with the id as `--object` takes it; nothing for what names none. */
export function objectOf({ objectIds }: AuditEntry): string {
  const [field, kind] = OBJECTS.find(([name]) => objectIds[name]) ?? ["", ""];
  return field && `${kind} ${objectIds[field]}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  ABORTED: "somebody else was faster",
  ALREADY_EXISTS: "there is one already",
  CANCELLED: "broken off",
  DATA_LOSS: "failed",
  DEADLINE_EXCEEDED: "took too long",
  FAILED_PRECONDITION: "not possible as things stood",
  INTERNAL: "failed",
  INVALID_ARGUMENT: "wrong input",
  OUT_OF_RANGE: "wrong input",
  UNAVAILABLE: "Herald was not reachable",
  UNIMPLEMENTED: "not offered",
  UNKNOWN: "failed",
};

export function outcomeOf({ action, status }: AuditEntry): string {
  if (status === "OK") return "done";
  if (status === "PERMISSION_DENIED") return "not allowed";
  if (status === "UNAUTHENTICATED")
    return action === AuditAction.AUDIT_ACTION_SIGN_IN ? "wrong password or key" : "no longer signed in";
  if (status === "RESOURCE_EXHAUSTED")
    return action === AuditAction.AUDIT_ACTION_SIGN_IN ? "told to wait" : "too much at once";
  return OUTCOMES[status] ?? word(status, "");
}
