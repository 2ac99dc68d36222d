import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { PreviewEntriesResponse } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import { Awaited } from "../components/awaited.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { type FileReading, readingParameters } from "../lists/import-fields.ts";
import { MappingTable } from "../lists/mapping-table.tsx";
import { FormatFields } from "../lists/reading-form.tsx";
import { RejectedRowsTable } from "../lists/rejected-rows-table.tsx";

interface Props {
  suppressionListId: string;
  file: File;
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  onImport: () => void;
}

const previewBytes = 1024 * 1024;

const entryFields = [
  { group: "Whom", items: ["value", "area"] },
  { group: "When and why", items: ["from", "until", "reason"] },
  { group: "Rows that may be contacted", items: ["do_not_contact", "consent"] },
];

/** Shows how a file of entries is understood, and lets the person correct it before anybody is suppressed. */
export function EntryReadingForm({ suppressionListId, file, reading, onReading, onImport }: Props) {
  const preview = useEntryPreview(suppressionListId, file, reading);
  const setColumn = (header: string, field: string) =>
    onReading({ ...reading, mapping: { ...reading.mapping, [header]: field } });
  return (
    <Awaited what="The preview" query={preview}>
      {(understood) => (
        <Stack gap="md" aria-busy={preview.isFetching}>
          {preview.error && <ErrorPanel title="It cannot be read in this way" error={preview.error} />}
          <FormatFields reading={reading} onReading={onReading} found={understood} />
          {understood.columns.some(({ header }) => header !== "") && (
            <MappingTable columns={understood.columns} fields={entryFields} onChange={setColumn} />
          )}
          {hasValue(understood) ? (
            <Text size="sm">
              The first entries: {understood.entries.map(({ value }) => value).join(", ") || "none"}
            </Text>
          ) : (
            <Alert color="orange" title="No column holds whom not to contact">
              Say which ones do: choose value for each column of numbers, addresses or client ids.
            </Alert>
          )}
          {understood.rejectedRows.length > 0 && <RejectedRowsTable rows={understood.rejectedRows} />}
          <Group>
            <Button onClick={onImport} disabled={preview.isFetching || preview.isError || !hasValue(understood)}>
              Import
            </Button>
          </Group>
        </Stack>
      )}
    </Awaited>
  );
}

const hasValue = ({ columns }: PreviewEntriesResponse): boolean => columns.some(({ field }) => field === "value");

function useEntryPreview(
  suppressionListId: string,
  file: File,
  reading: FileReading,
): UseQueryResult<PreviewEntriesResponse> {
  return useQuery({
    queryKey: ["preview-entries", suppressionListId, file.name, file.size, file.lastModified, reading],
    queryFn: ({ signal }) => {
      const query = given(readingParameters(reading));
      return answerOf(
        api.POST("/v1/suppression-lists/{suppressionListId}/entries:previewImport", {
          params: { path: { suppressionListId }, query },
          body: file.slice(0, previewBytes),
          bodySerializer: (body) => body,
          headers: { "content-type": "application/octet-stream" },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
