import { Alert, Stack, Text } from "@mantine/core";
import type { Progress, StallReason } from "../api/contract.ts";
import { WarningIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { enumLabel } from "../components/words.ts";

// These reasons are normal; the others need somebody's attention.
const expected: ReadonlySet<StallReason> = new Set([
  "STALL_REASON_NOT_STARTED",
  "STALL_REASON_PAUSED",
  "STALL_REASON_FINISHED",
  "STALL_REASON_RETRIES_NOT_DUE",
  "STALL_REASON_SUPPRESSED",
]);

/** Shows why a campaign makes no attempts, as long as it makes none. Screen readers announce changes. */
export function Stalls({ progress }: { progress: Progress }) {
  return (
    <Stack
      component="section"
      gap="sm"
      mb={progress.stalls.length > 0 ? "lg" : 0}
      aria-live="polite"
      aria-label="Why nothing moves"
    >
      {progress.stalls.map(({ reason, explanation, untilTime }) => (
        <Alert
          key={reason}
          variant="light"
          color={expected.has(reason) ? "blue" : "orange"}
          icon={<WarningIcon />}
          title={
            untilTime ? (
              <>
                Waiting until <Instant at={untilTime} />
              </>
            ) : (
              enumLabel(reason, "STALL_REASON_")
            )
          }
        >
          <Text size="sm">{explanation}</Text>
        </Alert>
      ))}
    </Stack>
  );
}
