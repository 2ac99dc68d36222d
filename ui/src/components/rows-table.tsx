import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/** A column of a table. */
export interface TableColumn<Row> {
  /** Name of the column. If a row is shown as a card, it is next to the value. Empty if the value needs no name. */
  name: string;
  /** What the head shows, if it is not the name. */
  head?: ReactNode;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table shows, for screen readers. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, place: number) => string;
  /** Height in pixels from which on the table scrolls. */
  maxHeight?: number;
  isDense?: boolean;
  isBusy?: boolean;
}

/** A table with a head for each column. In a narrow window, each row is a card of names and values. */
export function RowsTable<Row>({ label, columns, rows, rowKey, maxHeight, isDense = false, isBusy }: Props<Row>) {
  return (
    <div className="rows-table" style={{ maxHeight }}>
      <Table
        verticalSpacing={isDense ? 6 : "sm"}
        horizontalSpacing="md"
        highlightOnHover={!isDense}
        stickyHeader={maxHeight !== undefined}
        aria-label={label}
        aria-busy={isBusy}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name, head }, place) => (
              <Table.Th key={`${place} ${name}`} scope="col">
                {head ?? name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, line) => (
            <Table.Tr key={rowKey(row, line)}>
              {columns.map(({ name, cell }, place) => (
                <Table.Td key={`${place} ${name}`} data-label={name}>
                  <div>{cell(row)}</div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
