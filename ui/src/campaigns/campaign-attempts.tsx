import { Anchor, Box } from "@mantine/core";
import { Link } from "react-router";
import { usePages } from "../api/use-pages.ts";
import { attemptColumns } from "../attempts/attempt-columns.tsx";
import { attemptsPages, noAttemptFilters } from "../attempts/queries.ts";
import { Card } from "../components/card.tsx";
import { SendIcon } from "../components/icons.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PagedTable } from "../components/paged-table.tsx";

/** The attempts of one campaign, newest first. */
export function CampaignAttempts({ campaignGroupId }: { campaignGroupId: string }) {
  const pages = usePages(attemptsPages({ ...noAttemptFilters, campaignGroupId }));
  return (
    <Card padding={0}>
      <PagedTable
        label="Attempts of this campaign"
        columns={attemptColumns}
        pages={pages}
        rowKey={(attempt) => attempt.id}
        empty={
          <EmptyList icon={SendIcon} title="No attempts yet">
            Start the campaign; every try, made or refused, shows here.
          </EmptyList>
        }
      />
      <Box px="md" pb="md">
        <Anchor component={Link} to={`/attempts?campaignGroupId=${campaignGroupId}`} fz="sm">
          Filter these attempts
        </Anchor>
      </Box>
    </Card>
  );
}
