import type { SessionState } from "../api/session.ts";

/** Whether the session holds a permission of the contract; `*` holds them all. */
export const allows = (session: SessionState, permission: string): boolean =>
  session.status === "signed-in" && (session.permissions.includes("*") || session.permissions.includes(permission));
