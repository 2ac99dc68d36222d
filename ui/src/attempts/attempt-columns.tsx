import { Anchor, Badge, Group } from "@mantine/core";
import { Link } from "react-router";
import type { Attempt } from "../api/contract.ts";
import { channelLabel } from "../components/channels.ts";
import { columnsFor } from "../components/data-table.tsx";
import { LocalInstant, NoValue } from "../components/instant.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { outcomeLabel, resultLabel } from "./outcome.ts";

/** The columns of a table of attempts. */
export const attemptColumns = columnsFor<Attempt>()((column) => [
  column.display({
    id: "device",
    header: "Number or address",
    cell: ({ row: { original: attempt } }) => (
      <Anchor component={Link} to={`/attempts/${attempt.id}`} fw={550}>
        {attempt.contactInfo}
      </Anchor>
    ),
  }),
  column.display({ id: "channel", header: "Channel", cell: ({ row }) => channelLabel(row.original.channel) }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row }) => (
      <Group gap={4}>
        <StateBadge value={row.original.state} prefix="ATTEMPT_STATE_" />
        {row.original.test && <Badge variant="default">Test</Badge>}
      </Group>
    ),
  }),
  column.display({
    id: "result",
    header: "Result",
    cell: ({ row: { original: attempt } }) =>
      outcomeLabel(attempt.outcome) || resultLabel(attempt.refusalReason) || <NoValue label="not yet" />,
  }),
  column.display({ id: "number", header: "Try", cell: ({ row }) => row.original.attemptNumber || <NoValue /> }),
  column.display({
    id: "when",
    header: "When",
    cell: ({ row }) => <LocalInstant at={row.original.createTime} zones={row.original.zones} />,
  }),
]);
