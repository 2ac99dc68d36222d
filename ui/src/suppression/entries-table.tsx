import { Button, Group, Stack, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { SuppressionEntry, SuppressionList } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { SearchField, useFilters } from "../components/filters.tsx";
import { ShieldIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { notifyFailure } from "../components/notify.ts";
import { notifyUndo } from "../components/notify-undo.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { useMay } from "../session/use-session.ts";
import { CorrectEntryModal } from "./correct-entry-modal.tsx";
import { addEntries, entriesPages, isOfOptOuts, removeEntries } from "./queries.ts";

/** The entries of a list. Removing one can be undone for a while; taking an opt-out back needs a reason. */
export function EntriesTable({ list }: { list: SuppressionList }) {
  const [{ prefix }, setFilters] = useFilters({ prefix: "" });
  const pages = usePages(entriesPages(list.id, prefix));
  const remove = useRemoveEntry(list.id);
  const [corrected, setCorrected] = useState<SuppressionEntry>();
  const mayWrite = useMay("suppression.write");
  const takeOut = isOfOptOuts(list) ? setCorrected : remove;
  const columns = useMemo(() => entryColumns(mayWrite ? takeOut : undefined), [mayWrite, takeOut]);
  return (
    <Stack>
      <Group>
        <SearchField
          label="Find entries by how they begin"
          placeholder="Begins with, such as +1202"
          value={prefix}
          onChange={(text) => setFilters({ prefix: text })}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Entries"
          columns={columns}
          pages={pages}
          rowKey={(entry) => entry.value}
          empty={
            <EmptyList icon={ShieldIcon} title={prefix ? "No entry begins so" : "No entries yet"}>
              {prefix
                ? "Numbers are kept with their country code, such as +12025550123."
                : "Add some, or import a file."}
            </EmptyList>
          }
        />
      </Card>
      {corrected && (
        <CorrectEntryModal
          suppressionListId={list.id}
          value={corrected.value}
          onClose={() => setCorrected(undefined)}
        />
      )}
    </Stack>
  );
}

const entryColumns = (remove: ((entry: SuppressionEntry) => void) | undefined) =>
  columnsFor<SuppressionEntry>()((column) => [
    column.display({ id: "value", header: "Number, address or client", cell: ({ row }) => row.original.value }),
    column.display({ id: "reason", header: "Why", cell: ({ row }) => row.original.reason || <NoValue /> }),
    column.display({ id: "from", header: "From", cell: ({ row }) => <Instant at={row.original.fromTime} /> }),
    column.display({ id: "until", header: "Until", cell: ({ row }) => <Instant at={row.original.untilTime} /> }),
    column.display({ id: "added", header: "Added", cell: ({ row }) => <Instant at={row.original.createTime} /> }),
    column.display({
      id: "remove",
      header: () => <VisuallyHidden>Remove</VisuallyHidden>,
      cell: ({ row: { original: entry } }) =>
        remove && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => remove(entry)}
            aria-label={`Remove ${entry.value}`}
          >
            Remove
          </Button>
        ),
    }),
  ]);

function useRemoveEntry(suppressionListId: string): (entry: SuppressionEntry) => void {
  const queries = useQueryClient();
  const { mutate: putBack } = useMutation({
    ...addEntries(queries, suppressionListId),
    onError: notifyFailure("The entry could not be put back"),
  });
  const { mutate: remove } = useMutation({
    ...removeEntries(queries, suppressionListId),
    onError: notifyFailure("The entry could not be removed"),
  });
  return useMemo(
    () => (entry: SuppressionEntry) =>
      remove(
        { values: [entry.value] },
        {
          onSuccess: () => {
            const { value, fromTime, untilTime, reason } = entry;
            notifyUndo(`${value} is no longer suppressed by this list.`, () =>
              putBack([{ value, fromTime, untilTime, reason }]),
            );
          },
        },
      ),
    [remove, putBack],
  );
}
