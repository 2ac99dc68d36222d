import { Anchor, Box, Group, NativeSelect, Progress, Text } from "@mantine/core";
import { Link } from "react-router";
import type { Job } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { ChoiceField, useFilters } from "../components/filters.tsx";
import { ClockIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { figure } from "../components/words.ts";
import { kindLabel, knownKinds } from "./job-words.ts";
import { isRunning, jobsPages } from "./queries.ts";

const states = ["JOB_STATE_RUNNING", "JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED"];

const columns = columnsFor<Job>()((column) => [
  column.display({
    id: "title",
    header: "Job",
    cell: ({ row: { original: job } }) => (
      <>
        <Anchor component={Link} to={`/jobs/${job.id}`} fw={550}>
          {job.title}
        </Anchor>
        <Text size="xs" c="dimmed">
          {kindLabel(job.kind)}
        </Text>
      </>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <StateBadge value={row.original.state} prefix="JOB_STATE_" />,
  }),
  column.display({ id: "progress", header: "Progress", cell: ({ row }) => <JobShare job={row.original} /> }),
  column.display({ id: "began", header: "Began", cell: ({ row }) => <Instant at={row.original.createTime} /> }),
  column.display({ id: "ended", header: "Ended", cell: ({ row }) => <Instant at={row.original.endTime} /> }),
]);

/** The jobs of all services. */
export function JobsPage() {
  const [filters, setFilters] = useFilters({ state: "", kind: "" });
  const pages = usePages(jobsPages(filters));
  return (
    <Page title="Jobs" about="Long work, such as imports: how far it is, and what became of it.">
      <Group gap="xs">
        <ChoiceField
          label="State"
          values={states}
          prefix="JOB_STATE_"
          value={filters.state}
          onChange={(state) => setFilters({ state })}
        />
        <NativeSelect
          aria-label="Kind of job"
          value={filters.kind}
          onChange={({ currentTarget }) => setFilters({ kind: currentTarget.value })}
          data={[
            { value: "", label: "Kind: any" },
            ...knownKinds().map((kind) => ({ value: kind, label: kindLabel(kind) })),
          ]}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Jobs"
          columns={columns}
          pages={pages}
          rowKey={(job) => job.id}
          empty={
            <EmptyList icon={ClockIcon} title="No jobs">
              {filters.state || filters.kind ? "None fits this filter." : "Import a file, and its job shows here."}
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}

function JobShare({ job }: { job: Job }) {
  const total = Number(job.totalUnits);
  return (
    <Box miw={140}>
      <Text size="sm" className="figures">
        {total > 0 ? `${figure(job.doneUnits)} of ${figure(total)}` : figure(job.doneUnits)} {job.unit}
      </Text>
      {isRunning(job) && total > 0 && (
        <Progress value={(Number(job.doneUnits) / total) * 100} size="sm" aria-label={`Share of ${job.title} done`} />
      )}
    </Box>
  );
}
