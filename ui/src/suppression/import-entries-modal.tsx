import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ImportEntriesResponse, SuppressionList } from "../api/contract.ts";
import { uploadFile } from "../api/upload.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { FilePicker } from "../components/file-picker.tsx";
import { bytesLabel, figure } from "../components/words.ts";
import { type FileReading, guessedReading, readingParameters } from "../lists/import-fields.ts";
import { RejectedRowsTable } from "../lists/rejected-rows-table.tsx";
import { EntryReadingForm } from "./entry-reading-form.tsx";
import { forgetSuppression } from "./queries.ts";

interface Props {
  list: SuppressionList;
  onClose: () => void;
}

/** Reads a file of entries into a suppression list, and names the rows that were not taken. */
export function ImportEntriesModal({ list, onClose }: Props) {
  const queries = useQueryClient();
  const [sentBytes, setSentBytes] = useState(0);
  const stopper = useRef<AbortController>(null);
  useEffect(() => () => stopper.current?.abort(), []);
  const [file, setFile] = useState<File>();
  const [reading, setReading] = useState<FileReading>(guessedReading);
  const upload = useMutation({
    mutationFn: (chosen: File) => {
      stopper.current = new AbortController();
      return uploadFile<ImportEntriesResponse>({
        path: `/v1/suppression-lists/${list.id}/entries:import`,
        query: {
          fileName: chosen.name,
          totalBytes: String(chosen.size),
          ...readingParameters(reading),
          headerLine: String(reading.headerLine),
        },
        file: chosen,
        onProgress: setSentBytes,
        signal: stopper.current.signal,
      });
    },
    onSettled: () => forgetSuppression(queries),
  });
  const choose = (chosen: File) => {
    upload.reset();
    setFile(chosen);
    setReading(guessedReading);
  };
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={`Import into ${list.name}`}
      closeButtonProps={{ "aria-label": upload.isPending ? "Stop and close" : "Close" }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          One value a line, or a table with a header: every number and address of a row is suppressed.
        </Text>
        {upload.error && <ErrorPanel title="Nothing was imported" error={upload.error} />}
        {upload.isPending ? (
          <Sending file={upload.variables} sentBytes={sentBytes} />
        ) : (
          <FilePicker label={file ? "Choose another file" : "Choose a file"} onPick={choose} />
        )}
        {file && upload.isIdle && (
          <EntryReadingForm
            suppressionListId={list.id}
            file={file}
            reading={reading}
            onReading={setReading}
            onImport={() => upload.mutate(file)}
          />
        )}
        {upload.data && <Taken answer={upload.data} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {upload.isPending ? "Stop and close" : "Close"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Sending({ file, sentBytes }: { file: File; sentBytes: number }) {
  return (
    <Stack gap={6} aria-live="polite">
      <Text size="sm" className="figures">
        {sentBytes < file.size
          ? `Sent ${bytesLabel(sentBytes)} of ${bytesLabel(file.size)}`
          : "Sent; the server reads it to its end."}
      </Text>
      <Progress value={(sentBytes / file.size) * 100} size="lg" aria-label="Share of the file that has been sent" />
    </Stack>
  );
}

function Taken({ answer }: { answer: ImportEntriesResponse }) {
  return (
    <Stack gap="sm" aria-live="polite">
      <Text>
        {figure(answer.acceptedCount)} of {figure(answer.rowCount)} rows taken
        {answer.rejectedCount === "0" ? "." : `, ${figure(answer.rejectedCount)} not, or not whole:`}
      </Text>
      <Text size="sm" c="dimmed">
        {[
          `${figure(answer.addedCount)} new entries`,
          answer.isEncodingGuessed && `character set ${answer.encoding}, not certain`,
          Number(answer.headerLine) > 1 && `columns named on line ${answer.headerLine}`,
          answer.leftOutCount !== "0" && `${figure(answer.leftOutCount)} rows say that they may be contacted`,
          Object.keys(answer.mapping).length > 0 &&
            `columns read: ${Object.entries(answer.mapping)
              .map(([header, field]) => `${header} as ${field}`)
              .join(", ")}`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {answer.rejectedRows.length > 0 && <RejectedRowsTable rows={answer.rejectedRows} />}
    </Stack>
  );
}
