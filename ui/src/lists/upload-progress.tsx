import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { answerOf } from "../api/failure.ts";
import { Card } from "../components/card.tsx";
import { bytesLabel } from "../components/words.ts";
import { JobProgress } from "../jobs/job-progress.tsx";
import { isRunning } from "./queries.ts";

interface Props {
  contactListId: string;
  file: File;
  sentBytes: number;
  onStop: () => void;
}

/** How far an upload is: what has left this machine, and what the server has made of it. */
export function UploadProgress({ contactListId, file, sentBytes, onStop }: Props) {
  const jobId = useRunningJob(contactListId, file.name);
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

/** The answer comes when the file has been read; until then the import's job is found through the list's imports. */
function useRunningJob(contactListId: string, fileName: string): string | undefined {
  const { data } = useQuery({
    queryKey: ["running-import", contactListId, fileName],
    queryFn: async ({ signal }) => {
      const params = { path: { contactListId }, query: { pageSize: 10 } };
      const answer = await answerOf(api.GET("/v1/contact-lists/{contactListId}/imports", { params, signal }));
      return answer.imports.find((one) => isRunning(one) && one.fileName === fileName)?.jobId ?? null;
    },
    refetchInterval: ({ state }) => (state.data ? false : 700),
    gcTime: 0,
  });
  return data ?? undefined;
}
