import type { RejectedRow } from "../api/contract.ts";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { figure } from "../components/words.ts";
import { reasonLabel } from "./reasons.ts";

const columns: readonly TableColumn<RejectedRow>[] = [
  { name: "Line", cell: ({ line }) => figure(line) },
  { name: "Why", cell: ({ reason }) => reasonLabel(reason) },
  { name: "Column", cell: ({ column }) => column },
  { name: "What is wrong, and what would be right", cell: ({ detail }) => detail },
];

/** Rows of a file that were not imported, or not completely, each with the reason. */
export function RejectedRowsTable({ rows }: { rows: readonly RejectedRow[] }) {
  return (
    <RowsTable
      label="Rejected rows"
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.line} ${row.column}`}
      maxHeight={480}
      isDense
    />
  );
}
