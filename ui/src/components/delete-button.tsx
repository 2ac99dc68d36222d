import { Button } from "@mantine/core";
import { useMutation, type UseMutationOptions } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useConfirm } from "./confirm.tsx";
import { TrashIcon } from "./icons.tsx";
import { notifyDone, notifyFailure } from "./notify.ts";

interface Props {
  /** The name of the object. */
  name: string;
  /** The kind of object, in lower case: `list`. */
  what: string;
  /** What will happen, shown with the question. */
  consequence: string;
  deletion: UseMutationOptions<object>;
  /** The page to open after the deletion. */
  leadsTo: string;
  disabled: boolean;
}

/** Deletes what a page shows, after a question. */
export function DeleteButton({ name, what, consequence, deletion, leadsTo, disabled }: Props) {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useMutation({ ...deletion, onError: notifyFailure(`The ${what} could not be deleted`) });
  const ask = async () => {
    const question = { title: `Delete “${name}”?`, body: consequence, confirmLabel: `Delete the ${what}` };
    if (!(await confirm({ ...question, isDangerous: true }))) return;
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(`“${name}” is deleted.`);
        void navigate(leadsTo, { replace: true });
      },
    });
  };
  return (
    <Button
      variant="default"
      c="var(--mantine-color-error)"
      leftSection={<TrashIcon />}
      loading={remove.isPending}
      onClick={() => void ask()}
      disabled={disabled}
    >
      Delete
    </Button>
  );
}
