import { Alert, Button, Group, NativeSelect, NumberInput, Radio, Stack, Text, TextInput } from "@mantine/core";
import type { PreviewImportResponse } from "../api/contract.ts";
import { Awaited } from "../components/awaited.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { delimiters, encodings, type FileReading, type FileShape, type ImportWish } from "./import-fields.ts";
import { MappingTable } from "./mapping-table.tsx";
import { PreviewRows } from "./preview-rows.tsx";
import { usePreview } from "./use-preview.ts";

interface Props {
  file: File;
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  wish: ImportWish;
  onWish: (wish: ImportWish) => void;
  onImport: () => void;
}

/** Shows how the file is understood, and lets the person correct it before anything is kept. */
export function ReadingForm({ file, reading, onReading, wish, onWish, onImport }: Props) {
  const preview = usePreview(file, reading);
  const setColumn = (header: string, field: string) =>
    onReading({ ...reading, mapping: { ...reading.mapping, [header]: field } });
  return (
    <Awaited what="The preview" query={preview}>
      {(understood) => (
        <Stack gap="lg" aria-busy={preview.isFetching}>
          {preview.error && <ErrorPanel title="It cannot be read in this way" error={preview.error} />}
          <FormatFields reading={reading} onReading={onReading} found={understood} />
          <MappingTable columns={understood.columns} onChange={setColumn} />
          {hasDevice(understood) ? (
            <PreviewRows records={understood.records} rejectedRows={understood.rejectedRows} />
          ) : (
            <Alert color="orange" title="No column is a phone number or an email address">
              Say which one is: choose “Phone or email 1” for its column.
            </Alert>
          )}
          <WishField wish={wish} onWish={onWish} />
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
  found: FileShape;
}

/** Character set, separator, line of the header and country, each found out unless it is said. */
export function FormatFields({ reading, onReading, found }: FormatProps) {
  const separator = delimiters.find(({ value }) => value === found.delimiter)?.label ?? found.delimiter;
  return (
    <Stack gap="sm">
      {found.isEncodingGuessed && (
        <Alert color="orange" title={`Detected: ${found.encoding}, not certain`}>
          Check the names below. Where letters are wrong, choose the character set in which the file was saved.
        </Alert>
      )}
      {Number(found.headerLine) > 1 && (
        <Text size="sm">
          The columns are named on line {found.headerLine}; the lines before it are taken for notes.
        </Text>
      )}
      <ShapeFields reading={reading} onReading={onReading} found={found} separator={separator} />
    </Stack>
  );
}

function ShapeFields({ reading, onReading, found, separator }: FormatProps & { separator: string }) {
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
      <HeaderLineField
        line={reading.headerLine}
        found={found.headerLine}
        onLine={(headerLine) => onReading({ ...reading, headerLine })}
      />
      <RegionField
        region={reading.defaultRegion}
        onRegion={(defaultRegion) => onReading({ ...reading, defaultRegion })}
      />
    </Group>
  );
}

function HeaderLineField({ line, found, onLine }: { line: number; found: string; onLine: (line: number) => void }) {
  return (
    <NumberInput
      label="Line of the header"
      placeholder={found === "0" ? "Detected: none" : `Detected: ${found}`}
      min={1}
      max={10_000}
      allowDecimal={false}
      hideControls
      w={150}
      defaultValue={line === 0 ? "" : line}
      onBlur={({ currentTarget }) => onLine(Number(currentTarget.value))}
    />
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

function WishField({ wish, onWish }: { wish: ImportWish; onWish: (wish: ImportWish) => void }) {
  return (
    <Radio.Group
      label="People whom the list has already, by client id, number or address"
      value={wish}
      onChange={(value) => onWish(value)}
    >
      <Stack gap={6} mt="xs">
        <Radio value="skip" label="Leave them as they are, and add the others" />
        <Radio value="update" label="Update them with the file's columns, and add the others" />
        <Radio value="add" label="Add them once more: they are in the list twice then" />
        <Radio value="replace" label="Update them, and take out everybody who is not in the file" />
      </Stack>
    </Radio.Group>
  );
}
