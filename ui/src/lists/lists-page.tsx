import { Anchor, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "react-router";
import type { ContactList } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { SearchField, useFilters } from "../components/filters.tsx";
import { ListIcon, PlusIcon, UploadIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { figure } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { CreateListModal } from "./create-list-modal.tsx";
import { listsPages } from "./queries.ts";

const columns = columnsFor<ContactList>()((column) => [
  column.display({
    id: "name",
    header: "Name",
    cell: ({ row: { original: list } }) => (
      <>
        <Anchor component={Link} to={`/lists/${list.id}`} fw={550}>
          {list.name}
        </Anchor>
        <Text size="sm" c="dimmed" lineClamp={1}>
          {list.description}
        </Text>
      </>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <StateBadge value={row.original.state} prefix="CONTACT_LIST_STATE_" />,
  }),
  column.display({ id: "records", header: "Records", cell: ({ row }) => figure(row.original.recordCount) }),
  column.display({ id: "changed", header: "Changed", cell: ({ row }) => <Instant at={row.original.updateTime} /> }),
]);

/** All contact lists. */
export function ListsPage() {
  const [filters, setFilters] = useFilters({ query: "" });
  const pages = usePages(listsPages(filters.query));
  const [isCreating, { open, close }] = useDisclosure();
  const mayCreate = useMay("lists.write");
  const mayImport = useMay("lists.import");
  const actions = (
    <>
      <Button component={Link} to="/lists/import" leftSection={<UploadIcon />} disabled={!mayCreate || !mayImport}>
        Import a file
      </Button>
      <Button variant="default" leftSection={<PlusIcon />} onClick={open} disabled={!mayCreate}>
        New list
      </Button>
    </>
  );
  return (
    <Page title="Contact lists" about="The people your campaigns reach, as your files describe them." actions={actions}>
      <Group>
        <SearchField label="Search by name" value={filters.query} onChange={(query) => setFilters({ query })} />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Contact lists"
          columns={columns}
          pages={pages}
          rowKey={(list) => list.id}
          empty={<NoLists query={filters.query} />}
        />
      </Card>
      <CreateListModal isOpen={isCreating} onClose={close} />
    </Page>
  );
}

function NoLists({ query }: { query: string }) {
  if (query !== "") {
    return (
      <EmptyList icon={ListIcon} title="No list has such a name">
        Nothing contains “{query}”.
      </EmptyList>
    );
  }
  return (
    <EmptyList icon={ListIcon} title="No lists yet">
      Import a file of contacts: it becomes a list.
    </EmptyList>
  );
}
