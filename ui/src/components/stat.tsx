import { Paper, SimpleGrid, Text } from "@mantine/core";
import type { PropsWithChildren, ReactNode } from "react";

/** Figures side by side. */
export function Stats({ children }: PropsWithChildren) {
  return (
    <SimpleGrid component="dl" minColWidth={140} autoFlow="auto-fit" spacing="sm" m={0}>
      {children}
    </SimpleGrid>
  );
}

/** One figure with its name. */
export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <Paper className="card" px="md" py="sm">
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} size="xl" fw={650} className="figures">
        {value}
      </Text>
      {note && (
        <Text component="dd" m={0} size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Paper>
  );
}
