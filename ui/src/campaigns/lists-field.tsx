import { Anchor, MultiSelect, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { ContactList } from "../api/contract.ts";
import { counted } from "../components/words.ts";
import { listQuery, listsPages } from "../lists/queries.ts";
import type { CampaignFormState } from "./campaign-values.ts";

const choicesShown = 50;
const searchAfterMs = 300;

/** The newest lists whose names contain a text. */
const listChoicesQuery = (text: string) => {
  const { queryKey, fetchPage } = listsPages(text);
  return queryOptions({
    queryKey: [...queryKey, "choices"],
    queryFn: async ({ signal }) => (await fetchPage({ pageSize: choicesShown, pageToken: "" }, signal)).rows,
    placeholderData: keepPreviousData,
  });
};

/** Chooses the contact lists of a campaign. The server searches for them. */
export function ListsField({ form, disabled }: { form: CampaignFormState; disabled: boolean }) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), searchAfterMs);
  const { data: found, isPending, error } = useQuery(listChoicesQuery(asked));
  const chosen = useQueries({ queries: form.values.contactListIds.map(listQuery) }).flatMap(({ data }) => data ?? []);
  return (
    <>
      <MultiSelect
        label="Contact lists"
        description={disabled ? "Fixed once it is loaded." : undefined}
        placeholder={isPending ? "Loading the lists" : undefined}
        required
        searchable
        searchValue={text}
        onSearchChange={setText}
        clearable
        disabled={disabled}
        data={choicesOf([...chosen, ...(found ?? [])])}
        nothingFoundMessage="No list has such a name"
        {...form.getInputProps("contactListIds")}
        error={form.errors.contactListIds ?? (error && `The lists could not be loaded: ${error.message}`)}
      />
      {asked === "" && found?.length === 0 && (
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

/** Each list once. */
const choicesOf = (lists: readonly ContactList[]) =>
  [...new Map(lists.map((list) => [list.id, list])).values()].map(({ id, name, recordCount }) => ({
    value: id,
    label: `${name} (${counted(recordCount, "record")})`,
  }));
