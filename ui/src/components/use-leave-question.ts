import { useEffect, useEffectEvent } from "react";
import { useBlocker } from "react-router";
import { useConfirm } from "./confirm.tsx";

/** Asks before somebody leaves the page and loses something. */
export function useLeaveQuestion(isNeeded: boolean, body: string): void {
  const confirm = useConfirm();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isNeeded && currentLocation.pathname !== nextLocation.pathname,
  );
  const ask = useEffectEvent(async () => {
    const leaves = await confirm({ title: "Leave this page?", body, confirmLabel: "Leave", isDangerous: true });
    if (leaves) blocker.proceed?.();
    else blocker.reset?.();
  });
  const isBlocked = blocker.state === "blocked";
  useEffect(() => {
    if (isBlocked) void ask();
  }, [isBlocked]);

  useEffect(() => {
    if (!isNeeded) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener("beforeunload", warn);
    return () => globalThis.removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
