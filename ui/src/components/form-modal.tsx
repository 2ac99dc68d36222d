import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEventHandler, PropsWithChildren } from "react";
import { ErrorPanel } from "./error-panel.tsx";
import { formField } from "./form-rules.ts";

interface Props {
  title: string;
  /** The label of the submit button, as a verb. */
  submitLabel: string;
  isOpen: boolean;
  onClose: () => void;
  isPending: boolean;
  error: Error | null;
  /** The fields of the form, which show their own faults. */
  shownFields: readonly string[];
  onSubmit: FormEventHandler<HTMLFormElement>;
}

/** A short form in a dialog, with the server's error messages. */
export function FormModal({
  title,
  submitLabel,
  isOpen,
  onClose,
  isPending,
  error,
  shownFields,
  onSubmit,
  children,
}: PropsWithChildren<Props>) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      // A click outside must not discard what was typed.
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          {error && (
            <ErrorPanel
              title="Not saved"
              error={error}
              isShownElsewhere={(field) => shownFields.includes(formField(field))}
            />
          )}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
