import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MessagePreview, PlaceholderProblem } from "../api/contract.ts";
import { recordName } from "../lists/record-name.ts";
import type { CampaignValues } from "./campaign-values.ts";
import { contentInput } from "./campaign-values.ts";
import { contentCheckQuery } from "./queries.ts";
import { useSampleRecords } from "./use-sample-records.ts";

const pauseMs = 400;

export interface ContentCheck {
  /** Placeholders that would be empty for people of the lists. */
  problems: readonly PlaceholderProblem[];
  preview: MessagePreview | undefined;
  /** The person whose values fill it; empty if it is filled with examples. */
  personName: string;
  /** Shows it for the next person; absent if there is at most one. */
  onSomebodyElse: (() => void) | undefined;
}

/** Asks the service, while somebody writes, what is wrong with a content and how it will look for a person of the first list. */
export function useContentCheck(values: CampaignValues): ContentCheck {
  const { channel, contactListIds } = values;
  const records = useSampleRecords(contactListIds[0]);
  const [place, setPlace] = useState(0);
  const record = records[place % Math.max(records.length, 1)];
  const chosen = record && { contactListId: contactListIds[0] ?? "", recordId: record.id };
  const [asked] = useDebouncedValue(
    JSON.stringify({ channel, contactListIds, content: contentInput(values), ...chosen }),
    pauseMs,
  );
  const { data } = useQuery({ ...contentCheckQuery(asked), placeholderData: keepPreviousData });
  return {
    // Without a list every name would be unknown.
    problems: contactListIds.length > 0 ? (data?.placeholderProblems ?? []) : [],
    preview: isWritten(values) ? data?.preview : undefined,
    personName: record ? recordName(record) : "",
    onSomebodyElse: records.length > 1 ? () => setPlace(place + 1) : undefined,
  };
}

/** For an empty form, leaves out the message that nothing can be sent. */
const isWritten = ({ content: { subject, text, html, messageTemplateId = "" } }: CampaignValues): boolean =>
  [subject, text, html, messageTemplateId].some((part) => part.trim() !== "");
