import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import type { Import } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { columnsFor } from "../components/data-table.tsx";
import { UploadIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { figure } from "../components/words.ts";
import { importsPages } from "./queries.ts";

const columns = columnsFor<Import>()((column) => [
  column.display({
    id: "file",
    header: "File",
    cell: ({ row: { original } }) => (
      <Anchor component={Link} to={`/lists/${original.contactListId}/imports/${original.id}`} fw={550}>
        {original.fileName || "Unnamed file"}
      </Anchor>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <StateBadge value={row.original.state} prefix="IMPORT_STATE_" />,
  }),
  column.display({ id: "rows", header: "Rows", cell: ({ row }) => figure(row.original.rowCount) }),
  column.display({ id: "accepted", header: "Accepted", cell: ({ row }) => figure(row.original.acceptedCount) }),
  column.display({ id: "rejected", header: "Rejected", cell: ({ row }) => figure(row.original.rejectedCount) }),
  column.display({ id: "began", header: "Began", cell: ({ row }) => <Instant at={row.original.createTime} /> }),
]);

/** The imports of a list, newest first. */
export function ImportsTable({ contactListId }: { contactListId: string }) {
  const pages = usePages(importsPages(contactListId));
  return (
    <PagedTable
      label="Imports"
      columns={columns}
      pages={pages}
      rowKey={(one) => one.id}
      empty={
        <EmptyList icon={UploadIcon} title="Nothing was imported yet">
          Each file that is read into this list is kept here with its counts and its rejected rows.
        </EmptyList>
      }
    />
  );
}
