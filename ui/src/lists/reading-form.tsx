import { Alert, Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from "@mantine/core";
import type { ImportMode, PreviewImportResponse } from "../api/contract.ts";
import { Awaited } from "../components/awaited.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { delimiters, encodings, type FileReading } from "./import-fields.ts";
import { MappingTable } from "./mapping-table.tsx";
import { PreviewRows } from "./preview-rows.tsx";
import { usePreview } from "./use-preview.ts";

interface Props {
  file: File;
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  mode: ImportMode;
  onMode: (mode: ImportMode) => void;
  onImport: () => void;
}

/** Shows how the file is understood, and lets the person correct it before anything is kept. */
export function ReadingForm({ file, reading, onReading, mode, onMode, onImport }: Props) {
  const preview = usePreview(file, reading);
  const setColumn = (header: string, field: string) =>
    onReading({ ...reading, mapping: { ...reading.mapping, [header]: field } });
  return (
    <Awaited what="The preview" query={preview}>
      {(understood) => (
        <Stack gap="lg" aria-busy={preview.isFetching}>
          {preview.error && <ErrorPanel title="It cannot be read in this way" error={preview.error} />}
          <FormatFields
            reading={reading}
            onReading={onReading}
            found={{ encoding: understood.encoding, delimiter: understood.delimiter }}
          />
          <MappingTable columns={understood.columns} onChange={setColumn} />
          {hasDevice(understood) ? (
            <PreviewRows records={understood.records} rejectedRows={understood.rejectedRows} />
          ) : (
            <Alert color="orange" title="No column is a phone number or an email address">
              Say which one is: choose “Phone or email 1” for its column.
            </Alert>
          )}
          <ModeField mode={mode} onMode={onMode} />
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
    </Awaited>
  );
}

const hasDevice = ({ columns }: PreviewImportResponse): boolean =>
  columns.some(({ field }) => /^device\d+$/.test(field));

interface FormatProps {
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  found: { encoding: string; delimiter: string };
}

function FormatFields({ reading, onReading, found }: FormatProps) {
  const separator = delimiters.find(({ value }) => value === found.delimiter)?.label ?? found.delimiter;
  return (
    <Group align="end" gap="md">
      <NativeSelect
        label="Character set"
        value={reading.encoding}
        data={[{ value: "", label: `Detected: ${found.encoding}` }, ...encodings]}
        onChange={({ currentTarget }) => onReading({ ...reading, encoding: currentTarget.value })}
      />
      <NativeSelect
        label="Separator"
        value={reading.delimiter}
        data={[{ value: "", label: `Detected: ${separator}` }, ...delimiters]}
        onChange={({ currentTarget }) => onReading({ ...reading, delimiter: currentTarget.value })}
      />
      <RegionField
        region={reading.defaultRegion}
        onRegion={(defaultRegion) => onReading({ ...reading, defaultRegion })}
      />
    </Group>
  );
}

function RegionField({ region, onRegion }: { region: string; onRegion: (region: string) => void }) {
  return (
    <TextInput
      label="Country of numbers without a country code"
      placeholder="The list's own"
      maxLength={2}
      defaultValue={region}
      onBlur={({ currentTarget }) => onRegion(currentTarget.value.trim().toUpperCase())}
    />
  );
}

function ModeField({ mode, onMode }: { mode: ImportMode; onMode: (mode: ImportMode) => void }) {
  return (
    <Radio.Group label="What happens to the records that are there" value={mode} onChange={(value) => onMode(value)}>
      <Group mt="xs">
        <Radio value="IMPORT_MODE_APPEND" label="Keep them, and add these" />
        <Radio value="IMPORT_MODE_REPLACE" label="Replace them, all at once" />
      </Group>
    </Radio.Group>
  );
}
