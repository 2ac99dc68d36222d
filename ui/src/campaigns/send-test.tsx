import { Alert, Anchor, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { CampaignGroup, MessageContent, TestMessage } from "../api/contract.ts";
import { asFailure } from "../api/failure.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { SendIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { recordName } from "../lists/record-name.ts";
import { useMay, useSession } from "../session/use-session.ts";
import { sendTest } from "./queries.ts";
import { useSampleRecords } from "./use-sample-records.ts";

interface Props {
  campaign: CampaignGroup;
  /** Content that is not saved yet, if the test is to use it. */
  content?: Partial<MessageContent>;
}

/** A button that opens a dialog in which the campaign's message can be sent to oneself. Nothing for calls. */
export function SendTestButton(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const mayStart = useMay("campaigns.start");
  const mayWrite = useMay("campaigns.write");
  const maySend = mayStart && (mayWrite || props.content === undefined);
  if (props.campaign.channel === "CHANNEL_VOICE") return null;
  return (
    <>
      <Button variant="default" leftSection={<SendIcon />} disabled={!maySend} onClick={() => setOpen(true)}>
        Send a test to me
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={`A test of “${props.campaign.name}”`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <SendTest {...props} />
      </Modal>
    </>
  );
}

/** Sends one message of the campaign to a number or address, and shows what happened to it. */
function SendTest({ campaign, content }: Props) {
  const session = useSession();
  const isEmail = campaign.channel === "CHANNEL_EMAIL";
  const [device, setDevice] = useState(isEmail && session.status === "signed-in" ? session.email : "");
  const [listId] = campaign.contactListIds;
  const records = useSampleRecords(useMay("lists.read") ? listId : undefined);
  const [chosen, setChosen] = useState<string>();
  const recordId = chosen ?? records[0]?.id ?? "";
  const test = useMutation(sendTest(campaign.id));
  const send = () =>
    test.mutate({
      contactInfo: device,
      requestId: crypto.randomUUID(),
      ...(recordId !== "" && listId !== undefined && { recordId, contactListId: listId }),
      ...(content && { content }),
    });
  const fault = asFailure(test.error).fields.find(({ field }) => field === "contact_info");
  return (
    // The dialog may be inside another form, which must not be submitted with this one.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        send();
      }}
    >
      <Stack>
        <TextInput
          label={isEmail ? "Email address" : "Phone number"}
          type={isEmail ? "email" : "tel"}
          required
          data-autofocus
          value={device}
          onChange={(event) => setDevice(event.currentTarget.value)}
          error={fault?.description}
        />
        <NativeSelect
          label="Filled with the values of"
          value={recordId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            ...records.map((record) => ({ value: record.id, label: recordName(record) })),
            { value: "", label: "An example" },
          ]}
        />
        <Text size="sm" c="dimmed">
          It looks as recipients will see theirs, and counts nowhere. Who is suppressed gets no test, and the hours of a
          number hold for it.
        </Text>
        {test.error && !fault && <ErrorPanel title="No test is sent" error={test.error} />}
        {test.data && <TestResult test={test.data} />}
        <Group justify="flex-end">
          <Button type="submit" loading={test.isPending} leftSection={<SendIcon />}>
            Send the test
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const results: Readonly<Record<TestMessage["state"], { title: string; color: string }>> = {
  TEST_MESSAGE_STATE_UNSPECIFIED: { title: "Unknown", color: "orange" },
  TEST_MESSAGE_STATE_ACCEPTED: { title: "Accepted by the provider", color: "teal" },
  TEST_MESSAGE_STATE_REFUSED: { title: "Refused", color: "orange" },
  TEST_MESSAGE_STATE_FAILED: { title: "Not sent", color: "red" },
  TEST_MESSAGE_STATE_UNKNOWN: { title: "Nobody knows yet", color: "orange" },
};

function TestResult({ test }: { test: TestMessage }) {
  const { title, color } = results[test.state];
  return (
    <Alert color={color} title={`${title}: ${test.contactInfo}`}>
      <Text size="sm">{test.explanation}</Text>
      {test.earliestTime && (
        <Text size="sm">
          It may be sent there from <Instant at={test.earliestTime} />.
        </Text>
      )}
      {test.attemptId && (
        <Anchor component={Link} to={`/attempts/${test.attemptId}`} size="sm">
          See the attempt
        </Anchor>
      )}
    </Alert>
  );
}
