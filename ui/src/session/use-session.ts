import { useSyncExternalStore } from "react";
import { type SessionState, sessionStore } from "../api/session.ts";
import { allows } from "./permissions.ts";

/** Who is signed in. */
export const useSession = (): SessionState => useSyncExternalStore(sessionStore.subscribe, sessionStore.current);

/** Whether the person may make calls that need this permission: `useMay("lists.write")`. */
export const useMay = (permission: string): boolean => allows(useSession(), permission);
