import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";

/** The notice that tells of wrong passwords. */
export const refusalsNotice = "refused-sign-ins";

/** Closes the notice when its reader goes on from the page that they came to, or signs out: elsewhere it would cover what they work on. */
export function useRefusalsNoticeClosed(pathname: string, isSignedIn: boolean): void {
  const [firstPath] = useState(pathname);
  const isThere = isSignedIn && pathname === firstPath;
  useEffect(() => {
    if (!isThere) notifications.hide(refusalsNotice);
  }, [isThere]);
}
