import { Stack, Table, Text } from "@mantine/core";
import type { RejectedRow, Record as ContactRecord } from "../api/contract.ts";
import { recordName } from "./record-name.ts";
import { RejectedRowsTable } from "./rejected-rows-table.tsx";

interface Props {
  records: readonly ContactRecord[];
  rejectedRows: readonly RejectedRow[];
}

/** The first rows of a file as they would become records, and those that would not. */
export function PreviewRows({ records, rejectedRows }: Props) {
  return (
    <Stack gap="sm">
      <Text fw={600}>The first rows, as they would become records</Text>
      {records.length > 0 ? <PreviewTable records={records} /> : <Text size="sm">None of them would.</Text>}
      {rejectedRows.length > 0 && (
        <>
          <Text fw={600}>Rejected among the first rows</Text>
          <RejectedRowsTable rows={rejectedRows} />
        </>
      )}
    </Stack>
  );
}

function PreviewTable({ records }: { records: readonly ContactRecord[] }) {
  return (
    <Table.ScrollContainer minWidth={600} type="native">
      <Table aria-label="Preview of records" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {["Name", "Client id", "Devices", "Candidate zones", "Other columns"].map((header) => (
              <Table.Th key={header} scope="col">
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <Table.Tr key={record.sourceLine}>
              <Table.Td>{recordName(record)}</Table.Td>
              <Table.Td>{record.clientId}</Table.Td>
              <Table.Td>{record.devices.map((device) => device.contactInfo).join(", ")}</Table.Td>
              <Table.Td>{zonesOf(record).join(", ")}</Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {Object.entries(record.fields)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join(" · ")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const zonesOf = (record: ContactRecord): string[] => [...new Set(record.devices.flatMap((device) => device.zones))];
