import type { PropsWithChildren } from "react";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { FilePicker } from "../components/file-picker.tsx";
import { bytesLabel } from "../components/words.ts";
import { UploadProgress } from "./upload-progress.tsx";
import type { FileOrder, FileUpload } from "./use-file-upload.ts";

interface Props<Order extends FileOrder, Answer> {
  upload: FileUpload<Order, Answer>;
  /** The list into which the file is imported; undefined until it exists. */
  listId: string | undefined;
  file: File | undefined;
  onFile: (file: File) => void;
}

/** The steps of every import: choose a file; correct how it is read (the children); watch it being sent. */
export function FileImport<Order extends FileOrder, Answer>({
  upload,
  listId,
  file,
  onFile,
  children,
}: PropsWithChildren<Props<Order, Answer>>) {
  if (upload.isRunning && file)
    return <UploadProgress listId={listId} file={file} sentBytes={upload.sentBytes} onStop={upload.stop} />;
  return (
    <>
      {upload.error && <ErrorPanel title="The file was not imported" error={upload.error} />}
      <Card title={file ? `${file.name}, ${bytesLabel(file.size)}` : "Choose a file"}>
        <FilePicker label={file ? "Choose another file" : "Choose a file"} onPick={onFile} />
        {file && children}
      </Card>
    </>
  );
}
