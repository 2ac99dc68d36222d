import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { ImportEntriesResponse, SuppressionList } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { Stat, Stats } from "../components/stat.tsx";
import { figure } from "../components/words.ts";
import { fieldName } from "../imports/field-names.ts";
import { delimiterLabel, encodingLabel } from "../imports/file-reading.ts";
import { RejectedRowsTable } from "../imports/rejected-rows-table.tsx";

interface Props {
  list: SuppressionList;
  fileName: string;
  answer: ImportEntriesResponse;
  onAnother: () => void;
}

/** The result of importing entries: counts, the columns that were read, and the rows that need attention. */
export function ImportedEntries({ list, fileName, answer, onAnother }: Props) {
  // The form that had the focus is no longer shown.
  const headline = useRef<HTMLParagraphElement>(null);
  useEffect(() => headline.current?.focus(), []);
  return (
    <>
      <Group justify="space-between">
        <Text fw={600} ref={headline} tabIndex={-1}>
          {fileName} is imported: {figure(answer.acceptedCount)} of {figure(answer.rowCount)} rows taken.
        </Text>
        <Group gap="xs">
          <Button component={Link} to={`/suppression/${list.id}`}>
            See the list
          </Button>
          <Button variant="default" onClick={onAnother}>
            Import another file
          </Button>
        </Group>
      </Group>
      <Stats>
        <Stat label="Rows of the file" value={figure(answer.rowCount)} />
        <Stat label="Taken whole" value={figure(answer.acceptedCount)} />
        <Stat label="New entries" value={figure(answer.addedCount)} note="were not in the list" />
        {answer.leftOutCount !== "0" && (
          <Stat label="May be contacted" value={figure(answer.leftOutCount)} note="the file says so" />
        )}
        <Stat label="Not understood" value={figure(answer.rejectedCount)} note="kept as written, as far as possible" />
      </Stats>
      {answer.rejectedRows.length > 0 && <Rejected answer={answer} />}
      <Reading answer={answer} />
    </>
  );
}

function Rejected({ answer: { rejectedRows, rejectedCount } }: { answer: ImportEntriesResponse }) {
  return (
    <Card title="Rows to look at">
      <Text size="sm">What can be read of these rows is suppressed; see for each whether somebody is missing.</Text>
      <RejectedRowsTable rows={rejectedRows} />
      {Number(rejectedCount) > rejectedRows.length && (
        <Text size="sm" c="dimmed">
          These are the first {figure(rejectedRows.length)} of {figure(rejectedCount)}.
        </Text>
      )}
    </Card>
  );
}

function Reading({ answer }: { answer: ImportEntriesResponse }) {
  const { mapping, delimiter } = answer;
  const columns = Object.entries(mapping).map(([header, field]) => `${header} → ${fieldName(field)}`);
  return (
    <Card title="How the file was read">
      <Facts>
        <Fact name="Columns">{columns.join(", ") || "One value a line"}</Fact>
        <Fact name="Character set">{encodingLabel(answer)}</Fact>
        {answer.headerLine !== "0" && <Fact name="Columns named on line">{answer.headerLine}</Fact>}
        {columns.length > 0 && <Fact name="Separator">{delimiterLabel(delimiter)}</Fact>}
      </Facts>
    </Card>
  );
}
