import { Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { required } from "../components/form-rules.ts";

export interface ListValues {
  name: string;
  description: string;
  defaultRegion: string;
}

/** Checks a list's settings before they are sent. */
export const listRules = {
  name: required("A name"),
  defaultRegion: (region: string) =>
    /^([A-Za-z]{2})?$/.test(region) ? null : "Two letters, such as US, or nothing for the tenant's own country.",
};

/** The settings of a list, in a form. */
export function ListFields({ form }: { form: UseFormReturnType<ListValues> }) {
  return (
    <>
      <TextInput label="Name" required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Textarea label="Description" autosize minRows={2} maxLength={500} {...form.getInputProps("description")} />
      <TextInput
        label="Country of the numbers"
        description="For numbers written without a country code, such as US. Empty means the tenant's."
        maxLength={2}
        w={280}
        {...form.getInputProps("defaultRegion")}
      />
    </>
  );
}
