import { Anchor, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Record as ContactRecord } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { SearchField, useFilters } from "../components/filters.tsx";
import { PeopleIcon } from "../components/icons.tsx";
import { NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { figure } from "../components/words.ts";
import { recordsPages, type RecordSearch } from "./queries.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import { recordName } from "./record-name.ts";

const searchFields = [
  { value: "name", label: "Name" },
  { value: "contactInfo", label: "Number or email" },
  { value: "clientId", label: "Client id" },
];

/** The records of a list, with a search. Each can be opened to see all its values. */
export function RecordsTable({ contactListId }: { contactListId: string }) {
  const [{ by, find }, setFilters] = useFilters({ by: "name", find: "" });
  const search: RecordSearch = find === "" ? {} : { [by]: find };
  const pages = usePages(recordsPages(contactListId, search));
  const [opened, setOpened] = useState<ContactRecord>();
  const columns = useMemo(() => recordColumns(setOpened), []);
  return (
    <Stack>
      <Group gap="xs">
        <NativeSelect
          aria-label="Search in"
          data={searchFields}
          value={by}
          onChange={({ currentTarget }) => setFilters({ by: currentTarget.value })}
        />
        <SearchField label="Search records" value={find} onChange={(text) => setFilters({ find: text })} />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Records"
          columns={columns}
          pages={pages}
          rowKey={(record) => record.id}
          empty={<NoRecords isSearch={find !== ""} />}
        />
      </Card>
      <RecordDrawer record={opened} onClose={() => setOpened(undefined)} />
    </Stack>
  );
}

const recordColumns = (open: (record: ContactRecord) => void) =>
  columnsFor<ContactRecord>()((column) => [
    column.display({
      id: "name",
      header: "Name",
      cell: ({ row: { original: record } }) => (
        <Anchor component="button" fw={550} onClick={() => open(record)}>
          {recordName(record)}
        </Anchor>
      ),
    }),
    column.display({ id: "clientId", header: "Client id", cell: ({ row }) => row.original.clientId || <NoValue /> }),
    column.display({
      id: "devices",
      header: "Phones and emails",
      cell: ({ row }) =>
        row.original.devices.map((device) => (
          <Text key={device.index} size="sm">
            {device.contactInfo}
          </Text>
        )),
    }),
    column.display({
      id: "place",
      header: "Place",
      cell: ({ row: { original } }) => [original.state, original.country].filter(Boolean).join(", ") || <NoValue />,
    }),
    column.display({ id: "line", header: "Line of the file", cell: ({ row }) => figure(row.original.sourceLine) }),
  ]);

function NoRecords({ isSearch }: { isSearch: boolean }) {
  return isSearch ? (
    <EmptyList icon={PeopleIcon} title="No record fits">
      Names are found by how they begin; numbers, addresses and client ids only as a whole.
    </EmptyList>
  ) : (
    <EmptyList icon={PeopleIcon} title="No records yet">
      Import a file: its rows become the records of this list.
    </EmptyList>
  );
}
