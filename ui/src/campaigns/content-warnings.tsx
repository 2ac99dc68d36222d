import { Alert, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MessageContent } from "../api/contract.ts";
import { contentCheckQuery } from "./queries.ts";

const pauseMs = 400;

/** Says what in a content would stay empty for people of the lists, while it is written. */
export function ContentWarnings({ contactListIds, content }: { contactListIds: string[]; content: MessageContent }) {
  const [asked] = useDebouncedValue({ contactListIds, content }, pauseMs);
  const { data } = useQuery({
    ...contentCheckQuery(asked.contactListIds, asked.content),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="xs" aria-live="polite">
      {data?.placeholderProblems.map(({ field, name, explanation }) => (
        <Alert key={`${field} ${name}`} color="orange" title={`{{ ${name} }}`}>
          {explanation}
        </Alert>
      ))}
    </Stack>
  );
}
