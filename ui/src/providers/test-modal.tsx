import { Alert, Badge, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Provider, ProviderTestResult, ProviderTestStep } from "../api/contract.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { RowsTable } from "../components/rows-table.tsx";
import { enumLabel } from "../components/words.ts";
import { tryProvider } from "./queries.ts";

const colours: Readonly<Partial<Record<ProviderTestResult, string>>> = {
  PROVIDER_TEST_RESULT_PASSED: "teal.6",
  PROVIDER_TEST_RESULT_FAILED: "red.6",
};

const columns = [
  { name: "Step", cell: ({ kind }: ProviderTestStep) => enumLabel(kind, "PROVIDER_TEST_KIND_") },
  {
    name: "Result",
    cell: ({ result }: ProviderTestStep) => (
      <Badge variant="dot" color={colours[result] ?? "gray.5"} tt="none" fw={500} miw="max-content">
        {enumLabel(result, "PROVIDER_TEST_RESULT_")}
      </Badge>
    ),
  },
  {
    name: "Found",
    cell: ({ explanation, remedy }: ProviderTestStep) => (
      <>
        <Text size="sm">{explanation}</Text>
        {remedy && (
          <Text size="sm" fw={600}>
            {remedy}
          </Text>
        )}
      </>
    ),
  },
];

/** Tries a provider, and shows each step with what would be right. */
export function TestModal({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const [sender, setSender] = useState("");
  const attempt = useMutation(tryProvider(provider.id));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`Test “${provider.name}”`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Text>Connection, encryption, password and sender are tried. No message is sent.</Text>
        <TextInput
          label="Sender"
          description="Empty means the default sender."
          placeholder={provider.defaultSender}
          maxLength={320}
          value={sender}
          onChange={(event) => setSender(event.currentTarget.value)}
        />
        {attempt.error && <ErrorPanel title="Not tested" error={attempt.error} />}
        {attempt.data && (
          <>
            <Alert color={attempt.data.passed ? "teal" : "red"}>
              {attempt.data.passed ? "It works." : "It does not work yet."}
            </Alert>
            <RowsTable label="Steps" columns={columns} rows={attempt.data.steps} rowKey={({ kind }) => kind} />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button loading={attempt.isPending} onClick={() => attempt.mutate(sender.trim())}>
            Test it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
