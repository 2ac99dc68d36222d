import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Decision, RuleVerdict } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { Instant, LocalInstant } from "../components/instant.tsx";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { enumLabel } from "../components/words.ts";
import { explanationQuery } from "./queries.ts";

/** Why an attempt was made or refused, as compliance decided at that moment. */
export function Explanation({ attemptId }: { attemptId: string }) {
  const query = useQuery(explanationQuery(attemptId));
  return (
    <Card title="Why">
      <QueryView what="The explanation" query={query}>
        {({ decision, ruleVerdicts }) => (
          <>
            {decision && <Verdict decision={decision} />}
            <RuleVerdicts verdicts={ruleVerdicts} zones={decision?.zones ?? []} />
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Verdict({ decision }: { decision: Decision }) {
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <StateBadge value={decision.verdict} prefix="VERDICT_" />
        <Text fw={600}>{decision.explanation || "Every rule allowed it."}</Text>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        Decided <Instant at={decision.decideTime} />
        {decision.zones.length > 0 && ` · zones that counted: ${decision.zones.join(", ")}`}
        {decision.earliestTime && (
          <>
            {" "}
            · could be allowed from <Instant at={decision.earliestTime} />
          </>
        )}
      </Text>
    </Stack>
  );
}

function RuleVerdicts({ verdicts, zones }: { verdicts: readonly RuleVerdict[]; zones: readonly string[] }) {
  if (verdicts.length === 0) return <Text size="sm">No rule had a say.</Text>;
  return (
    <RowsTable
      label="What every rule said"
      columns={verdictColumns(zones)}
      rows={verdicts}
      rowKey={({ ruleId }, place) => `${place} ${ruleId}`}
      isDense
    />
  );
}

const verdictColumns = (zones: readonly string[]): TableColumn<RuleVerdict>[] => [
  { name: "Rule", cell: (verdict) => <RuleName verdict={verdict} /> },
  { name: "Says", cell: ({ verdict }) => <StateBadge value={verdict} prefix="VERDICT_" /> },
  { name: "Because", cell: ({ explanation }) => explanation },
  { name: "Allows from", cell: ({ earliestTime }) => <LocalInstant at={earliestTime} zones={zones} /> },
];

function RuleName({ verdict }: { verdict: RuleVerdict }) {
  return (
    <>
      <Text size="sm" fw={550}>
        {verdict.ruleName}
      </Text>
      {verdict.verdict === "VERDICT_REFUSED" && (
        <Text size="xs" c="dimmed">
          {enumLabel(verdict.reason, "REFUSAL_REASON_")}
        </Text>
      )}
    </>
  );
}
