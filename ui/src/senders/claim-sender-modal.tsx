import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Sender } from "../api/contract.ts";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { claimSender } from "./queries.ts";

/** Claims a sender for the tenant. */
export function ClaimSenderModal({ onClose }: { onClose: () => void }) {
  const form = useForm({ initialValues: { sender: "" }, validate: { sender: required("A sender") } });
  const claim = useMutation({ ...claimSender(useQueryClient()), onError: (error) => showFaults(form, error) });
  const done = (sender: Sender) => {
    notifyDone(
      sender.claimTime
        ? `${sender.address} is yours.`
        : `${sender.address} serves everybody: the platform shares it, and nobody can claim it.`,
    );
    onClose();
  };
  return (
    <FormModal
      title="Claim a sender"
      submitLabel="Claim"
      isOpen
      onClose={onClose}
      isPending={claim.isPending}
      error={claim.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(({ sender }) => claim.mutate(sender, { onSuccess: done }))}
    >
      <TextInput
        label="Sender"
        description="A phone number with its country code, a short code, a name, or a domain of email such as @example.com, with all below it."
        placeholder="+12125550123"
        required
        maxLength={320}
        data-autofocus
        {...form.getInputProps("sender")}
      />
    </FormModal>
  );
}
