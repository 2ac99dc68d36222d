import { Autocomplete, Text } from "@mantine/core";
import { useState } from "react";
import type { ColumnPreview } from "../api/contract.ts";
import { RowsTable, type TableColumn } from "../components/rows-table.tsx";
import { type FieldGroups, fieldName, fieldOf, isFieldName } from "./field-names.ts";

interface Props {
  columns: readonly ColumnPreview[];
  /** The fields that are offered. */
  fields: FieldGroups;
  /** True if a column may also become a custom field, whose name can be typed. */
  takesOwnNames?: boolean;
  onChange: (header: string, field: string) => void;
}

/** Shows which column of the file becomes which field. Each can be corrected; an empty field leaves the column out. */
export function MappingTable(props: Props) {
  return (
    <RowsTable
      label="Mapping of the columns"
      columns={mappingColumns(props)}
      rows={props.columns}
      rowKey={({ header }, place) => `${place} ${header}`}
      isDense
    />
  );
}

const mappingColumns = ({ fields, takesOwnNames = false, onChange }: Props): TableColumn<ColumnPreview>[] => [
  { name: "Column of the file", cell: ({ header }) => <b>{header}</b> },
  {
    name: "Its first values",
    cell: ({ samples }) => (
      <Text size="sm" c="dimmed" lineClamp={2}>
        {samples.filter(Boolean).join(" · ")}
      </Text>
    ),
  },
  {
    name: "Becomes",
    cell: ({ header, field }) => (
      <FieldChoice
        key={field}
        header={header}
        field={field}
        fields={fields}
        takesOwnNames={takesOwnNames}
        onChange={(chosen) => onChange(header, chosen)}
      />
    ),
  },
];

interface ChoiceProps {
  header: string;
  field: string;
  fields: FieldGroups;
  takesOwnNames: boolean;
  onChange: (field: string) => void;
}

// Typing takes effect only at its end, so that the preview is not loaded again for every letter.
function FieldChoice({ header, field, fields, takesOwnNames, onChange }: ChoiceProps) {
  const [typed, setTyped] = useState(fieldName(field));
  const isOffered = (name: string) => name === "" || fields.some(({ items }) => items.includes(name));
  const isRight = takesOwnNames ? isFieldName(fieldOf(typed)) : isOffered(fieldOf(typed));
  const settle = (text: string) => {
    const chosen = fieldOf(text);
    if (chosen !== field && (takesOwnNames ? isFieldName(chosen) : isOffered(chosen))) onChange(chosen);
  };
  return (
    <Autocomplete
      aria-label={`Field for the column ${header}`}
      size="xs"
      miw={{ sm: 200 }}
      data={fields.map(({ group, items }) => ({ group, items: items.map(fieldName) }))}
      placeholder="Left out"
      value={typed}
      onChange={setTyped}
      onOptionSubmit={settle}
      onBlur={() => settle(typed)}
      error={
        isRight ? undefined : takesOwnNames ? "Letters, digits and underscores only" : "Choose one of those offered"
      }
      clearable
      onClear={() => settle("")}
    />
  );
}
