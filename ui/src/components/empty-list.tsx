import { EmptyState } from "@mantine/core";
import type { ReactNode } from "react";
import type { Icon } from "./icons.tsx";

interface Props {
  icon: Icon;
  title: string;
  /** Why there is nothing, or what to do about it. */
  children: ReactNode;
  action?: ReactNode;
}

/** Shown in place of a list without entries. */
export function EmptyList({ icon: Icon, title, children, action }: Props) {
  return (
    <EmptyState py="xl" px="md" icon={<Icon />} title={title} description={children} withIndicatorBackground>
      {action && <EmptyState.Actions>{action}</EmptyState.Actions>}
    </EmptyState>
  );
}
