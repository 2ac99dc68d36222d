import { sentence } from "../components/words.ts";

/** What a message is about, in words for people. */
const topics: Readonly<Record<string, string>> = {
  audit: "Audit trail",
  campaigns: "Results for campaigns",
  compliance: "Results for attempt caps",
  contacts: "History of contacts",
  job_ends: "Ends of jobs",
  opt_outs: "Opt-outs",
  results: "Results of attempts",
};

/** The topics in the filter. */
export const topicNames: readonly string[] = Object.keys(topics);

export const topicLabel = (topic: string): string => topics[topic] ?? sentence(topic);
