import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const undoForMs = 10_000;

/** Says that something was done, and offers to undo it for a while. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: undoForMs,
    withBorder: true,
    closeButtonProps: { "aria-label": "Dismiss" },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="default" onClick={takeBack}>
          Undo
        </Button>
      </Group>
    ),
  });
}
