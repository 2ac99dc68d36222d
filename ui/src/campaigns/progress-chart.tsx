import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { Text, VisuallyHidden } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import type { Progress } from "../api/contract.ts";
import { figure } from "../components/words.ts";
import type { Sample } from "./use-samples.ts";

interface Props {
  progress: Progress;
  samples: readonly Sample[];
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const timeLabel = (at: unknown): string => (typeof at === "number" ? clock.format(at) : "");

const series = [
  { name: "attempted", label: "Attempted", color: "teal.6" },
  { name: "refused", label: "Not contacted", color: "orange.6" },
  { name: "waiting", label: "Waiting", color: "gray.5" },
];

/** How the counts moved since the page was opened. What it shows is also said in words, for those who do not see it. */
export function ProgressChart({ progress, samples }: Props) {
  const isStill = useReducedMotion();
  if (samples.length < 2) return <Text c="dimmed">The chart begins with the next change.</Text>;
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
        curveType="stepAfter"
        valueFormatter={figure}
        xAxisProps={{
          type: "number",
          domain: ["dataMin", "dataMax"],
          tickFormatter: timeLabel,
        }}
        tooltipProps={{ labelFormatter: timeLabel }}
        areaProps={{ isAnimationActive: !isStill && samples.length < 3 }}
        aria-hidden
      />
      <VisuallyHidden component="figcaption">
        {`Of ${figure(progress.due)} contacts, ${figure(progress.attempted)} were attempted, ${figure(progress.refused)} not contacted and ${figure(progress.waiting)} wait.`}
      </VisuallyHidden>
    </figure>
  );
}
