import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { Text, VisuallyHidden } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { figure } from "../components/words.ts";
import { useZoneNamed } from "../components/zone-name.tsx";
import type { Sample } from "./use-history.ts";

interface Props {
  samples: readonly Sample[];
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
/** From this length on, the time of day needs the date too. */
const longMs = 20 * 3_600_000;

const series = [
  { name: "attempted", label: "Attempted", color: "teal.6" },
  { name: "refused", label: "Not contacted", color: "orange.6" },
  { name: "waiting", label: "Waiting", color: "gray.5" },
];

/** Stacked areas have no line of their own: an area without a count would hide the line below it. */
const bandAlone = { strokeWidth: 0 };

/** Shows how the counts of a run changed. For people who cannot see the chart, it is also described in words. */
export function ProgressChart({ samples }: Props) {
  const isStill = useReducedMotion();
  useZoneNamed();
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || samples.length < 2) return <Text c="dimmed">The chart begins with the next change.</Text>;
  return (
    <figure style={{ margin: 0 }}>
      <AreaChart
        h={260}
        data={[...samples]}
        dataKey="at"
        type="stacked"
        series={series}
        withLegend
        withDots={false}
        fillOpacity={0.4}
        curveType="stepAfter"
        valueFormatter={figure}
        xAxisProps={{
          type: "number",
          domain: ["dataMin", "dataMax"],
          tickFormatter: (at: number) => (last.at - first.at > longMs ? dayAndClock : clock).format(at),
        }}
        tooltipProps={{ labelFormatter: (at: unknown) => (typeof at === "number" ? exact.format(at) : "") }}
        areaProps={({ name }) => ({
          isAnimationActive: !isStill && samples.length < 3,
          ...(name !== "attempted" && bandAlone),
        })}
        aria-hidden
      />
      <VisuallyHidden component="figcaption">
        {`From ${exact.format(first.at)} to ${exact.format(last.at)}: ${inWords(first)} at the beginning, ${inWords(last)} at the end.`}
      </VisuallyHidden>
    </figure>
  );
}

const inWords = ({ attempted, refused, waiting }: Sample): string =>
  `${figure(attempted)} attempted, ${figure(refused)} not contacted and ${figure(waiting)} waiting`;
