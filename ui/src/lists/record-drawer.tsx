import { Anchor, Drawer, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { Device, Record as ContactRecord } from "../api/contract.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { enumLabel, figure } from "../components/words.ts";
import { WithZoneName } from "../components/zone-name.tsx";
import { recordName } from "./record-name.ts";

interface Props {
  /** The record; if undefined, nothing is shown. */
  record: ContactRecord | undefined;
  onClose: () => void;
}

/** Shows all values of one record, next to the table. */
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
          <WithZoneName>
            <RecordFacts record={record} />
          </WithZoneName>
          <Title order={3} size="h5">
            Phones and emails
          </Title>
          <Devices devices={record.devices} />
          <OtherColumns fields={record.fields} />
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
    <Facts>
      <Fact name="Client id">{record.clientId || <NoValue />}</Fact>
      <Fact name="Company">{record.company || <NoValue />}</Fact>
      <Fact name="Place">
        {[record.postalCode, record.state, record.country].filter(Boolean).join(", ") || <NoValue />}
      </Fact>
      <Fact name="Time zone from the file">
        {record.zone || <NoValue label="none; found out from numbers and address" />}
      </Fact>
      <Fact name="Line of the file">{record.sourceLine === "0" ? <NoValue /> : figure(record.sourceLine)}</Fact>
      <Fact name="Imported">
        <Instant at={record.createTime} />
      </Fact>
    </Facts>
  );
}

const columns: readonly TableColumn<Device>[] = [
  {
    name: "Phone or email",
    cell: (device) => (
      <>
        {device.contactInfo}
        <Text size="xs" c="dimmed">
          {[device.areaCode, device.state, device.country].filter(Boolean).join(", ")}
        </Text>
      </>
    ),
  },
  { name: "Kind", cell: ({ type }) => enumLabel(type, "CONTACT_INFO_TYPE_") },
  {
    name: "Time zones they may be in",
    cell: ({ zones }) => zones.map((zone) => zone.replaceAll("_", " ")).join(", ") || <NoValue />,
  },
];

function Devices({ devices }: { devices: readonly Device[] }) {
  return (
    <RowsTable
      label="Phones and emails"
      columns={columns}
      rows={devices}
      rowKey={({ index }) => String(index)}
      isDense
    />
  );
}

function OtherColumns({ fields }: { fields: ContactRecord["fields"] }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  return (
    <>
      <Title order={3} size="h5">
        Other columns
      </Title>
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
    </>
  );
}
