import type { OptOutCorrection } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { ShieldIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { correctionsPages } from "./queries.ts";

const columns = columnsFor<OptOutCorrection>()((column) => [
  column.display({ id: "value", header: "Number or address", cell: ({ row }) => row.original.value }),
  column.display({ id: "reason", header: "Why it was taken back", cell: ({ row }) => row.original.reason }),
  column.display({ id: "by", header: "By", cell: ({ row }) => row.original.correctedBy.replace("_", " ") }),
  column.display({ id: "when", header: "When", cell: ({ row }) => <Instant at={row.original.correctTime} /> }),
]);

/** Opt-outs that were taken back, and by whom. */
export function CorrectionsTable({ suppressionListId }: { suppressionListId: string }) {
  const pages = usePages(correctionsPages(suppressionListId));
  return (
    <Card padding={0}>
      <PagedTable
        label="Corrections"
        columns={columns}
        pages={pages}
        rowKey={(correction) => correction.id}
        empty={
          <EmptyList icon={ShieldIcon} title="No opt-out was taken back">
            An entry that is taken back shows here, with the reason and who gave it.
          </EmptyList>
        }
      />
    </Card>
  );
}
