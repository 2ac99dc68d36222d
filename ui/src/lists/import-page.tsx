import { Button, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { Import } from "../api/contract.ts";
import { downloadFile } from "../api/download.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { DownloadIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { Stat, Stats } from "../components/stat.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { Tally } from "../components/tally.tsx";
import { figure } from "../components/words.ts";
import { fieldName } from "../imports/field-names.ts";
import { delimiterLabel, encodingLabel } from "../imports/file-reading.ts";
import { reasonLabel } from "../imports/reasons.ts";
import { RejectedRowsTable } from "../imports/rejected-rows-table.tsx";
import { JobProgress } from "../jobs/job-progress.tsx";
import { CancelJobButton } from "../jobs/cancel-job-button.tsx";
import { importQuery, isRunning } from "./queries.ts";
import { rejectedRowsPath, rejectedRowsQuery } from "./rejected-rows.ts";

/** The result of one import: counts, reasons, rejected rows. */
export function ImportPage() {
  const { contactListId = "", importId = "" } = useParams();
  const query = useQuery(importQuery(importId));
  return (
    <QueryView what="The import" query={query} parent={{ label: "Contact lists", to: "/lists" }}>
      {(one) => (
        <Page
          title={`Import of ${one.fileName || "a file"}`}
          parent={{ label: "The list", to: `/lists/${contactListId}?tab=imports` }}
          badge={<StateBadge value={one.state} prefix="IMPORT_STATE_" />}
          actions={
            isRunning(one) ? (
              <CancelJobButton jobId={one.jobId} what="the import" />
            ) : (
              <>
                <Button component={Link} to={`/lists/${contactListId}`}>
                  See the records
                </Button>
                <Button component={Link} to={`/lists/${contactListId}/import`} variant="default">
                  Import another file
                </Button>
              </>
            )
          }
        >
          {one.errorMessage && <ErrorPanel title="The import failed" error={new Error(one.errorMessage)} />}
          {isRunning(one) && (
            <Card title="Progress">
              <JobProgress jobId={one.jobId} />
            </Card>
          )}
          <Counts one={one} />
          {Number(one.rejectedCount) > 0 && <Rejected one={one} />}
          <Reading one={one} />
        </Page>
      )}
    </QueryView>
  );
}

function Counts({ one }: { one: Import }) {
  return (
    <Stats>
      <Stat label="Rows of the file" value={figure(one.rowCount)} />
      <Stat label="Accepted" value={figure(one.acceptedCount)} note="read without fault" />
      <Stat label="Added" value={figure(one.addedCount)} note="new in the list" />
      <Stat label="Updated" value={figure(one.updatedCount)} note="were there, and changed" />
      <Stat label="Left as they were" value={figure(one.skippedCount)} note="were there already" />
      {one.removedCount !== "0" && <Stat label="Taken out" value={figure(one.removedCount)} note="not in the file" />}
      <Stat label="Rejected" value={figure(one.rejectedCount)} note="kept, each with its reason" />
    </Stats>
  );
}

function Rejected({ one }: { one: Import }) {
  const query = useQuery({ ...rejectedRowsQuery(one.id), enabled: !isRunning(one) });
  const download = useMutation({
    mutationFn: () => downloadFile(rejectedRowsPath(one.id), `rejected-rows-of-${one.fileName || one.id}.csv`),
    onError: notifyFailure("The rejected rows could not be downloaded"),
  });
  return (
    <Card
      title="Rejected rows"
      actions={
        <Button
          variant="default"
          leftSection={<DownloadIcon />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          Download all
        </Button>
      }
    >
      <Tally label="Rejected rows by reason" counts={one.rejectedByReason} name={reasonLabel} />
      <QueryView what="The rejected rows" query={query}>
        {({ rows, isAll }) => (
          <>
            <RejectedRowsTable rows={rows} />
            {!isAll && (
              <Text size="sm" c="dimmed">
                These are the first {figure(rows.length)}; the download has all {figure(one.rejectedCount)}.
              </Text>
            )}
          </>
        )}
      </QueryView>
    </Card>
  );
}

/** What was done with people who were in the list already. */
function knownLabel({ mode, knownRecords }: Import): string {
  if (mode === "IMPORT_MODE_REPLACE") return "Updated; whoever was not in the file was taken out";
  if (knownRecords === "KNOWN_RECORDS_UPDATE") return "Updated with the file's columns";
  if (knownRecords === "KNOWN_RECORDS_ADD") return "Added once more";
  return "Left as they were";
}

function Reading({ one }: { one: Import }) {
  const mapping = Object.entries(one.mapping);
  return (
    <Card title="How the file was read">
      <Facts>
        <Fact name="Began">
          <Instant at={one.createTime} />
        </Fact>
        <Fact name="Ended">
          <Instant at={one.endTime} />
        </Fact>
        <Fact name="Known people">{knownLabel(one)}</Fact>
        <Fact name="Character set">{encodingLabel(one)}</Fact>
        {one.headerLine !== "0" && <Fact name="Columns named on line">{one.headerLine}</Fact>}
        <Fact name="Separator">{delimiterLabel(one.delimiter)}</Fact>
        <Fact name="Columns">
          {mapping.map(([header, field]) => `${header} → ${fieldName(field)}`).join(", ") || <NoValue />}
        </Fact>
      </Facts>
      <Tally
        label="Numbers and addresses left out of accepted rows"
        withTitle
        counts={one.droppedDevicesByReason}
        name={reasonLabel}
      />
    </Card>
  );
}
