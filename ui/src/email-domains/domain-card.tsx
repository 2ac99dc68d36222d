import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DkimKey, EmailDomain } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { useConfirm } from "../components/confirm.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { Instant } from "../components/instant.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { StateBadge } from "../components/state-badge.tsx";
import { checkEmailDomain, deleteEmailDomain, rotateDkimKeys } from "./queries.ts";

/** One domain: its keys, the records to publish, and what can be done with it. */
export function DomainCard({ domain: { domain, dkimKeys }, mayWrite }: { domain: EmailDomain; mayWrite: boolean }) {
  return (
    <Card title={domain}>
      <Stack>
        {dkimKeys.map((key) => (
          <KeyFacts key={key.selector} dkimKey={key} />
        ))}
        {mayWrite && <DomainActions domain={domain} />}
      </Stack>
    </Card>
  );
}

function KeyFacts({ dkimKey }: { dkimKey: DkimKey }) {
  const { algorithm, state, recordName, recordValue, recordProblem, checkTime } = dkimKey;
  return (
    <Stack gap="xs" component="section" aria-label={recordName}>
      <Group gap="sm">
        <Text fw={600} size="sm">
          {algorithm === "DKIM_ALGORITHM_RSA" ? "RSA" : "Ed25519"}
        </Text>
        <StateBadge value={state} prefix="DKIM_KEY_STATE_" />
      </Group>
      <Facts>
        <Fact name="TXT record">
          <Copied text={recordName} what="name" />
        </Fact>
        <Fact name="Value">
          <Copied text={recordValue} what="value" />
        </Fact>
        {checkTime && (
          <Fact name="Checked">
            <Instant at={checkTime} /> {recordProblem === "" ? "The record is right." : recordProblem}
          </Fact>
        )}
      </Facts>
    </Stack>
  );
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <Stack gap={4} align="flex-start">
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? "Copied" : `Copy the ${what}`}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}

function DomainActions({ domain }: { domain: string }) {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const check = useMutation({
    ...checkEmailDomain(queries),
    onError: notifyFailure("The records could not be checked"),
  });
  const rotate = useMutation({ ...rotateDkimKeys(queries), onError: notifyFailure("No new keys could be made") });
  const remove = useMutation({
    ...deleteEmailDomain(queries),
    onError: notifyFailure("The domain could not be removed"),
  });
  const askToRemove = async () => {
    const isSure = await confirm({
      title: `Remove ${domain}?`,
      body: "Its keys are deleted, and emails from it are not signed any more.",
      confirmLabel: "Remove it",
      isDangerous: true,
    });
    if (isSure) remove.mutate(domain, { onSuccess: () => notifyDone(`${domain} is removed.`) });
  };
  return (
    <Group>
      <Button
        loading={check.isPending}
        onClick={() => check.mutate(domain, { onSuccess: () => notifyDone("The records were checked.") })}
        aria-label={`Check the records of ${domain}`}
      >
        Check the records
      </Button>
      <Button
        variant="default"
        loading={rotate.isPending}
        onClick={() =>
          rotate.mutate(domain, { onSuccess: () => notifyDone("There are new keys. Publish their records.") })
        }
        aria-label={`Make new keys for ${domain}`}
      >
        New keys
      </Button>
      <Button variant="default" onClick={() => void askToRemove()} aria-label={`Remove ${domain}`}>
        Remove
      </Button>
    </Group>
  );
}
