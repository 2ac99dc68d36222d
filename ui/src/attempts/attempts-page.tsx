import { Button, Group } from "@mantine/core";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { ChoiceField, SearchField, useFilters } from "../components/filters.tsx";
import { CrossIcon, SendIcon } from "../components/icons.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { attemptColumns } from "./attempt-columns.tsx";
import { attemptsPages, noAttemptFilters } from "./queries.ts";

const states = [
  "ATTEMPT_STATE_INTENDED",
  "ATTEMPT_STATE_IN_FLIGHT",
  "ATTEMPT_STATE_ENDED",
  "ATTEMPT_STATE_REFUSED",
  "ATTEMPT_STATE_STALE",
];
const channels = ["CHANNEL_EMAIL", "CHANNEL_SMS", "CHANNEL_VOICE"];
/** All attempts to contact somebody, made or refused. */
export function AttemptsPage() {
  const [filters, setFilters] = useFilters(noAttemptFilters);
  const pages = usePages(attemptsPages(filters));
  const isNarrowed = filters.campaignGroupId !== "" || filters.recordId !== "";
  return (
    <Page title="Attempts" about="Every try to reach somebody, made or refused, with the reason for either.">
      <Group gap="xs">
        <ChoiceField
          label="State"
          values={states}
          prefix="ATTEMPT_STATE_"
          value={filters.state}
          onChange={(state) => setFilters({ state })}
        />
        <ChoiceField
          label="Channel"
          values={channels}
          prefix="CHANNEL_"
          value={filters.channel}
          onChange={(channel) => setFilters({ channel })}
        />
        <SearchField
          label="Number or address"
          value={filters.contactInfo}
          onChange={(contactInfo) => setFilters({ contactInfo })}
        />
        <SearchField
          label="Result or refusal"
          placeholder="Result, such as delivered"
          value={filters.result}
          onChange={(result) => setFilters({ result: result.toLowerCase().replaceAll(" ", "_") })}
        />
        {isNarrowed && (
          <Button
            variant="light"
            rightSection={<CrossIcon />}
            onClick={() => setFilters({ campaignGroupId: "", recordId: "" })}
          >
            {filters.recordId ? "Of one record" : "Of one campaign"}
          </Button>
        )}
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Attempts"
          columns={attemptColumns}
          pages={pages}
          rowKey={(attempt) => attempt.id}
          empty={
            <EmptyList icon={SendIcon} title="No attempts">
              {Object.values(filters).some(Boolean)
                ? "None fits these filters."
                : "Start a campaign, and its attempts show here."}
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}
