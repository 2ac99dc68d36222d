import { Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OptOut } from "../api/contract.ts";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { withdrawOptOut } from "./queries.ts";

/** Ends one opt-out. The reason is kept. */
export function WithdrawModal({ optOut, onClose }: { optOut: OptOut; onClose: () => void }) {
  const form = useForm({ initialValues: { reason: "" }, validate: { reason: required("A reason") } });
  const withdraw = useMutation({
    ...withdrawOptOut(useQueryClient(), optOut.id),
    onError: (error) => showFaults(form, error),
  });
  const done = () => {
    notifyDone(`The opt-out of ${optOut.contactInfo} has ended.`);
    onClose();
  };
  return (
    <FormModal
      title={`End the opt-out of ${optOut.contactInfo}`}
      submitLabel="End it"
      isOpen
      onClose={onClose}
      isPending={withdraw.isPending}
      error={withdraw.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(({ reason }) => withdraw.mutate(reason, { onSuccess: done }))}
    >
      <Text>
        From then on this person can be contacted again, unless another opt-out or a suppression list holds. The reason
        is kept with your name.
      </Text>
      <TextInput
        label="Why"
        description="That it was no refusal, or how and when the person consented again."
        required
        maxLength={200}
        data-autofocus
        {...form.getInputProps("reason")}
      />
    </FormModal>
  );
}
