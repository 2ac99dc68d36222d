import { Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { removeEntries } from "./queries.ts";

interface Props {
  suppressionListId: string;
  /** The number, address or client id whose opt-out is taken back. */
  value: string;
  onClose: () => void;
}

/** Takes one opt-out back. The reason is stored. */
export function CorrectEntryModal({ suppressionListId, value, onClose }: Props) {
  const form = useForm({ initialValues: { reason: "" }, validate: { reason: required("A reason") } });
  const correct = useMutation({
    ...removeEntries(useQueryClient(), suppressionListId),
    onError: (error) => showFaults(form, error),
  });
  const done = () => {
    notifyDone(`${value} can be contacted again.`);
    onClose();
  };
  return (
    <FormModal
      title={`Take the opt-out of ${value} back`}
      submitLabel="Take it back"
      isOpen
      onClose={onClose}
      isPending={correct.isPending}
      error={correct.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(({ reason }) => correct.mutate({ values: [value], reason }, { onSuccess: done }))}
    >
      <Text>From then on this person can be contacted again. The reason is kept with your name under Corrections.</Text>
      <TextInput
        label="Why"
        description="That the entry was wrong, or how and when the person consented again."
        required
        maxLength={200}
        data-autofocus
        {...form.getInputProps("reason")}
      />
    </FormModal>
  );
}
