import { Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Decision, RuleVerdict } from "../api/contract.ts";
import { Awaited } from "../components/awaited.tsx";
import { Card } from "../components/card.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { enumLabel } from "../components/words.ts";
import { explanationQuery } from "./queries.ts";

/** Why an attempt was made or refused, as it was decided at that moment. */
export function Explanation({ attemptId }: { attemptId: string }) {
  const query = useQuery(explanationQuery(attemptId));
  return (
    <Card title="Why">
      <Awaited what="The explanation" query={query}>
        {({ decision, ruleVerdicts }) => (
          <>
            {decision && <Verdict decision={decision} />}
            <RuleVerdicts verdicts={ruleVerdicts} />
          </>
        )}
      </Awaited>
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

function RuleVerdicts({ verdicts }: { verdicts: readonly RuleVerdict[] }) {
  if (verdicts.length === 0) return <Text size="sm">No rule had a say.</Text>;
  return (
    <Table.ScrollContainer minWidth={620} type="native">
      <Table aria-label="What every rule said" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Rule</Table.Th>
            <Table.Th scope="col">Says</Table.Th>
            <Table.Th scope="col">Because</Table.Th>
            <Table.Th scope="col">Allows from</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {verdicts.map((verdict, index) => (
            <Table.Tr key={`${index} ${verdict.ruleId}`}>
              <Table.Td>
                <Text size="sm" fw={550}>
                  {verdict.ruleName}
                </Text>
                {verdict.verdict === "VERDICT_REFUSED" && (
                  <Text size="xs" c="dimmed">
                    {enumLabel(verdict.reason, "REFUSAL_REASON_")}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <StateBadge value={verdict.verdict} prefix="VERDICT_" />
              </Table.Td>
              <Table.Td>{verdict.explanation}</Table.Td>
              <Table.Td>{verdict.earliestTime ? <Instant at={verdict.earliestTime} /> : <NoValue />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
