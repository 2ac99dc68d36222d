import { Button, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Sender } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { useConfirm } from "../components/confirm.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { PlusIcon, SendIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { enumLabel } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { ClaimSenderModal } from "./claim-sender-modal.tsx";
import { releaseSender, sendersPages } from "./queries.ts";

/** The tenant's senders: the numbers, names and domains from which its messages and calls come. */
export function SendersPage() {
  const pages = usePages(sendersPages);
  const [isClaiming, claiming] = useDisclosure();
  const mayWrite = useMay("campaigns.write");
  const release = useRelease();
  const columns = useMemo(() => senderColumns(mayWrite ? release : undefined), [mayWrite, release]);
  return (
    <Page
      title="Senders"
      about="Numbers, names and domains that your messages and calls come from. The first campaign that starts with one claims it; nobody else can use it then."
      actions={
        <Button leftSection={<PlusIcon />} onClick={claiming.open} disabled={!mayWrite}>
          Claim a sender
        </Button>
      }
    >
      <Card padding={0}>
        <PagedTable
          label="Senders"
          columns={columns}
          pages={pages}
          rowKey={(sender) => `${sender.kind} ${sender.address}`}
          empty={
            <EmptyList icon={SendIcon} title="No senders yet">
              Claim one, or start a campaign that names a sender.
            </EmptyList>
          }
        />
      </Card>
      {isClaiming && <ClaimSenderModal onClose={claiming.close} />}
    </Page>
  );
}

/** The sender in the form that claiming and releasing need. */
const nameOf = ({ kind, address }: Sender): string => (kind === "SENDER_KIND_EMAIL_DOMAIN" ? `@${address}` : address);

const stateOf = ({ claimTime, releaseTime }: Sender): string =>
  claimTime ? "Yours" : releaseTime ? "Released" : "Shared by the platform";

const senderColumns = (release: ((sender: Sender) => void) | undefined) =>
  columnsFor<Sender>()((column) => [
    column.display({ id: "address", header: "Sender", cell: ({ row }) => nameOf(row.original) }),
    column.display({ id: "kind", header: "Kind", cell: ({ row }) => enumLabel(row.original.kind, "SENDER_KIND_") }),
    column.display({ id: "state", header: "State", cell: ({ row }) => stateOf(row.original) }),
    column.display({ id: "used", header: "First used", cell: ({ row }) => <Instant at={row.original.firstUseTime} /> }),
    column.display({ id: "claimed", header: "Claimed", cell: ({ row }) => <Instant at={row.original.claimTime} /> }),
    column.display({
      id: "release",
      header: () => <VisuallyHidden>Release</VisuallyHidden>,
      cell: ({ row: { original: sender } }) =>
        release &&
        sender.claimTime && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => release(sender)}
            aria-label={`Release ${sender.address}`}
          >
            Release
          </Button>
        ),
    }),
  ]);

function useRelease(): (sender: Sender) => void {
  const confirm = useConfirm();
  const { mutate } = useMutation({
    ...releaseSender(useQueryClient()),
    onError: notifyFailure("The sender could not be released"),
  });
  return useMemo(
    () => (sender: Sender) =>
      void confirm({
        title: `Release ${sender.address}?`,
        body: "Another tenant may claim it from then on, and your campaigns stop that use it then. Opt-outs to it go on holding for you.",
        confirmLabel: "Release it",
        isDangerous: true,
      }).then((isSure) => {
        if (isSure) mutate(nameOf(sender), { onSuccess: () => notifyDone(`${sender.address} is released.`) });
      }),
    [confirm, mutate],
  );
}
