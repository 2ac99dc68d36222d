import type { AuditEntry } from "../api/contract.ts";
import { sentence } from "../components/words.ts";

/** The caller; for a sign-in, the account with which it was tried. */
export function whoLabel({ callerKind, callerId, callerName }: AuditEntry): string {
  if (callerKind === "none") return "No known account";
  if (callerKind === "*") return "Several";
  return callerName || callerId;
}

/** `Sign in`, or the RPC in words: `Delete contact list`. */
export function whatLabel({ action, rpc }: AuditEntry): string {
  if (action === "AUDIT_ACTION_SIGN_IN") return "Sign in";
  if (action === "AUDIT_ACTION_REFRESH") return "Stay signed in";
  if (action === "AUDIT_ACTION_SIGN_OUT") return "Sign out";
  if (rpc === "*") return "Several things";
  const method = rpc.slice(rpc.lastIndexOf("/") + 1);
  return sentence(method.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`));
}

export function outcomeLabel({ action, status }: AuditEntry): string {
  const isSignIn = action === "AUDIT_ACTION_SIGN_IN";
  switch (status) {
    case "OK":
      return "Done";
    case "PERMISSION_DENIED":
      return "Not allowed";
    case "UNAUTHENTICATED":
      return isSignIn ? "Wrong password or key" : "No longer signed in";
    case "RESOURCE_EXHAUSTED":
      return isSignIn ? "Told to wait" : "Too much at once";
    default:
      return outcomes[status] ?? sentence(status);
  }
}

const outcomes: Readonly<Record<string, string>> = {
  ABORTED: "Somebody else was faster",
  ALREADY_EXISTS: "There is one already",
  CANCELLED: "Broken off",
  DEADLINE_EXCEEDED: "Took too long",
  DATA_LOSS: "Failed",
  FAILED_PRECONDITION: "Not possible as things stood",
  INTERNAL: "Failed",
  INVALID_ARGUMENT: "Wrong input",
  NOT_FOUND: "Not found",
  OUT_OF_RANGE: "Wrong input",
  UNAVAILABLE: "Herald was not reachable",
  UNIMPLEMENTED: "Not offered",
  UNKNOWN: "Failed",
};

/** The object of the call. */
export interface AuditObject {
  kind: string;
  id: string;
  /** The address of its page, if it has one. */
  path?: string;
}

/** The object that an entry is about: if it has several ids, the object to which the others belong. Undefined if there is no id. */
export function objectOf({ objectIds }: Pick<AuditEntry, "objectIds">): AuditObject | undefined {
  for (const { field, kind, place } of kinds) {
    const id = objectIds[field];
    if (id) return { kind, id, ...(place && { path: `${place}/${encodeURIComponent(id)}` }) };
  }
  return undefined;
}

const kinds: readonly { field: string; kind: string; place?: string }[] = [
  { field: "campaign_group_id", kind: "Campaign", place: "/campaigns" },
  { field: "suppression_list_id", kind: "Suppression list", place: "/suppression" },
  { field: "contact_list_id", kind: "Contact list", place: "/lists" },
  { field: "contact_id", kind: "Contact", place: "/contacts" },
  { field: "attempt_id", kind: "Attempt", place: "/attempts" },
  { field: "user_id", kind: "User" },
  { field: "api_key_id", kind: "API key" },
  { field: "role_id", kind: "Role" },
  { field: "rule_id", kind: "Rule" },
  { field: "held_message_id", kind: "Held message" },
  { field: "undelivered_id", kind: "Undelivered message" },
  { field: "job_id", kind: "Job", place: "/jobs" },
  { field: "tenant_id", kind: "Tenant" },
];

export function fromLabel({ clientAddress }: AuditEntry): string {
  return clientAddress === "*" ? "Several addresses" : clientAddress;
}
