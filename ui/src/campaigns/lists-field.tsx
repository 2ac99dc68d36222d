import { Anchor, MultiSelect, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../api/client.ts";
import { answerOf } from "../api/failure.ts";
import { counted } from "../components/words.ts";
import type { CampaignForm } from "./campaign-form.tsx";

/** The most that one page of the contract holds. */
const mostChoices = 500;

const listChoicesQuery = queryOptions({
  queryKey: ["contact-lists", "choices"],
  queryFn: async ({ signal }) => {
    const params = { query: { pageSize: mostChoices } };
    const { contactLists } = await answerOf(api.GET("/v1/contact-lists", { params, signal }));
    return contactLists.map(({ id, name, recordCount }) => ({
      value: id,
      label: `${name} (${counted(recordCount, "record")})`,
    }));
  },
});

/** The contact lists that a campaign draws from. */
export function ListsField({ form, disabled }: { form: CampaignForm; disabled: boolean }) {
  const { data, isPending, error } = useQuery(listChoicesQuery);
  return (
    <>
      <MultiSelect
        label="Contact lists"
        description={disabled ? "Fixed once it is loaded." : undefined}
        placeholder={isPending ? "Loading the lists" : undefined}
        required
        searchable
        clearable
        disabled={disabled}
        data={data ?? []}
        nothingFoundMessage="No list has such a name"
        {...form.getInputProps("contactListIds")}
        error={form.errors.contactListIds ?? (error && `The lists could not be loaded: ${error.message}`)}
      />
      {data?.length === 0 && (
        <Text size="sm">
          There is no list yet.{" "}
          <Anchor component={Link} to="/lists">
            Make one first.
          </Anchor>
        </Text>
      )}
    </>
  );
}
