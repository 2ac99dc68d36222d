import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { PropsWithChildren } from "react";
import type { PreviewImportResponse } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { contactFields } from "../imports/field-names.ts";
import type { FileReading } from "../imports/file-reading.ts";
import { FormatFields } from "../imports/format-fields.tsx";
import { MappingTable } from "../imports/mapping-table.tsx";
import { PreviewRows } from "./preview-rows.tsx";
import { usePreview } from "./use-preview.ts";

interface Props {
  file: File;
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  onImport: () => void;
}

/** Shows how the file is read, and lets the person correct it before anything is stored. The children are further questions. */
export function ReadingForm({ file, reading, onReading, onImport, children }: PropsWithChildren<Props>) {
  const preview = usePreview(file, reading);
  const setColumn = (header: string, field: string) =>
    onReading({ ...reading, mapping: { ...reading.mapping, [header]: field } });
  return (
    <QueryView what="The preview" query={preview}>
      {(understood) => (
        <Stack gap="lg" aria-busy={preview.isFetching}>
          {preview.error && <ErrorPanel title="It cannot be read in this way" error={preview.error} />}
          <FormatFields reading={reading} onReading={onReading} found={understood} otherwise="The list's own" />
          <MappingTable columns={understood.columns} fields={contactFields} takesOwnNames onChange={setColumn} />
          {hasDevice(understood) ? (
            <PreviewRows
              records={understood.records}
              rejectedRows={understood.rejectedRows}
              rowsRead={understood.rowsRead}
            />
          ) : (
            <Alert color="orange" title="No column is a phone number or an email address">
              Say which one is: choose “Phone or email 1” for its column.
            </Alert>
          )}
          {children}
          <Group>
            <Button
              size="md"
              onClick={onImport}
              disabled={preview.isFetching || preview.isError || !hasDevice(understood)}
            >
              Import
            </Button>
            <Text size="sm" c="dimmed">
              All accepted rows become visible together, when the whole file has been read.
            </Text>
          </Group>
        </Stack>
      )}
    </QueryView>
  );
}

const hasDevice = ({ columns }: PreviewImportResponse): boolean =>
  columns.some(({ field }) => /^device\d+$/.test(field));
