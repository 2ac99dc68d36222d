import { Table } from "@mantine/core";
import type { RejectedRow } from "../api/contract.ts";
import { figure } from "../components/words.ts";
import { reasonLabel } from "./import-fields.ts";

/** Rows of a file that did not become records, each with its reason. */
export function RejectedRowsTable({ rows }: { rows: readonly RejectedRow[] }) {
  return (
    <Table.ScrollContainer minWidth={560} maxHeight={480} type="native">
      <Table aria-label="Rejected rows" verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Line</Table.Th>
            <Table.Th scope="col">Why</Table.Th>
            <Table.Th scope="col">Column</Table.Th>
            <Table.Th scope="col">What is wrong, and what would be right</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.line} ${row.column}`}>
              <Table.Td>{figure(row.line)}</Table.Td>
              <Table.Td>{reasonLabel(row.reason)}</Table.Td>
              <Table.Td>{row.column}</Table.Td>
              <Table.Td>{row.detail}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
