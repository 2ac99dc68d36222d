import { NativeSelect } from "@mantine/core";
import type { History } from "./use-history.ts";

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Chooses which run is shown, if there are several. */
export function RunChoice({ history: { run, runs, choose } }: { history: History }) {
  if (runs.length < 2) return null;
  return (
    <NativeSelect
      label="Run"
      w={260}
      mb="md"
      value={run?.number ?? 0}
      onChange={(event) => {
        const number = Number(event.currentTarget.value);
        choose(number === runs[0]?.number ? 0 : number);
      }}
      data={runs.map(({ number, startTime }) => ({
        value: String(number),
        label: startTime ? `${number}, begun ${dayAndTime.format(new Date(startTime))}` : String(number),
      }))}
    />
  );
}
