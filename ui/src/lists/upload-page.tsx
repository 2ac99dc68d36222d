import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Awaited } from "../components/awaited.tsx";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { FilePicker } from "../components/file-picker.tsx";
import { Page } from "../components/page.tsx";
import { useLeaveQuestion } from "../components/use-leave-question.ts";
import { bytesLabel } from "../components/words.ts";
import { type FileReading, guessedReading, type ImportWish } from "./import-fields.ts";
import { listQuery } from "./queries.ts";
import { ReadingForm } from "./reading-form.tsx";
import { UploadProgress } from "./upload-progress.tsx";
import { useImportUpload } from "./use-import-upload.ts";

/** Reads a file into a list: choose it, see how it is understood, correct that, send it. */
export function UploadPage() {
  const { contactListId = "" } = useParams();
  const navigate = useNavigate();
  const list = useQuery(listQuery(contactListId));
  const [file, setFile] = useState<File>();
  const [reading, setReading] = useState<FileReading>(guessedReading);
  const [wish, setWish] = useState<ImportWish>("skip");
  const upload = useImportUpload(contactListId);
  useLeaveQuestion(
    upload.isRunning,
    "The file is still being sent. If you leave, the import stops and nothing of it stays.",
  );

  const endedId = upload.ended?.id;
  useEffect(() => {
    if (endedId) void navigate(`/lists/${contactListId}/imports/${endedId}`);
  }, [endedId, contactListId, navigate]);

  const choose = (chosen: File) => {
    setFile(chosen);
    setReading(guessedReading);
  };
  return (
    <Awaited what="The list" query={list}>
      {({ name }) => (
        <Page
          title={`Import into ${name}`}
          parent={{ label: name, to: `/lists/${contactListId}` }}
          about="Comma, semicolon, bar or tab separated text with a header line, of any size."
        >
          {upload.error && <ErrorPanel title="The file was not imported" error={upload.error} />}
          {upload.isRunning && file ? (
            <UploadProgress
              contactListId={contactListId}
              file={file}
              sentBytes={upload.sentBytes}
              onStop={upload.stop}
            />
          ) : (
            <Card title={file ? `${file.name}, ${bytesLabel(file.size)}` : "Choose a file"}>
              <FilePicker label={file ? "Choose another file" : "Choose a file"} onPick={choose} />
              {file && (
                <ReadingForm
                  file={file}
                  reading={reading}
                  onReading={setReading}
                  wish={wish}
                  onWish={setWish}
                  onImport={() => upload.start({ file, wish, reading })}
                />
              )}
            </Card>
          )}
        </Page>
      )}
    </Awaited>
  );
}
