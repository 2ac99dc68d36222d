import { Group, type MantineSpacing, Paper, Stack, Title } from "@mantine/core";
import { type PropsWithChildren, type ReactNode, useId } from "react";

interface Props {
  title?: string;
  actions?: ReactNode;
  padding?: MantineSpacing;
}

/** A part of a page with a title. Screen readers can jump from one to the next. */
export function Card({ title, actions, padding = "lg", children }: PropsWithChildren<Props>) {
  const titleId = useId();
  return (
    <Paper component="section" className="card" p={padding} aria-labelledby={title ? titleId : undefined}>
      <Stack gap="md">
        {(title ?? actions) && (
          <Group justify="space-between" gap="sm">
            <Title order={2} size="h4" id={titleId}>
              {title}
            </Title>
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  );
}
