import type { AuditEntry } from "../api/contract.ts";
import { sentence } from "../components/words.ts";

/** Whose call it was; of a sign-in, on which account it was tried. */
export function whoLabel({ callerKind, callerId, callerName }: AuditEntry): string {
  if (callerKind === "none") return "No known account";
  if (callerKind === "*") return "Several";
  return callerName || callerId;
}

/** `Sign in`, or the RPC in words: `Delete contact list`. */
export function whatLabel({ action, rpc }: AuditEntry): string {
  if (action === "AUDIT_ACTION_SIGN_IN") return "Sign in";
  if (action === "AUDIT_ACTION_REFRESH") return "Go on with a session";
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
      return sentence(status);
  }
}

export function fromLabel({ clientAddress }: AuditEntry): string {
  return clientAddress === "*" ? "Several addresses" : clientAddress;
}
