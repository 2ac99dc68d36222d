import { Anchor, Group, Skeleton, Text } from "@mantine/core";
import { Link } from "react-router";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { jobsPages } from "../jobs/queries.ts";

const mostShown = 5;

/** The newest jobs. */
export function RecentJobs() {
  const jobs = usePages(jobsPages({ state: "", kind: "" }));
  return (
    <Card
      title="Jobs"
      actions={
        <Anchor component={Link} to="/jobs" fz="sm">
          All jobs
        </Anchor>
      }
    >
      {jobs.failure && <ErrorPanel title="The jobs could not be loaded" error={jobs.failure} onRetry={jobs.refresh} />}
      {!jobs.rows && !jobs.failure && <Skeleton height={90} />}
      {jobs.rows?.length === 0 && <Text size="sm">None yet.</Text>}
      {jobs.rows?.slice(0, mostShown).map((job) => (
        <Group key={job.id} justify="space-between" wrap="nowrap">
          <Anchor component={Link} to={`/jobs/${job.id}`} truncate>
            {job.title}
          </Anchor>
          <StateBadge value={job.state} prefix="JOB_STATE_" />
        </Group>
      ))}
    </Card>
  );
}
