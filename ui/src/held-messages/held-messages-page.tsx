import { Button, Text, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { HeldMessage } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { useConfirm } from "../components/confirm.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { InboxIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { deleteHeldMessage, heldMessagesPages } from "./queries.ts";

const reasons: Readonly<Record<HeldMessage["reason"], string>> = {
  HELD_REASON_UNSPECIFIED: "",
  HELD_REASON_STRANGER: "Nobody is known to have written to this sender",
  HELD_REASON_OPT_OUT: "Refuses more messages; whose is not known",
  HELD_REASON_RECEIPT_UNREADABLE: "A receipt that cannot be read",
};

/** Messages from message centres for which no tenant could be found. */
export function HeldMessagesPage() {
  const maySee = useMay("platform.read");
  return (
    <Page
      title="Held messages"
      about="Messages and receipts that no tenant could be found for. They wait here until somebody has looked at them."
    >
      <Card padding={0}>
        {maySee ? (
          <HeldMessages />
        ) : (
          <EmptyList icon={InboxIcon} title="Not for your account">
            Whose they are is not known, so only the platform’s administrators see them.
          </EmptyList>
        )}
      </Card>
    </Page>
  );
}

function HeldMessages() {
  const pages = usePages(heldMessagesPages);
  const remove = useRemove();
  const mayWrite = useMay("platform.write");
  const columns = useMemo(() => heldColumns(mayWrite ? remove : undefined), [mayWrite, remove]);
  return (
    <PagedTable
      label="Held messages"
      columns={columns}
      pages={pages}
      rowKey={(message) => message.id}
      empty={
        <EmptyList icon={InboxIcon} title="Nothing is held">
          Messages of strangers and receipts that cannot be read would show here.
        </EmptyList>
      }
    />
  );
}

const heldColumns = (remove: ((message: HeldMessage) => void) | undefined) =>
  columnsFor<HeldMessage>()((column) => [
    column.display({ id: "came", header: "Came", cell: ({ row }) => <Instant at={row.original.receiveTime} /> }),
    column.display({ id: "from", header: "From", cell: ({ row }) => row.original.fromAddress || <NoValue /> }),
    column.display({ id: "to", header: "To", cell: ({ row }) => row.original.toAddress || <NoValue /> }),
    column.display({ id: "text", header: "Text", cell: ({ row }) => row.original.text || <NoValue /> }),
    column.display({ id: "why", header: "Why", cell: ({ row }) => <Why of={row.original} /> }),
    column.display({
      id: "remove",
      header: () => <VisuallyHidden>Remove</VisuallyHidden>,
      cell: ({ row: { original: message } }) =>
        remove && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => remove(message)}
            aria-label={`Remove the message from ${message.fromAddress}`}
          >
            Remove
          </Button>
        ),
    }),
  ]);

function Why({ of: message }: { of: HeldMessage }) {
  return (
    <>
      {reasons[message.reason]}
      {message.optedOutTenants > 0 && (
        <Text size="xs" c="dimmed">
          It holds for {counted(message.optedOutTenants, "tenant")} all the same.
        </Text>
      )}
    </>
  );
}

function useRemove(): (message: HeldMessage) => void {
  const confirm = useConfirm();
  const { mutate } = useMutation({
    ...deleteHeldMessage(useQueryClient()),
    onError: notifyFailure("The message could not be removed"),
  });
  return useMemo(
    () => (message: HeldMessage) =>
      void confirm({
        title: "Remove the message?",
        body: "It is gone for good: do so once it was dealt with.",
        confirmLabel: "Remove it",
        isDangerous: true,
      }).then((isSure) => {
        if (isSure) mutate(message.id, { onSuccess: () => notifyDone("The message is removed.") });
      }),
    [confirm, mutate],
  );
}
