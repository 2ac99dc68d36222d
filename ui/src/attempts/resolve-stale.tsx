import { Alert, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Attempt, CallResult, DeliveryState, OutcomeInput } from "../api/contract.ts";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { enumLabel } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { callResults, deliveryStates } from "./outcome.ts";
import { resolveStaleAttempt } from "./queries.ts";

/** Lets a person enter how a stale attempt ended. An attempt with an unknown outcome is never made again by itself. */
export function ResolveStale({ attempt }: { attempt: Attempt }) {
  const isVoice = attempt.channel === "CHANNEL_VOICE";
  const prefix = isVoice ? "CALL_RESULT_" : "DELIVERY_STATE_";
  const [result, setResult] = useState("");
  const mayResolve = useMay("attempts.write");
  const resolution = resolveStaleAttempt(useQueryClient(), attempt.id);
  const resolve = useMutation({
    ...resolution,
    // The form disappears when the attempt is resolved, and callbacks passed to `mutate` would then not run.
    onSuccess: (...answer) => {
      notifyDone("The result is kept.");
      return resolution.onSuccess?.(...answer);
    },
    onError: notifyFailure("The result could not be kept"),
  });
  const outcome: OutcomeInput = isVoice
    ? { callResult: result as CallResult }
    : { deliveryState: result as DeliveryState };
  return (
    <Alert color="orange" title="Nobody knows whether this attempt reached the person">
      <Stack gap="sm">
        <Text size="sm">
          The provider gave no answer before the connection was lost. It is not made again by itself. If you know how it
          ended, for instance from the provider's own records, say so: what follows is then as for any result.
        </Text>
        <Group align="end">
          <NativeSelect
            label="It ended so"
            value={result}
            onChange={({ currentTarget }) => setResult(currentTarget.value)}
            data={[
              { value: "", label: "Choose" },
              ...(isVoice ? callResults : deliveryStates).map((value) => ({ value, label: enumLabel(value, prefix) })),
            ]}
          />
          <Button
            variant="default"
            disabled={result === "" || !mayResolve}
            loading={resolve.isPending}
            onClick={() => resolve.mutate(outcome)}
          >
            Keep this result
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
