import { Stack, Text } from "@mantine/core";
import type { RejectedRow, Record as ContactRecord } from "../api/contract.ts";
import { NoValue } from "../components/instant.tsx";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { counted } from "../components/words.ts";
import { RejectedRowsTable } from "../imports/rejected-rows-table.tsx";
import { recordName } from "./record-name.ts";

interface Props {
  records: readonly ContactRecord[];
  rejectedRows: readonly RejectedRow[];
  /** How many rows of the file the server has read. */
  rowsRead: number;
}

/** The first rows of a file as records, and those that would be rejected. */
export function PreviewRows({ records, rejectedRows, rowsRead }: Props) {
  return (
    <Stack gap="sm">
      <Text fw={600}>The first rows, as they would become records</Text>
      {records.length > 0 ? (
        <PreviewTable records={records} />
      ) : (
        <Text size="sm">None of the first {counted(rowsRead, "row")} would.</Text>
      )}
      {rejectedRows.length > 0 && (
        <>
          <Text fw={600}>Rejected among the first {counted(rowsRead, "row")}</Text>
          <RejectedRowsTable rows={rejectedRows} />
        </>
      )}
    </Stack>
  );
}

const columns: readonly TableColumn<ContactRecord>[] = [
  { name: "Name", cell: recordName },
  { name: "Client id", cell: ({ clientId }) => clientId || <NoValue /> },
  { name: "Phones and emails", cell: ({ devices }) => devices.map(({ contactInfo }) => contactInfo).join(", ") },
  { name: "Time zones they may be in", cell: (record) => zonesOf(record).join(", ") || <NoValue /> },
  {
    name: "Other columns",
    cell: ({ fields }) => (
      <Text size="sm" lineClamp={2}>
        {Object.entries(fields)
          .map(([name, value]) => `${name}: ${value}`)
          .join(" · ")}
      </Text>
    ),
  },
];

function PreviewTable({ records }: { records: readonly ContactRecord[] }) {
  return (
    <RowsTable
      label="Preview of records"
      columns={columns}
      rows={records}
      rowKey={({ sourceLine }) => sourceLine}
      isDense
    />
  );
}

const zonesOf = (record: ContactRecord): string[] => [...new Set(record.devices.flatMap((device) => device.zones))];
