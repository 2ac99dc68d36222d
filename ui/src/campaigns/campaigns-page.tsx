import { Anchor, Button, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import type { CampaignGroup } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { columnsFor } from "../components/data-table.tsx";
import { ChoiceField, SearchField, useFilters } from "../components/filters.tsx";
import { MegaphoneIcon, PlusIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { campaignsPages } from "./queries.ts";

const states = ["NOT_LOADED", "LOADING", "ACTIVE", "RUNNING", "PAUSED", "STOPPED"].map(
  (state) => `CAMPAIGN_GROUP_STATE_${state}`,
);

const columns = columnsFor<CampaignGroup>()((column) => [
  column.display({
    id: "name",
    header: "Name",
    cell: ({ row: { original: campaign } }) => (
      <>
        <Anchor component={Link} to={`/campaigns/${campaign.id}`} fw={550}>
          {campaign.name}
        </Anchor>
        <Text size="sm" c="dimmed" lineClamp={1}>
          {campaign.description}
        </Text>
      </>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <StateBadge value={row.original.state} prefix="CAMPAIGN_GROUP_STATE_" />,
  }),
  column.display({ id: "channel", header: "Channel", cell: ({ row }) => channelLabel(row.original.channel) }),
  column.display({
    id: "lists",
    header: "Draws from",
    cell: ({ row }) => counted(row.original.contactListIds.length, "list"),
  }),
  column.display({ id: "changed", header: "Changed", cell: ({ row }) => <Instant at={row.original.updateTime} /> }),
]);

/** All campaigns with their current states. */
export function CampaignsPage() {
  const [filters, setFilters] = useFilters({ query: "", state: "" });
  const pages = usePages(campaignsPages(filters));
  const mayCreate = useMay("campaigns.write");
  const isFiltered = filters.query !== "" || filters.state !== "";
  return (
    <Page
      title="Campaigns"
      about="Lists, a channel, content and rules, run together."
      actions={
        <Button component={Link} to="/campaigns/new" leftSection={<PlusIcon />} disabled={!mayCreate}>
          New campaign
        </Button>
      }
    >
      <Group gap="xs">
        <SearchField label="Search by name" value={filters.query} onChange={(query) => setFilters({ query })} />
        <ChoiceField
          label="State"
          values={states}
          prefix="CAMPAIGN_GROUP_STATE_"
          value={filters.state}
          onChange={(state) => setFilters({ state })}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Campaigns"
          columns={columns}
          pages={pages}
          rowKey={(campaign) => campaign.id}
          empty={
            <EmptyList icon={MegaphoneIcon} title={isFiltered ? "No campaign fits" : "No campaigns yet"}>
              {isFiltered ? "Try another name or state." : "Import a contact list first, then make a campaign for it."}
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}
