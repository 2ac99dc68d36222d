import { Anchor, Group, Stack } from "@mantine/core";
import { Link } from "react-router";
import type { Chain } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { outcomeLabel, resultLabel } from "../attempts/outcome.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { ChoiceField, useFilters } from "../components/filters.tsx";
import { ClockIcon } from "../components/icons.tsx";
import { LocalInstant, NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { queuePages } from "./queries.ts";

const statuses = ["READY", "RETRIEVED", "UPDATED", "STALE", "CANCELLED", "CHAIN_UPDATED", "CHAIN_READY"].map(
  (status) => `RECORD_STATUS_${status}`,
);

const columns = columnsFor<Chain>()((column) => [
  column.display({
    id: "record",
    header: "Person",
    cell: ({ row: { original: chain } }) => (
      <Anchor component={Link} to={`/attempts?recordId=${chain.recordId}`} fw={550}>
        {chain.contactName || chain.clientId || chain.contactInfo || chain.recordId.slice(-8)}
      </Anchor>
    ),
  }),
  column.display({
    id: "status",
    header: "Status",
    cell: ({ row }) => <StateBadge value={row.original.recordStatus} prefix="RECORD_STATUS_" />,
  }),
  column.display({ id: "attempts", header: "Attempts", cell: ({ row }) => row.original.attempts }),
  column.display({
    id: "last",
    header: "Last",
    cell: ({ row: { original: chain } }) =>
      outcomeLabel(chain.lastOutcome) || resultLabel(chain.refusalReason) || <NoValue label="not tried yet" />,
  }),
  column.display({ id: "client", header: "Client id", cell: ({ row }) => row.original.clientId || <NoValue /> }),
  column.display({
    id: "device",
    header: "Phone or email",
    cell: ({ row: { original: chain } }) => chain.contactInfo || chain.nextDeviceIndex || <NoValue />,
  }),
  column.display({
    id: "next",
    header: "Not before",
    cell: ({ row: { original: chain } }) => <LocalInstant at={chain.nextTime} zones={chain.zones} />,
  }),
]);

/** The queue of a campaign: who is contacted next, who is done, and who waits until when. */
export function QueueTable({ campaignGroupId }: { campaignGroupId: string }) {
  const [{ status }, setFilters] = useFilters({ status: "" });
  const pages = usePages(queuePages(campaignGroupId, status));
  return (
    <Stack>
      <Group>
        <ChoiceField
          label="Status"
          values={statuses}
          prefix="RECORD_STATUS_"
          value={status}
          onChange={(value) => setFilters({ status: value })}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Queue"
          columns={columns}
          pages={pages}
          rowKey={(chain) => chain.recordId}
          empty={
            <EmptyList icon={ClockIcon} title="Nobody in the queue">
              {status ? "Nobody has this status." : "Loading or starting the campaign puts its lists in here."}
            </EmptyList>
          }
        />
      </Card>
    </Stack>
  );
}
