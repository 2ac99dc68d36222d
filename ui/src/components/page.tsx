import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import type { PropsWithChildren, ReactNode } from "react";
import { Link } from "react-router";
import { LeftIcon } from "./icons.tsx";
import { usePageFocus } from "./use-page-focus.ts";
import { WithZoneName } from "./zone-name.tsx";

interface Props {
  title: string;
  /** One line about what the page is for, or about the thing it shows. */
  about?: ReactNode;
  /** Shown next to the title: the state of the thing. */
  badge?: ReactNode;
  /** Buttons for what can be done, the most usual first. */
  actions?: ReactNode;
  /** The page above this one. */
  parent?: { label: string; to: string };
}

/** The frame of every page. Its heading gets the focus when the page opens, so that screen readers begin there. It names the zone of the page's times. */
export function Page({ title, about, badge, actions, parent, children }: PropsWithChildren<Props>) {
  const heading = usePageFocus();
  const head = (zone: ReactNode) => (
    <Stack gap={4}>
      {parent && (
        <Anchor component={Link} to={parent.to} fz="sm" w="fit-content" className="with-icon">
          <LeftIcon />
          {parent.label}
        </Anchor>
      )}
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Title order={1} size="h2" ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {badge}
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      <Group justify="space-between" gap="xs" mih="1.55em">
        <Text c="dimmed" size="sm" component="div">
          {about}
        </Text>
        {zone}
      </Group>
    </Stack>
  );
  return (
    <Stack gap="lg">
      <title>{`${title} · Herald`}</title>
      <WithZoneName head={head}>{children}</WithZoneName>
    </Stack>
  );
}
