import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";

/** The notice about wrong passwords. */
export const refusalsNotice = "refused-sign-ins";

/** Closes the notice when the person opens another page or signs out, because it would cover that page. */
export function useRefusalsNoticeClosed(pathname: string, isSignedIn: boolean): void {
  const [firstPath] = useState(pathname);
  const isThere = isSignedIn && pathname === firstPath;
  useEffect(() => {
    if (!isThere) notifications.hide(refusalsNotice);
  }, [isThere]);
}
