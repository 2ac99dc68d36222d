import { Center, Loader } from "@mantine/core";
import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { restoreSession } from "../api/session.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { useRefusalsNoticeClosed } from "../session/refusals-notice.ts";
import { useSession } from "../session/use-session.ts";
import { Shell } from "./shell.tsx";

/** Shows pages to signed-in people. Others sign in first, and then get the page that they wanted. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    void restoreSession();
  }, []);
  useRefusalsNoticeClosed(pathname, session.status === "signed-in");

  if (session.status === "signed-out") {
    return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />;
  }
  if (session.status === "restoring") {
    return (
      <Center h="100vh" p="md">
        {session.failure ? (
          <ErrorPanel
            title="Herald could not be reached"
            error={session.failure}
            onRetry={() => void restoreSession()}
          />
        ) : (
          <Loader aria-label="Signing in" />
        )}
      </Center>
    );
  }
  return (
    <Shell session={session}>
      <Outlet />
    </Shell>
  );
}
