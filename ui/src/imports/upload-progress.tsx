import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Card } from "../components/card.tsx";
import { bytesLabel } from "../components/words.ts";
import { JobProgress } from "../jobs/job-progress.tsx";
import { runningJobQuery } from "../jobs/queries.ts";

interface Props {
  /** The list into which the file is imported; undefined until it exists. */
  listId: string | undefined;
  file: File;
  sentBytes: number;
  onStop: () => void;
}

/** The progress of an upload: how much has been sent, and how much the server has processed. */
export function UploadProgress({ listId, file, sentBytes, onStop }: Props) {
  // The response comes after the whole file was read. Until then, the job is found by the list that it works on.
  const { data: jobId } = useQuery(runningJobQuery(listId, file.name));
  const share = file.size === 0 ? 100 : (sentBytes / file.size) * 100;
  return (
    <Card
      title={`Importing ${file.name}`}
      actions={
        <Button variant="default" onClick={onStop}>
          Stop the import
        </Button>
      }
    >
      <Stack gap={6}>
        <Group justify="space-between">
          <Text size="sm">Sent</Text>
          <Text size="sm" className="figures">
            {bytesLabel(sentBytes)} of {bytesLabel(file.size)}
          </Text>
        </Group>
        <Progress value={share} size="lg" aria-label="Share of the file that has been sent" />
      </Stack>
      {jobId && <JobProgress jobId={jobId} />}
    </Card>
  );
}
