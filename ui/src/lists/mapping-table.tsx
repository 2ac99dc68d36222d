import { Autocomplete, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ColumnPreview } from "../api/contract.ts";
import { isFieldName, knownFields } from "./import-fields.ts";

interface Props {
  columns: readonly ColumnPreview[];
  /** The fields that are offered: those of contacts unless said otherwise. */
  fields?: readonly { group: string; items: string[] }[];
  onChange: (header: string, field: string) => void;
}

/** Which column of the file becomes which field. Each can be corrected; an empty field leaves the column out. */
export function MappingTable({ columns, fields = knownFields, onChange }: Props) {
  return (
    <Table.ScrollContainer minWidth={600} type="native">
      <Table aria-label="Mapping of the columns" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Column of the file</Table.Th>
            <Table.Th scope="col">Its first values</Table.Th>
            <Table.Th scope="col">Becomes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column, index) => (
            <Table.Tr key={`${index} ${column.header}`}>
              <Table.Td fw={550}>{column.header}</Table.Td>
              <Table.Td maw={280}>
                <Text size="sm" c="dimmed" truncate>
                  {column.samples.filter(Boolean).join(" · ")}
                </Text>
              </Table.Td>
              <Table.Td w={240}>
                <FieldChoice
                  key={column.field}
                  header={column.header}
                  field={column.field}
                  fields={fields}
                  onChange={(field) => onChange(column.header, field)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface ChoiceProps {
  header: string;
  field: string;
  fields: readonly { group: string; items: string[] }[];
  onChange: (field: string) => void;
}

// Typing changes nothing until it is done, so that the preview is not asked for at every letter.
function FieldChoice({ header, field, fields, onChange }: ChoiceProps) {
  const [typed, setTyped] = useState(field);
  const isRight = isFieldName(typed);
  const settle = (value: string) => {
    if (value !== field && isFieldName(value)) onChange(value);
  };
  return (
    <Autocomplete
      aria-label={`Field for the column ${header}`}
      size="xs"
      data={fields}
      placeholder="Left out"
      value={typed}
      onChange={setTyped}
      onOptionSubmit={settle}
      onBlur={() => settle(typed)}
      error={isRight ? undefined : "Letters, digits and underscores only"}
      clearable
      onClear={() => settle("")}
    />
  );
}
