import { Anchor, Code } from "@mantine/core";
import { Link, useParams } from "react-router";
import type { Job } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { Instant } from "../components/instant.tsx";
import { LiveMark } from "../components/live-mark.tsx";
import { Page } from "../components/page.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { CancelJobButton } from "./cancel-job-button.tsx";
import { JobBar } from "./job-progress.tsx";
import { kindLabel, placeOf } from "./job-words.ts";
import { isRunning, useLiveJob } from "./queries.ts";

/** One job, live. */
export function JobPage() {
  const { jobId = "" } = useParams();
  const { query, watch } = useLiveJob(jobId);
  return (
    <QueryView what="The job" query={query} parent={{ label: "Jobs", to: "/jobs" }}>
      {(job) => (
        <Page
          title={job.title}
          parent={{ label: "Jobs", to: "/jobs" }}
          badge={<StateBadge value={job.state} prefix="JOB_STATE_" />}
          actions={
            isRunning(job) && <CancelJobButton jobId={job.id} what="the job" isRequested={job.cancelRequested} />
          }
        >
          {job.errorMessage && <ErrorPanel title="The job failed" error={new Error(job.errorMessage)} />}
          <Card title="Progress" actions={isRunning(job) && <LiveMark watch={watch} />}>
            <JobBar job={job} />
          </Card>
          <Card title="About">
            <Facts>
              <Fact name="Kind">{kindLabel(job.kind)}</Fact>
              <Fact name="Done by">{job.service}</Fact>
              <Fact name="Began">
                <Instant at={job.createTime} />
              </Fact>
              <Fact name="Last report">
                <Instant at={job.updateTime} />
              </Fact>
              <Fact name="Ended">
                <Instant at={job.endTime} />
              </Fact>
              <Fact name="Works on">
                <WorksOn job={job} />
              </Fact>
            </Facts>
          </Card>
        </Page>
      )}
    </QueryView>
  );
}

function WorksOn({ job }: { job: Job }) {
  const place = placeOf(job);
  if (!place) return <Code>{job.objectId}</Code>;
  return (
    <Anchor component={Link} to={place.to}>
      {place.label}
    </Anchor>
  );
}
