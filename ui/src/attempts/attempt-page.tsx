import { Anchor, SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { Attempt } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { LocalInstant, NoValue } from "../components/instant.tsx";
import { Page } from "../components/page.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { figure } from "../components/words.ts";
import { Explanation } from "./explanation.tsx";
import { outcomeLabel, resultLabel } from "./outcome.ts";
import { attemptQuery } from "./queries.ts";
import { ResolveStale } from "./resolve-stale.tsx";

/** One attempt: its result, and why it was made or refused. */
export function AttemptPage() {
  const { attemptId = "" } = useParams();
  const query = useQuery(attemptQuery(attemptId));
  return (
    <QueryView what="The attempt" query={query} parent={{ label: "Attempts", to: "/attempts" }}>
      {(attempt) => (
        <Page
          title={`${channelLabel(attempt.channel)} to ${attempt.contactInfo}`}
          parent={{ label: "Attempts", to: "/attempts" }}
          badge={<StateBadge value={attempt.state} prefix="ATTEMPT_STATE_" />}
        >
          {attempt.state === "ATTEMPT_STATE_STALE" && <ResolveStale attempt={attempt} />}
          <Explanation attemptId={attempt.id} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Course attempt={attempt} />
            <Origin attempt={attempt} />
          </SimpleGrid>
        </Page>
      )}
    </QueryView>
  );
}

function Course({ attempt }: { attempt: Attempt }) {
  return (
    <Card title="What became of it">
      <Facts>
        <Fact name="Result">
          {outcomeLabel(attempt.outcome) || resultLabel(attempt.refusalReason) || <NoValue label="not yet" />}
        </Fact>
        <Fact name="Provider said">{attempt.providerStatus || <NoValue />}</Fact>
        <Fact name="Provider's id">{attempt.providerMessageId || <NoValue />}</Fact>
        <Fact name="Decided">
          <LocalInstant at={attempt.createTime} zones={attempt.zones} />
        </Fact>
        <Fact name="Handed over">
          <LocalInstant at={attempt.sendTime} zones={attempt.zones} />
        </Fact>
        <Fact name="Ended">
          <LocalInstant at={attempt.endTime} zones={attempt.zones} />
        </Fact>
      </Facts>
    </Card>
  );
}

function Origin({ attempt }: { attempt: Attempt }) {
  return (
    <Card title="Where it comes from">
      <Facts>
        <Fact name="Campaign">
          <Anchor component={Link} to={`/campaigns/${attempt.campaignGroupId}`}>
            Open the campaign
          </Anchor>
        </Fact>
        <Fact name="Contact">
          <Anchor component={Link} to={`/contacts?query=${encodeURIComponent(attempt.contactInfo)}`}>
            Find the contact
          </Anchor>
        </Fact>
        <Fact name="Client id">{attempt.clientId || <NoValue />}</Fact>
        <Fact name="Phone or email">
          {attempt.test ? "Typed by who asked for a test" : `${figure(attempt.deviceIndex)} of those of the person`}
        </Fact>
        <Fact name="Try">{attempt.attemptNumber || <NoValue />}</Fact>
        <Fact name="From">{attempt.ownAddress || <NoValue />}</Fact>
      </Facts>
    </Card>
  );
}
