import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { PreviewEntriesResponse, SuppressionEntry } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import { QueryView } from "../components/query-view.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { counted } from "../components/words.ts";
import { entryFields, fieldName } from "../imports/field-names.ts";
import { type FileReading, readingParameters } from "../imports/file-reading.ts";
import { FormatFields } from "../imports/format-fields.tsx";
import { MappingTable } from "../imports/mapping-table.tsx";
import { RejectedRowsTable } from "../imports/rejected-rows-table.tsx";
import { useFilePreview } from "../imports/use-file-preview.ts";

interface Props {
  suppressionListId: string;
  file: File;
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  onImport: () => void;
}

/** Shows how a file of entries is read, and lets the person correct it before anybody is suppressed. */
export function EntryReadingForm({ suppressionListId, file, reading, onReading, onImport }: Props) {
  const preview = useEntryPreview(suppressionListId, file, reading);
  const setColumn = (header: string, field: string) =>
    onReading({ ...reading, mapping: { ...reading.mapping, [header]: field } });
  return (
    <QueryView what="The preview" query={preview}>
      {(understood) => (
        <Stack gap="lg" aria-busy={preview.isFetching}>
          {preview.error && <ErrorPanel title="It cannot be read in this way" error={preview.error} />}
          <FormatFields
            reading={reading}
            onReading={onReading}
            found={understood}
            otherwise="Your organisation's own"
          />
          {understood.columns.some(({ header }) => header !== "") && (
            <MappingTable columns={understood.columns} fields={entryFields} onChange={setColumn} />
          )}
          {hasValue(understood) ? (
            <PreviewEntries preview={understood} />
          ) : (
            <Alert color="orange" title="No column holds whom not to contact">
              Say which ones do: choose “{fieldName("value")}” for each such column.
            </Alert>
          )}
          <Group>
            <Button
              size="md"
              onClick={onImport}
              disabled={preview.isFetching || preview.isError || !hasValue(understood)}
            >
              Import
            </Button>
            <Text size="sm" c="dimmed">
              They hold together, from when the whole file has been read.
            </Text>
          </Group>
        </Stack>
      )}
    </QueryView>
  );
}

const columns: readonly TableColumn<SuppressionEntry>[] = [
  { name: "Not to be contacted", cell: ({ value }) => value },
  { name: "Why", cell: ({ reason }) => reason || <NoValue /> },
  { name: "From", cell: ({ fromTime }) => <Instant at={fromTime} /> },
  { name: "Until", cell: ({ untilTime }) => <Instant at={untilTime} /> },
];

function PreviewEntries({ preview: { entries, rejectedRows, rowsRead } }: { preview: PreviewEntriesResponse }) {
  return (
    <Stack gap="sm">
      <Text fw={600}>The first entries</Text>
      {entries.length === 0 && <Text size="sm">None of the first {counted(rowsRead, "row")} gives one.</Text>}
      {entries.length > 0 && (
        <RowsTable
          label="Preview of entries"
          columns={columns}
          rows={entries}
          rowKey={({ value }, place) => `${place} ${value}`}
          isDense
        />
      )}
      {rejectedRows.length > 0 && (
        <>
          <Text fw={600}>Not understood among the first {counted(rowsRead, "row")}</Text>
          <RejectedRowsTable rows={rejectedRows} />
        </>
      )}
    </Stack>
  );
}

const hasValue = ({ columns }: PreviewEntriesResponse): boolean => columns.some(({ field }) => field === "value");

const useEntryPreview = (
  suppressionListId: string,
  file: File,
  reading: FileReading,
): UseQueryResult<PreviewEntriesResponse> =>
  useFilePreview(["preview-entries", suppressionListId], { file, reading }, (upload) => {
    const params = { path: { suppressionListId }, query: given(readingParameters(reading)) };
    return answerOf(api.POST("/v1/suppression-lists/{suppressionListId}/entries:previewImport", { params, ...upload }));
  });
