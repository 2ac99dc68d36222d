import { Group, Input, NativeSelect, NumberInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

const units = [
  { label: "seconds", seconds: 1 },
  { label: "minutes", seconds: 60 },
  { label: "hours", seconds: 3_600 },
  { label: "days", seconds: 86_400 },
];

interface Props {
  label: string;
  /** The length in seconds. */
  value: number;
  onChange: (seconds: number) => void;
  error?: ReactNode;
}

/** A field for a length of time, in a unit that fits. */
export function DurationField({ label, value, onChange, error }: Props) {
  const [unit, setUnit] = useState(() => fittingUnit(value));
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <Group gap={4} wrap="nowrap" mt={2}>
        <NumberInput
          aria-label={label}
          min={0}
          allowDecimal={false}
          w={84}
          value={value / unit}
          onChange={(count) => onChange(Number(count) * unit)}
          error={Boolean(error)}
        />
        <NativeSelect
          aria-label={`Unit of: ${label}`}
          value={unit}
          data={units.map(({ label: name, seconds }) => ({ value: String(seconds), label: name }))}
          onChange={({ currentTarget }) => {
            const next = Number(currentTarget.value);
            setUnit(next);
            onChange((value / unit) * next);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}

/** The largest unit in which the length is a whole number. */
const fittingUnit = (value: number): number =>
  units.findLast(({ seconds }) => value >= seconds && value % seconds === 0)?.seconds ?? 60;
