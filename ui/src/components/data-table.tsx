import { Skeleton } from "@mantine/core";
import {
  type ColumnDef,
  type ColumnHelper,
  createColumnHelper,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import { RowsTable } from "./rows-table.tsx";

// The server sorts and filters, since it has all rows; the table only lays out columns and cells.
const features = tableFeatures({});

export type Columns<Row extends RowData> = readonly ColumnDef<typeof features, Row>[];

/** Columns of a table, typed by its rows: `columnsFor<Job>()((column) => [column.display({ id, header, cell })])`. */
export const columnsFor =
  <Row extends RowData>() =>
  (define: (column: ColumnHelper<typeof features, Row>) => Columns<Row>): Columns<Row> =>
    define(createColumnHelper<typeof features, Row>());

interface Props<Row extends RowData> {
  /** What the table shows, for screen readers. */
  label: string;
  columns: Columns<Row>;
  /** Undefined until the first rows are loaded. */
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
}

const noRows: never[] = [];
const awaitedRows = 6;

/** A table of objects of the contract. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowKey }: Props<Row>) {
  const table = useTable({ features, columns, data: rows ?? (noRows as Row[]), getRowId: rowKey });
  const shown = table.getHeaderGroups().flatMap(({ headers }) =>
    headers.map((header, place) => ({
      name: typeof header.column.columnDef.header === "string" ? header.column.columnDef.header : "",
      head: <table.FlexRender header={header} />,
      cell: ({ cells }: Line) => cells[place],
    })),
  );
  const lines = table.getRowModel().rows.map((row) => ({
    id: row.id,
    cells: row.getAllCells().map((cell) => <table.FlexRender key={cell.id} cell={cell} />),
  }));
  return (
    <RowsTable
      label={label}
      columns={shown}
      rows={rows ? lines : awaitedLines(columns.length)}
      rowKey={({ id }) => id}
      isBusy={!rows}
    />
  );
}

interface Line {
  id: string;
  cells: readonly ReactNode[];
}

const awaitedLines = (columns: number): Line[] =>
  Array.from({ length: awaitedRows }, (_, row) => ({
    id: String(row),
    cells: Array.from({ length: columns }, (_, column) => (
      <Skeleton key={column} height={14} width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
    )),
  }));
