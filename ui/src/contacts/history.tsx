import { Anchor, Button, Group, Skeleton, Stack, Text, Timeline } from "@mantine/core";
import { Link } from "react-router";
import type { Interaction } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { outcomeLabel, resultLabel } from "../attempts/outcome.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { ClockIcon } from "../components/icons.tsx";
import { LocalInstant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { historyPages } from "./queries.ts";

/** The interactions with a contact on all channels, newest first. */
export function History({ contactId }: { contactId: string }) {
  const pages = usePages(historyPages(contactId));
  return (
    <Card title="History">
      {pages.failure && (
        <ErrorPanel title="The history could not be loaded" error={pages.failure} onRetry={pages.refresh} />
      )}
      {!pages.rows && !pages.failure && <Skeleton height={160} />}
      {pages.rows?.length === 0 && (
        <EmptyList icon={ClockIcon} title="Nothing yet">
          Attempts and messages show here as soon as there are any.
        </EmptyList>
      )}
      <Timeline active={pages.rows?.length} bulletSize={18} lineWidth={2} aria-label="History">
        {pages.rows?.map((interaction) => (
          <Timeline.Item
            key={interaction.id}
            title={<Headline interaction={interaction} />}
            color={interaction.refusalReason ? "gray" : undefined}
            lineVariant={interaction.refusalReason ? "dashed" : "solid"}
          >
            <Details interaction={interaction} />
          </Timeline.Item>
        ))}
      </Timeline>
      {(pages.hasNext || pages.number > 1) && (
        <Group>
          <Button variant="default" onClick={pages.previous} disabled={pages.number === 1}>
            Newer
          </Button>
          <Button variant="default" onClick={pages.next} disabled={!pages.hasNext}>
            Older
          </Button>
        </Group>
      )}
    </Card>
  );
}

function Headline({ interaction }: { interaction: Interaction }) {
  const channel = channelLabel(interaction.channel);
  if (interaction.direction === "INTERACTION_DIRECTION_INBOUND") return <>{channel} received</>;
  if (interaction.refusalReason) return <>{`${channel} not made: ${resultLabel(interaction.refusalReason)}`}</>;
  return <>{`${channel}: ${outcomeLabel(interaction.outcome) || "under way"}`}</>;
}

function Details({ interaction }: { interaction: Interaction }) {
  const isInbound = interaction.direction === "INTERACTION_DIRECTION_INBOUND";
  const ends = [interaction.contactInfo, interaction.ownAddress];
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed" component="div">
        <LocalInstant at={interaction.startTime} zones={interaction.zones} isInline /> ·{" "}
        {(isInbound ? ends : ends.toReversed()).filter(Boolean).join(" → ")}
        {interaction.campaignGroupId && (
          <>
            {" · "}
            <Anchor component={Link} to={`/campaigns/${interaction.campaignGroupId}`}>
              {interaction.campaignGroupName || "Campaign"}
            </Anchor>
          </>
        )}
        {!isInbound && (
          <>
            {" · "}
            <Anchor component={Link} to={`/attempts/${interaction.id}`}>
              Why?
            </Anchor>
          </>
        )}
      </Text>
      {interaction.subject && <Text fw={600}>{interaction.subject}</Text>}
      {interaction.text && (
        <Text size="sm" className="message-preview" lineClamp={8}>
          {interaction.text}
        </Text>
      )}
    </Stack>
  );
}
