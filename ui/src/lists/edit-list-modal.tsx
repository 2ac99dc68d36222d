import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ContactList } from "../api/contract.ts";
import { FormModal } from "../components/form-modal.tsx";
import { showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { ListFields, listRules, type ListValues } from "./list-fields.tsx";
import { updateList } from "./queries.ts";

interface Props {
  list: ContactList;
  isOpen: boolean;
  onClose: () => void;
}

/** Changes a list's settings without overwriting changes that somebody else made in the meantime. */
export function EditListModal({ list, isOpen, onClose }: Props) {
  const { name, description, defaultRegion } = list;
  const form = useForm<ListValues>({ initialValues: { name, description, defaultRegion }, validate: listRules });
  const update = useMutation({
    ...updateList(useQueryClient(), list),
    onError: (error) => showFaults(form, error),
  });
  const save = (values: ListValues) =>
    update.mutate(values, {
      onSuccess: () => {
        notifyDone("The list is changed.");
        onClose();
      },
    });
  return (
    <FormModal
      title="Settings of the list"
      submitLabel="Save"
      isOpen={isOpen}
      onClose={onClose}
      isPending={update.isPending}
      error={update.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(save)}
    >
      <ListFields form={form} />
    </FormModal>
  );
}
