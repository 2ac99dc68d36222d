import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SuppressionList } from "../api/contract.ts";
import { FormModal } from "../components/form-modal.tsx";
import { showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { updateSuppressionList } from "./queries.ts";
import { SuppressionListFields, suppressionListRules, type SuppressionListValues } from "./suppression-list-fields.tsx";

interface Props {
  list: SuppressionList;
  onClose: () => void;
}

/** Changes a suppression list's settings without overwriting changes that somebody else made in the meantime. */
export function EditSuppressionListModal({ list, onClose }: Props) {
  const { name, description, kind, channels, required } = list;
  const form = useForm<SuppressionListValues>({
    initialValues: { name, description, kind, channels, required },
    validate: suppressionListRules,
  });
  const update = useMutation({
    ...updateSuppressionList(useQueryClient(), list),
    onError: (error) => showFaults(form, error),
  });
  const save = (values: SuppressionListValues) =>
    update.mutate(values, {
      onSuccess: () => {
        notifyDone("The suppression list is changed.");
        onClose();
      },
    });
  return (
    <FormModal
      title="Settings of the suppression list"
      submitLabel="Save"
      isOpen
      onClose={onClose}
      isPending={update.isPending}
      error={update.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(save)}
    >
      <SuppressionListFields form={form} />
    </FormModal>
  );
}
