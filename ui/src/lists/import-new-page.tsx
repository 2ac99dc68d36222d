import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Page } from "../components/page.tsx";
import { FileImport } from "../imports/file-import.tsx";
import { type FileReading, guessedReading } from "../imports/file-reading.ts";
import { ReadingForm } from "./reading-form.tsx";
import { useLeadToImport, useListUpload } from "./use-list-upload.ts";

/** Creates a list from a file. If nothing could be imported, the list is removed again. */
export function ImportNewPage() {
  const [file, setFile] = useState<File>();
  const [name, setName] = useState("");
  const [reading, setReading] = useState<FileReading>(guessedReading);
  const { upload, listId } = useListUpload(undefined);
  useLeadToImport(upload.answer?.import);
  const choose = (chosen: File) => {
    upload.reset();
    setFile(chosen);
    setName(listNameOf(chosen.name));
    setReading(guessedReading);
  };
  const isNamed = name.trim() !== "";
  return (
    <Page
      title="Import a file as a new list"
      parent={{ label: "Contact lists", to: "/lists" }}
      about="Comma, semicolon, bar or tab separated text with a header line, of any size. The list is made when the import begins."
    >
      <FileImport upload={upload} listId={listId} file={file} onFile={choose}>
        {file && (
          <ReadingForm
            file={file}
            reading={reading}
            onReading={setReading}
            onImport={() => isNamed && upload.start({ file, wish: "skip", reading, newName: name })}
          >
            <TextInput
              label="Name of the new list"
              required
              maxLength={120}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              error={isNamed ? undefined : "A name is needed."}
            />
          </ReadingForm>
        )}
      </FileImport>
    </Page>
  );
}

/** `spring members.csv` → `spring members`. */
const listNameOf = (fileName: string): string => fileName.replace(/\.\w{1,4}$/, "").slice(0, 120);
