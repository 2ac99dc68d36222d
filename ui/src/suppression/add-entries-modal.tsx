import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SuppressionList } from "../api/contract.ts";
import { asFailure } from "../api/failure.ts";
import { FormModal } from "../components/form-modal.tsx";
import { required } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { counted } from "../components/words.ts";
import { readersZoneLabel } from "../components/zone.ts";
import { addEntries } from "./queries.ts";

interface Props {
  list: SuppressionList;
  onClose: () => void;
}

interface Values {
  values: string;
  reason: string;
  until: string;
}

const mostEntries = 1_000;

/** Adds entries that are typed or pasted, one per line. All are added or none. */
export function AddEntriesModal({ list, onClose }: Props) {
  const form = useForm<Values>({
    initialValues: { values: "", reason: "", until: "" },
    validate: { values: (text) => required("At least one entry")(text) ?? tooMany(text) },
  });
  const add = useMutation(addEntries(useQueryClient(), list.id));
  const send = ({ values, reason, until }: Values) => {
    const untilTime = until === "" ? undefined : new Date(until).toISOString();
    const entries = linesOf(values).map((value) => ({ value, reason: reason.trim(), untilTime }));
    add.mutate(entries, {
      onSuccess: ({ addedCount }) => {
        notifyDone(`${counted(addedCount, "entry", "entries")} added.`);
        onClose();
      },
      onError: (error) => form.setErrors({ values: faultsByLine(error, entries) }),
    });
  };
  return (
    <FormModal
      title={`Add to ${list.name}`}
      submitLabel="Add"
      isOpen
      onClose={onClose}
      isPending={add.isPending}
      error={add.error}
      shownFields={["values"]}
      onSubmit={form.onSubmit(send)}
    >
      <Textarea
        label={list.kind === "SUPPRESSION_KIND_CLIENT_ID" ? "Client ids" : "Phone numbers and email addresses"}
        description="One a line. Numbers may be written in any usual way."
        required
        autosize
        minRows={4}
        maxRows={12}
        data-autofocus
        {...form.getInputProps("values")}
      />
      <TextInput label="Why" placeholder="Asked by phone" maxLength={200} {...form.getInputProps("reason")} />
      <TextInput
        type="datetime-local"
        label="Until"
        description={`In ${readersZoneLabel()}. Empty means for ever.`}
        {...form.getInputProps("until")}
      />
    </FormModal>
  );
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

const tooMany = (text: string): string | null =>
  linesOf(text).length > mostEntries ? `At most ${mostEntries} at once; import a file for more.` : null;

/** The server names entries by position (`entries[2].value`); people recognise them by what they typed. */
function faultsByLine(error: unknown, entries: readonly { value: string }[]): string | null {
  const faults = asFailure(error).fields.map(({ field, description }) => {
    const place = /entries[[.](\d+)/.exec(field)?.[1];
    return `${place === undefined ? field : entries[Number(place)]?.value}: ${description}`;
  });
  return faults.length === 0 ? null : faults.join(" ");
}
