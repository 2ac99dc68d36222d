import { Alert, Anchor, Button, Group, NativeSelect, Text, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { Undelivered } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { SearchField, useFilters } from "../components/filters.tsx";
import { InboxIcon, WarningIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { counted, figure } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { redeliver, redeliverAll, undeliveredPages } from "./queries.ts";
import { topicLabel, topicNames } from "./topics.ts";

/** Messages from one service to another that were refused. */
export function UndeliveredPage() {
  const [filters, setFilters] = useFilters({ service: "", topic: "" });
  const [unreached, setUnreached] = useState<string[]>([]);
  const pages = usePages(undeliveredPages(filters, setUnreached));
  const mayWrite = useMay("undelivered.write");
  const again = useRedeliver();
  const columns = useMemo(() => undeliveredColumns(mayWrite ? again : undefined), [mayWrite, again]);
  return (
    <Page
      title="Undelivered"
      about="News that one service had for another, which refused it again and again. What is away for a while is not here: its news waits and arrives by itself."
      actions={<RedeliverAllButton filters={filters} disabled={!mayWrite || !pages.rows?.length} />}
    >
      <Group gap="xs">
        <NativeSelect
          aria-label="About"
          value={filters.topic}
          onChange={({ currentTarget }) => setFilters({ topic: currentTarget.value })}
          data={[
            { value: "", label: "About: anything" },
            ...topicNames.map((value) => ({ value, label: topicLabel(value) })),
          ]}
        />
        <SearchField
          label="Kept by"
          placeholder="Kept by a service, such as lists"
          value={filters.service}
          onChange={(service) => setFilters({ service })}
        />
      </Group>
      {unreached.length > 0 && (
        <Alert icon={<WarningIcon />} color="yellow" title="The list is not whole">
          Did not answer, so that what they keep is missing: {unreached.join(", ")}.
        </Alert>
      )}
      <Card padding={0}>
        <PagedTable
          label="Undelivered messages"
          columns={columns}
          pages={pages}
          rowKey={(one) => one.id}
          empty={
            <EmptyList icon={InboxIcon} title="Everything was delivered">
              {filters.service || filters.topic
                ? "Nothing that was refused fits this filter."
                : "No service has refused anything."}
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}

const undeliveredColumns = (again: ((one: Undelivered) => void) | undefined) =>
  columnsFor<Undelivered>()((column) => [
    column.display({ id: "about", header: "About", cell: ({ row }) => <About of={row.original} /> }),
    column.display({ id: "reason", header: "Why it was refused", cell: ({ row }) => row.original.reason }),
    column.display({ id: "tries", header: "Tries", cell: ({ row }) => figure(row.original.tryCount) }),
    column.display({ id: "since", header: "Since", cell: ({ row }) => <Instant at={row.original.createTime} /> }),
    column.display({
      id: "again",
      header: () => <VisuallyHidden>Deliver again</VisuallyHidden>,
      cell: ({ row: { original: one } }) =>
        again && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => again(one)}
            aria-label={`Deliver again: ${topicLabel(one.topic)}, kept by ${one.service}`}
          >
            Deliver again
          </Button>
        ),
    }),
  ]);

function About({ of: one }: { of: Undelivered }) {
  const [first] = one.attemptIds;
  return (
    <>
      <Text fw={550}>{topicLabel(one.topic)}</Text>
      <Text size="xs" c="dimmed">
        {counted(one.itemCount, "item")}, kept by {one.service}
        {first !== undefined && (
          <>
            {" · "}
            <Anchor component={Link} to={`/attempts/${first}`} size="xs">
              {one.itemCount > 1 ? "the first attempt" : "the attempt"}
            </Anchor>
          </>
        )}
      </Text>
    </>
  );
}

function useRedeliver(): (one: Undelivered) => void {
  const { mutate } = useMutation({
    ...redeliver(useQueryClient()),
    onError: notifyFailure("It could not be delivered again"),
  });
  return useMemo(
    () => (one: Undelivered) =>
      mutate(one.id, {
        onSuccess: () =>
          notifyDone("It is delivered once more. If it is refused again, it is back here with the new reason."),
      }),
    [mutate],
  );
}

function RedeliverAllButton({ filters, disabled }: { filters: { service: string; topic: string }; disabled: boolean }) {
  const all = useMutation({
    ...redeliverAll(useQueryClient()),
    onError: notifyFailure("They could not be delivered again"),
  });
  return (
    <Button
      variant="default"
      loading={all.isPending}
      disabled={disabled}
      onClick={() =>
        all.mutate(filters, {
          onSuccess: ({ redeliveredCount }) =>
            notifyDone(`${counted(redeliveredCount, "message is", "messages are")} delivered once more.`),
        })
      }
    >
      Deliver all again
    </Button>
  );
}
