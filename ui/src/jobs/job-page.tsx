import { Code } from "@mantine/core";
import { useParams } from "react-router";
import { Awaited } from "../components/awaited.tsx";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { Facts } from "../components/facts.tsx";
import { Instant } from "../components/instant.tsx";
import { LiveMark } from "../components/live-mark.tsx";
import { Page } from "../components/page.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { CancelJobButton } from "./cancel-job-button.tsx";
import { JobBar } from "./job-progress.tsx";
import { isRunning, useLiveJob } from "./queries.ts";

/** One job, live. */
export function JobPage() {
  const { jobId = "" } = useParams();
  const { query, watch } = useLiveJob(jobId);
  return (
    <Awaited what="The job" query={query}>
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
            <Facts
              facts={[
                ["Kind", job.kind],
                ["Done by", job.service],
                ["Began", <Instant key="began" at={job.createTime} />],
                ["Last report", <Instant key="report" at={job.updateTime} />],
                ["Ended", <Instant key="ended" at={job.endTime} />],
                ["Works on", <Code key="object">{job.objectId}</Code>],
              ]}
            />
          </Card>
        </Page>
      )}
    </Awaited>
  );
}
