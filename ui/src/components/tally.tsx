import { Group, Progress, Stack, Text } from "@mantine/core";
import { figure } from "./words.ts";

interface Props {
  label: string;
  /** Counts by name, as the contract sends them. */
  counts: Readonly<Record<string, string>>;
  /** True if nothing nearby says what is counted. */
  withTitle?: boolean;
  /** The label of a name. */
  name: (name: string) => string;
  color?: string;
}

/** Counts by name, the highest first, with a bar for each one's share. Shows nothing if there are no counts. */
export function Tally({ label, withTitle = false, counts, name, color }: Props) {
  const entries = Object.entries(counts)
    .map(([key, count]) => [key, Number(count)] as const)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one);
  const most = entries[0]?.[1] ?? 0;
  if (most === 0) return null;
  return (
    <Stack gap="xs">
      {withTitle && (
        <Text size="sm" fw={600}>
          {label}
        </Text>
      )}
      <Stack component="ul" gap="xs" aria-label={label} m={0} p={0} style={{ listStyle: "none" }}>
        {entries.map(([key, count]) => (
          <li key={key}>
            <Group justify="space-between" gap="sm" wrap="nowrap">
              <Text size="sm">{name(key)}</Text>
              <Text size="sm" fw={600} className="figures">
                {figure(count)}
              </Text>
            </Group>
            <Progress value={(count / most) * 100} size="sm" color={color} aria-hidden />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
