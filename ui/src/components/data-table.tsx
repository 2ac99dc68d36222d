import { Skeleton, Table } from "@mantine/core";
import {
  type ColumnDef,
  type ColumnHelper,
  createColumnHelper,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";

// Sorting and filtering are the server's, which sees all rows; the table's own part is columns and cells.
const features = tableFeatures({});

export type Columns<Row extends RowData> = readonly ColumnDef<typeof features, Row>[];

/** Columns of a table, typed by its rows: `columnsFor<Job>()((column) => [column.display({ id, header, cell })])`. */
export const columnsFor =
  <Row extends RowData>() =>
  (define: (column: ColumnHelper<typeof features, Row>) => Columns<Row>): Columns<Row> =>
    define(createColumnHelper<typeof features, Row>());

interface Props<Row extends RowData> {
  /** What the table holds, for those who hear it. */
  label: string;
  columns: Columns<Row>;
  /** Undefined while the first rows are awaited. */
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
}

const noRows: never[] = [];
const awaitedRows = 6;

/** A table of rows of the contract. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowKey }: Props<Row>) {
  const table = useTable({ features, columns, data: rows ?? (noRows as Row[]), getRowId: rowKey });
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={label} aria-busy={!rows}>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <Table.Th key={header.id} scope="col">
                  <table.FlexRender header={header} />
                </Table.Th>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {rows ? (
            table.getRowModel().rows.map((row) => (
              <Table.Tr key={row.id}>
                {row.getAllCells().map((cell) => (
                  <Table.Td key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))
          ) : (
            <AwaitedRows columns={columns.length} />
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function AwaitedRows({ columns }: { columns: number }) {
  return Array.from({ length: awaitedRows }, (_, row) => (
    <Table.Tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        <Table.Td key={column}>
          <Skeleton height={14} width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
