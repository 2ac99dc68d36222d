import { Stack } from "@mantine/core";
import type { LeftOut } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { resultLabel } from "../attempts/outcome.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { ChoiceField, useFilters } from "../components/filters.tsx";
import { NoValue } from "../components/instant.tsx";
import { ClockIcon } from "../components/icons.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { leftOutPages } from "./queries.ts";

const reasons = [
  "duplicate_device",
  "location_forbidden",
  "no_device_for_channel",
  "outside_window",
  "suppressed_client",
  "suppressed_device",
];

const columns = columnsFor<LeftOut>()((column) => [
  column.display({
    id: "person",
    header: "Person",
    cell: ({ row: { original: one } }) => one.contactName || one.clientId || one.recordId.slice(-8),
  }),
  column.display({ id: "client", header: "Client id", cell: ({ row }) => row.original.clientId || <NoValue /> }),
  column.display({
    id: "devices",
    header: "Phones and emails",
    cell: ({ row }) => row.original.contactInfos.join(", ") || <NoValue />,
  }),
  column.display({ id: "reason", header: "Because", cell: ({ row }) => resultLabel(row.original.reason) }),
]);

/** Records of the lists that the campaign does not contact, and why. */
export function LeftOutTable({ campaignGroupId }: { campaignGroupId: string }) {
  const [{ reason }, setFilters] = useFilters({ reason: "" });
  const pages = usePages(leftOutPages(campaignGroupId, reason));
  return (
    <Stack>
      <ChoiceField
        label="Because"
        values={reasons}
        prefix=""
        value={reason}
        onChange={(value) => setFilters({ reason: value })}
      />
      <Card padding={0}>
        <PagedTable
          label="Left out"
          columns={columns}
          pages={pages}
          rowKey={(one) => one.recordId}
          empty={
            <EmptyList icon={ClockIcon} title="Nobody is left out">
              {reason
                ? "Nobody for this reason."
                : "Everybody in the lists has a place in the queue, or nothing is loaded yet."}
            </EmptyList>
          }
        />
      </Card>
    </Stack>
  );
}
