import { SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Progress } from "../api/contract.ts";
import { resultLabel } from "../attempts/outcome.ts";
import { Card } from "../components/card.tsx";
import { Instant } from "../components/instant.tsx";
import { Stat, Stats } from "../components/stat.tsx";
import { Tally } from "../components/tally.tsx";
import { counted, figure } from "../components/words.ts";
import { Stalls } from "./stalls.tsx";
import { RunChoice } from "./run-choice.tsx";
import type { History } from "./use-history.ts";

// The chart library is by far the largest part of the application; only this page needs it.
const ProgressChart = lazy(async () => ({ default: (await import("./progress-chart.tsx")).ProgressChart }));

interface Props {
  progress: Progress;
  history: History;
}

/** Says that a rule or a suppression list has changed, while the queue is planned by it. */
function Planning({ progress: { chainsToPlan } }: { progress: Progress }) {
  if (chainsToPlan === "0") return null;
  return (
    <Text size="sm" mb="lg" aria-live="polite">
      Rules or suppression lists have changed: {figure(chainsToPlan)} waiting contacts get their new times now. Every
      attempt already follows the new rules.
    </Text>
  );
}

/** The state of a campaign: why it makes no attempts, if so; counts, progress, results and refusals. */
export function Overview({ progress, history }: Props) {
  return (
    <>
      <Stalls progress={progress} />
      <Planning progress={progress} />
      <Stack gap="lg">
        <Counts progress={progress} />
        <Card title="Progress">
          <RunChoice history={history} />
          <Suspense fallback={<Skeleton height={240} />}>
            <ProgressChart samples={history.samples} />
          </Suspense>
        </Card>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Card title="Attempts by result">
            <Tally label="Attempts by result" counts={progress.attemptsByResult} name={resultLabel} />
            {progress.attempts === "0" && <None>No attempt has ended yet.</None>}
          </Card>
          <Card title="Refusals by reason">
            <Tally label="Refusals by reason" counts={progress.refusalsByReason} name={resultLabel} color="gray.6" />
            {Object.keys(progress.refusalsByReason).length === 0 && <None>Nothing was refused.</None>}
          </Card>
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Further title="Not contacted" counts={progress.refusedByReason} />
          <Further title="Left out when loading" counts={progress.leftOutByReason} />
        </SimpleGrid>
      </Stack>
    </>
  );
}

function Counts({ progress }: { progress: Progress }) {
  return (
    <Stats>
      <Stat label="Due" value={figure(progress.due)} note={<InQueue nextDueTime={progress.nextDueTime} />} />
      <Stat
        label="Attempted"
        value={figure(progress.attempted)}
        note={`${counted(progress.attempts, "attempt")} in all`}
      />
      <Stat label="Not contacted" value={figure(progress.refused)} note="closed without an attempt" />
      <Stat
        label="Waiting"
        value={figure(progress.waiting)}
        note={progress.waitingForLater === "0" ? "not tried yet" : `${figure(progress.waitingForLater)} until later`}
      />
      <Stat
        label="In flight"
        value={figure(progress.inFlight)}
        note={`${figure(progress.attemptsLastMinute)} begun in a minute`}
      />
      <Stat
        label="Finished"
        value={figure(progress.finished)}
        note={progress.stale !== "0" && `${figure(progress.stale)} of unknown fate`}
      />
    </Stats>
  );
}

function InQueue({ nextDueTime }: Pick<Progress, "nextDueTime">) {
  if (!nextDueTime) return "contacts in the queue";
  return (
    <>
      contacts in the queue, the next one on <Instant at={nextDueTime} />
    </>
  );
}

/** Counts that are only shown if there are any. */
function Further({ title, counts }: { title: string; counts: Progress["leftOutByReason"] }) {
  if (Object.keys(counts).length === 0) return null;
  return (
    <Card title={title}>
      <Tally label={title} counts={counts} name={resultLabel} color="gray.6" />
    </Card>
  );
}

function None({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
