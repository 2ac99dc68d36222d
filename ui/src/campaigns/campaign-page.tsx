import { Group, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { QueryView } from "../components/query-view.tsx";
import { channelLabel } from "../components/channels.ts";
import { useFilters } from "../components/filters.tsx";
import { LiveMark } from "../components/live-mark.tsx";
import { Page } from "../components/page.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { CampaignActions } from "./campaign-actions.tsx";
import { CampaignAttempts } from "./campaign-attempts.tsx";
import { CampaignSettings } from "./campaign-settings.tsx";
import { LeftOutTable } from "./left-out-table.tsx";
import { Overview } from "./overview.tsx";
import { campaignQuery, useLiveCampaign } from "./queries.ts";
import { QueueTable } from "./queue-table.tsx";
import { useHistory } from "./use-history.ts";

/** One campaign, live: what it does, why it waits, and what people can do about it. */
export function CampaignPage() {
  const { campaignGroupId = "" } = useParams();
  const shown = useQuery(campaignQuery(campaignGroupId)).data?.campaignGroup?.state;
  const { history, take } = useHistory(campaignGroupId, shown);
  const { query, watch } = useLiveCampaign(campaignGroupId, take);
  const [{ tab }, setFilters] = useFilters({ tab: "overview" });
  return (
    <QueryView what="The campaign" query={query} parent={{ label: "Campaigns", to: "/campaigns" }}>
      {({ campaignGroup: campaign, progress }) =>
        campaign && (
          <Page
            title={campaign.name}
            parent={{ label: "Campaigns", to: "/campaigns" }}
            badge={
              <Group gap="xs">
                <StateBadge value={campaign.state} prefix="CAMPAIGN_GROUP_STATE_" />
                <LiveMark watch={watch} />
              </Group>
            }
            about={[channelLabel(campaign.channel), campaign.description].filter(Boolean).join(" · ")}
            actions={<CampaignActions campaign={campaign} />}
          >
            <Tabs value={tab} onChange={(next) => setFilters({ tab: next ?? "overview" })} keepMounted={false}>
              <Tabs.List mb="md">
                <Tabs.Tab value="overview">Overview</Tabs.Tab>
                <Tabs.Tab value="attempts">Attempts</Tabs.Tab>
                <Tabs.Tab value="queue">Queue</Tabs.Tab>
                <Tabs.Tab value="left-out">Left out</Tabs.Tab>
                <Tabs.Tab value="settings">Settings</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="overview">{progress && <Overview progress={progress} history={history} />}</Tabs.Panel>
              <Tabs.Panel value="attempts">
                <CampaignAttempts campaignGroupId={campaign.id} />
              </Tabs.Panel>
              <Tabs.Panel value="queue">
                <QueueTable campaignGroupId={campaign.id} />
              </Tabs.Panel>
              <Tabs.Panel value="left-out">
                <LeftOutTable campaignGroupId={campaign.id} />
              </Tabs.Panel>
              <Tabs.Panel value="settings">
                <CampaignSettings campaign={campaign} />
              </Tabs.Panel>
            </Tabs>
          </Page>
        )
      }
    </QueryView>
  );
}
