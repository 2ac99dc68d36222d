import { Anchor, Group, Progress, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { CampaignGroup } from "../api/contract.ts";
import type { Pages } from "../api/use-pages.ts";
import { campaignQuery, isMoving } from "../campaigns/queries.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { counted, figure } from "../components/words.ts";

const mostShown = 6;
const refreshMs = 3_000;

/** The most important campaigns: those that are running, then the newest. */
export function RunningCampaigns({ campaigns }: { campaigns: Pages<CampaignGroup> }) {
  const shown = campaigns.rows?.toSorted((one, other) => Number(isMoving(other)) - Number(isMoving(one)));
  return (
    <Card
      title="Campaigns"
      actions={
        <Anchor component={Link} to="/campaigns" fz="sm">
          All campaigns
        </Anchor>
      }
    >
      {campaigns.failure && (
        <ErrorPanel title="The campaigns could not be loaded" error={campaigns.failure} onRetry={campaigns.refresh} />
      )}
      {!shown && !campaigns.failure && <Skeleton height={120} />}
      {shown?.slice(0, mostShown).map((campaign) => (
        <CampaignLine key={campaign.id} campaign={campaign} />
      ))}
    </Card>
  );
}

function CampaignLine({ campaign }: { campaign: CampaignGroup }) {
  const { data } = useQuery({
    ...campaignQuery(campaign.id),
    refetchInterval: isMoving(campaign) && refreshMs,
  });
  const progress = data?.progress;
  const due = Number(progress?.due ?? 0);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Anchor component={Link} to={`/campaigns/${campaign.id}`} fw={550}>
            {campaign.name}
          </Anchor>
          <StateBadge value={campaign.state} prefix="CAMPAIGN_GROUP_STATE_" />
        </Group>
        <Text size="sm" c="dimmed" className="figures">
          {channelLabel(campaign.channel)}
          {progress && due > 0 && ` · ${figure(progress.finished)} of ${counted(due, "contact")} finished`}
        </Text>
      </Group>
      {progress && due > 0 && (
        <Progress.Root size="md" aria-hidden>
          <Progress.Section value={(Number(progress.attempted) / due) * 100} color="teal.6" />
          <Progress.Section value={(Number(progress.refused) / due) * 100} color="orange.5" />
        </Progress.Root>
      )}
      {data?.progress?.stalls
        .filter(({ reason }) => campaign.state === "CAMPAIGN_GROUP_STATE_RUNNING" && reason !== "STALL_REASON_FINISHED")
        .map(({ reason, explanation }) => (
          <Text key={reason} size="sm" c="dimmed">
            {explanation}
          </Text>
        ))}
    </Stack>
  );
}
