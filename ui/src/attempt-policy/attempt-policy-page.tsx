import { Button, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AttemptPolicy } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { formField, showFaults } from "../components/form-rules.ts";
import { Instant } from "../components/instant.tsx";
import { notifyDone } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { QueryView } from "../components/query-view.tsx";
import { useMay } from "../session/use-session.ts";
import { attemptPolicyQuery, type PolicyValues, updateAttemptPolicy } from "./queries.ts";

/** How attempts to the same person keep out of each other's way. */
export function AttemptPolicyPage() {
  // The form keeps the values from when it was opened, so that newer data does not overwrite what somebody types.
  const query = useQuery({ ...attemptPolicyQuery, refetchOnWindowFocus: false });
  return (
    <QueryView what="The attempt policy" query={query}>
      {(policy) => (
        <Page
          title="Attempt policy"
          about="Nobody is called or written to by two campaigns at the same moment. A change holds for the next attempt."
        >
          <PolicyForm key={policy.etag} policy={policy} />
        </Page>
      )}
    </QueryView>
  );
}

function PolicyForm({ policy }: { policy: AttemptPolicy }) {
  const mayWrite = useMay("rules.write");
  const { callsExclusive, callHoldSeconds, messagesExclusive, messageHoldSeconds } = policy;
  const form = useForm<PolicyValues>({
    initialValues: { callsExclusive, callHoldSeconds, messagesExclusive, messageHoldSeconds },
  });
  const update = useMutation({
    ...updateAttemptPolicy(useQueryClient(), policy),
    onError: (error) => showFaults(form, error),
  });
  const save = (values: PolicyValues) =>
    update.mutate(values, { onSuccess: () => notifyDone("The attempt policy is changed.") });
  return (
    <Card title="One attempt at a time">
      <form onSubmit={form.onSubmit(save)} noValidate>
        <Stack maw={520}>
          {update.error && (
            <ErrorPanel
              title="Not saved"
              error={update.error}
              isShownElsewhere={(field) => Object.keys(form.values).includes(formField(field))}
            />
          )}
          <Switch
            label="Other attempts wait while somebody is called"
            description="Calls and messages to the same number or client, from all campaigns and on all channels."
            disabled={!mayWrite}
            {...form.getInputProps("callsExclusive", { type: "checkbox" })}
          />
          <NumberInput
            label="A call whose end is not known keeps others off for (seconds)"
            min={60}
            max={86_400}
            clampBehavior="none"
            allowDecimal={false}
            disabled={!mayWrite || !form.values.callsExclusive}
            {...form.getInputProps("callHoldSeconds")}
          />
          <Switch
            label="Other attempts wait after a message"
            disabled={!mayWrite}
            {...form.getInputProps("messagesExclusive", { type: "checkbox" })}
          />
          <NumberInput
            label="They wait for (seconds)"
            min={1}
            max={3_600}
            clampBehavior="none"
            allowDecimal={false}
            disabled={!mayWrite || !form.values.messagesExclusive}
            {...form.getInputProps("messageHoldSeconds")}
          />
          <Group justify="space-between">
            <Text size="sm">
              Changed: <Instant at={policy.updateTime} />
            </Text>
            <Button type="submit" loading={update.isPending} disabled={!mayWrite || !form.isDirty()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
