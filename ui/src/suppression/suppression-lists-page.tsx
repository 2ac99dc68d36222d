import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "react-router";
import type { SuppressionList } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { columnsFor } from "../components/data-table.tsx";
import { PlusIcon, ShieldIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { figure } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { CreateSuppressionListModal } from "./create-suppression-list-modal.tsx";
import { LookUp } from "./look-up.tsx";
import { suppressionListsPages } from "./queries.ts";

const columns = columnsFor<SuppressionList>()((column) => [
  column.display({
    id: "name",
    header: "Name",
    cell: ({ row: { original: list } }) => (
      <>
        <Group gap="xs">
          <Anchor component={Link} to={`/suppression/${list.id}`} fw={550}>
            {list.name}
          </Anchor>
          {list.required && <RequiredMark />}
        </Group>
        <Text size="sm" c="dimmed" lineClamp={1}>
          {list.description}
        </Text>
      </>
    ),
  }),
  column.display({
    id: "kind",
    header: "Entries are",
    cell: ({ row }) => (row.original.kind === "SUPPRESSION_KIND_CLIENT_ID" ? "Clients" : "Numbers and addresses"),
  }),
  column.display({ id: "channels", header: "Channels", cell: ({ row }) => channelsLabel(row.original) }),
  column.display({ id: "entries", header: "Entries", cell: ({ row }) => figure(row.original.entryCount) }),
  column.display({ id: "changed", header: "Changed", cell: ({ row }) => <Instant at={row.original.updateTime} /> }),
]);

/** Who must not be contacted: all lists, and a look-up of one number, address or client. */
export function SuppressionListsPage() {
  const pages = usePages(suppressionListsPages);
  const [isCreating, { open, close }] = useDisclosure();
  const mayCreate = useMay("suppression.write");
  return (
    <Page
      title="Suppression"
      about="Who must not be contacted. A change holds for every attempt not yet placed within a second."
      actions={
        <Button leftSection={<PlusIcon />} onClick={open} disabled={!mayCreate}>
          New suppression list
        </Button>
      }
    >
      <LookUp />
      <Card padding={0}>
        <PagedTable
          label="Suppression lists"
          columns={columns}
          pages={pages}
          rowKey={(list) => list.id}
          empty={
            <EmptyList icon={ShieldIcon} title="No suppression lists yet">
              Make one for people who asked not to be contacted, then add entries or import a file.
            </EmptyList>
          }
        />
      </Card>
      <CreateSuppressionListModal isOpen={isCreating} onClose={close} />
    </Page>
  );
}

/** Marks a list that applies to every campaign. */
export function RequiredMark() {
  return (
    <Badge variant="outline" color="gray" c="inherit" tt="none" fw={500} miw="max-content">
      Every campaign
    </Badge>
  );
}

/** The channels to which a list applies. */
export const channelsLabel = ({ channels }: SuppressionList): string =>
  channels.length === 0 ? "All" : channels.map(channelLabel).join(", ");
