import { Anchor, Drawer, Stack, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { Device, Record as ContactRecord } from "../api/contract.ts";
import { Facts } from "../components/facts.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { enumLabel, figure } from "../components/words.ts";

/** What people call a record. */
export const recordName = (record: ContactRecord): string =>
  [record.firstName, record.lastName].filter(Boolean).join(" ") || record.company || record.clientId || "No name";

interface Props {
  /** Undefined shows nothing. */
  record: ContactRecord | undefined;
  onClose: () => void;
}

/** All of one record, beside the table it was opened from. */
export function RecordDrawer({ record, onClose }: Props) {
  return (
    <Drawer
      opened={record !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={record && recordName(record)}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {record && (
        <Stack>
          <RecordFacts record={record} />
          <Title order={3} size="h5">
            Devices
          </Title>
          <Devices devices={record.devices} />
          <OwnFields fields={record.fields} />
          <Anchor component={Link} to={`/attempts?recordId=${record.id}`}>
            Attempts on this record
          </Anchor>
        </Stack>
      )}
    </Drawer>
  );
}

function RecordFacts({ record }: { record: ContactRecord }) {
  return (
    <Facts
      facts={[
        ["Client id", record.clientId || <NoValue />],
        ["Company", record.company || <NoValue />],
        ["Place", [record.postalCode, record.state, record.country].filter(Boolean).join(", ") || <NoValue />],
        ["Zone from the file", record.zone || <NoValue label="none; found out from numbers and address" />],
        ["Line of the file", record.sourceLine === "0" ? <NoValue /> : figure(record.sourceLine)],
        ["Imported", <Instant key="imported" at={record.createTime} />],
      ]}
    />
  );
}

function Devices({ devices }: { devices: readonly Device[] }) {
  return (
    <Table aria-label="Devices">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Device</Table.Th>
          <Table.Th scope="col">Kind</Table.Th>
          <Table.Th scope="col">Candidate zones</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {devices.map((device) => (
          <Table.Tr key={device.index}>
            <Table.Td>
              {device.contactInfo}
              <Text size="xs" c="dimmed">
                {[device.areaCode, device.state, device.country].filter(Boolean).join(", ")}
              </Text>
            </Table.Td>
            <Table.Td>{enumLabel(device.type, "CONTACT_INFO_TYPE_")}</Table.Td>
            <Table.Td>{device.zones.map((zone) => zone.replaceAll("_", " ")).join(", ")}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OwnFields({ fields }: { fields: ContactRecord["fields"] }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  return (
    <>
      <Title order={3} size="h5">
        Own fields
      </Title>
      <Facts facts={entries} />
    </>
  );
}
