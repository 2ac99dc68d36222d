import { Alert, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { delimiterLabel, delimiters, encodings, type FileReading, type FileShape } from "./file-reading.ts";

interface Props {
  reading: FileReading;
  onReading: (reading: FileReading) => void;
  found: FileShape;
  /** Whose country is used if none is chosen here, in words. */
  otherwise: string;
}

/** Character set, separator, line of the header and country. Each is detected unless it is chosen. */
export function FormatFields(props: Props) {
  const { encoding, isEncodingGuessed, headerLine } = props.found;
  return (
    <Stack gap="sm">
      {isEncodingGuessed && (
        <Alert color="orange" title={`Detected: ${encoding}, not certain`}>
          Check the names below. Where letters are wrong, choose the character set in which the file was saved.
        </Alert>
      )}
      {Number(headerLine) > 1 && (
        <Text size="sm">The columns are named on line {headerLine}; the lines before it are taken for notes.</Text>
      )}
      <ShapeFields {...props} />
    </Stack>
  );
}

function ShapeFields({ reading, onReading, found, otherwise }: Props) {
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
        data={[{ value: "", label: `Detected: ${delimiterLabel(found.delimiter)}` }, ...delimiters]}
        onChange={({ currentTarget }) => onReading({ ...reading, delimiter: currentTarget.value })}
      />
      <NumberInput
        label="Line of the header"
        placeholder={found.headerLine === "0" ? "Detected: none" : `Detected: ${found.headerLine}`}
        min={1}
        max={10_000}
        allowDecimal={false}
        hideControls
        w={150}
        defaultValue={reading.headerLine === 0 ? "" : reading.headerLine}
        onBlur={({ currentTarget }) => onReading({ ...reading, headerLine: Number(currentTarget.value) })}
      />
      <TextInput
        label="Country of numbers without a country code"
        placeholder={otherwise}
        maxLength={2}
        defaultValue={reading.defaultRegion}
        onBlur={({ currentTarget }) =>
          onReading({ ...reading, defaultRegion: currentTarget.value.trim().toUpperCase() })
        }
      />
    </Group>
  );
}
