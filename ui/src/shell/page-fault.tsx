import { Stack } from "@mantine/core";
import { useRouteError } from "react-router";
import { ErrorPanel } from "../components/error-panel.tsx";

/** Shown in place of a page that could not be loaded or rendered. The usual cause is a new version of the application. */
export function PageFault() {
  return (
    <Stack p="md" maw={720} mx="auto">
      <ErrorPanel
        title="This page could not be shown"
        error={useRouteError()}
        onRetry={() => globalThis.location.reload()}
      />
    </Stack>
  );
}
