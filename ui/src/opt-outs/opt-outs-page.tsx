import { Button, Group, Text, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { OptOut, OptOutState } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { columnsFor } from "../components/data-table.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { ChoiceField, SearchField, useFilters } from "../components/filters.tsx";
import { StopIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { enumLabel } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { confirmOptOut, noOptOutFilters, optOutsPages } from "./queries.ts";
import { WithdrawModal } from "./withdraw-modal.tsx";

const states: readonly OptOutState[] = [
  "OPT_OUT_STATE_PROVISIONAL",
  "OPT_OUT_STATE_HOLDING",
  "OPT_OUT_STATE_WITHDRAWN",
];

/** What people refused, and the decisions about what only sounds like a refusal. */
export function OptOutsPage() {
  const [filters, setFilters] = useFilters(noOptOutFilters);
  const pages = usePages(optOutsPages(filters));
  const mayWrite = useMay("optouts.write");
  const [ending, setEnding] = useState<OptOut>();
  const { mutate: confirm } = useMutation({
    ...confirmOptOut(useQueryClient()),
    onError: notifyFailure("The opt-out could not be confirmed"),
    onSuccess: () => notifyDone("The opt-out is confirmed."),
  });
  const columns = useMemo(
    () => optOutColumns(mayWrite ? { confirm: ({ id }) => confirm(id), end: setEnding } : undefined),
    [mayWrite, confirm],
  );
  return (
    <Page
      title="Opt-outs"
      about="Who said no, how and in which words. What only sounds like a refusal holds until somebody decides."
    >
      <Group gap="xs">
        <ChoiceField
          label="State"
          values={states}
          prefix="OPT_OUT_STATE_"
          value={filters.state}
          onChange={(state) => setFilters({ state })}
        />
        <SearchField
          label="Number or address"
          value={filters.contactInfo}
          onChange={(contactInfo) => setFilters({ contactInfo })}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Opt-outs"
          columns={columns}
          pages={pages}
          rowKey={({ id }) => id}
          empty={
            <EmptyList icon={StopIcon} title="No opt-outs">
              People who answer STOP, unsubscribe or complain show here.
            </EmptyList>
          }
        />
      </Card>
      {ending && <WithdrawModal optOut={ending} onClose={() => setEnding(undefined)} />}
    </Page>
  );
}

interface Actions {
  confirm: (optOut: OptOut) => void;
  end: (optOut: OptOut) => void;
}

const optOutColumns = (actions: Actions | undefined) =>
  columnsFor<OptOut>()((column) => [
    column.display({ id: "said", header: "Said", cell: ({ row }) => <Instant at={row.original.sayTime} /> }),
    column.display({ id: "who", header: "Number or address", cell: ({ row }) => row.original.contactInfo }),
    column.display({ id: "how", header: "How", cell: ({ row }) => howOf(row.original) }),
    column.display({ id: "words", header: "Words", cell: ({ row }) => row.original.words || <NoValue /> }),
    column.display({ id: "closes", header: "Closes", cell: ({ row }) => scopes[row.original.scope] }),
    column.display({ id: "state", header: "State", cell: ({ row }) => <State of={row.original} /> }),
    column.display({
      id: "actions",
      header: () => <VisuallyHidden>Decide</VisuallyHidden>,
      cell: ({ row: { original: optOut } }) =>
        actions && optOut.state !== "OPT_OUT_STATE_WITHDRAWN" && <Decide of={optOut} actions={actions} />,
    }),
  ]);

const scopes: Readonly<Record<OptOut["scope"], string>> = {
  OPT_OUT_SCOPE_UNSPECIFIED: "",
  OPT_OUT_SCOPE_PROGRAM_CHANNEL: "One program, this channel",
  OPT_OUT_SCOPE_CHANNEL: "This channel",
  OPT_OUT_SCOPE_EVERYTHING: "Everything",
  OPT_OUT_SCOPE_PROGRAM: "One program",
};

const howOf = ({ source, channel }: OptOut): string =>
  `${enumLabel(source, "OPT_OUT_SOURCE_")}, ${channelLabel(channel)}`;

function State({ of: { state, withdrawReason } }: { of: OptOut }) {
  return (
    <>
      {state === "OPT_OUT_STATE_PROVISIONAL" ? "Waits for a decision" : enumLabel(state, "OPT_OUT_STATE_")}
      {withdrawReason !== "" && (
        <Text size="xs" c="dimmed">
          {withdrawReason}
        </Text>
      )}
    </>
  );
}

function Decide({ of: optOut, actions }: { of: OptOut; actions: Actions }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {optOut.state === "OPT_OUT_STATE_PROVISIONAL" && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => actions.confirm(optOut)}
          aria-label={`Confirm the opt-out of ${optOut.contactInfo}`}
        >
          Confirm
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => actions.end(optOut)}
        aria-label={`End the opt-out of ${optOut.contactInfo}`}
      >
        End
      </Button>
    </Group>
  );
}
