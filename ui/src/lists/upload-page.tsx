import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { QueryView } from "../components/query-view.tsx";
import { Page } from "../components/page.tsx";
import { FileImport } from "../imports/file-import.tsx";
import { type FileReading, guessedReading } from "../imports/file-reading.ts";
import type { ImportWish } from "./import-wish.ts";
import { listQuery } from "./queries.ts";
import { ReadingForm } from "./reading-form.tsx";
import { useLeadToImport, useListUpload } from "./use-list-upload.ts";
import { WishField } from "./wish-field.tsx";

/** Imports a file into a list: choose it, see how it is read, correct that, send it. */
export function UploadPage() {
  const { contactListId = "" } = useParams();
  const list = useQuery(listQuery(contactListId));
  return (
    <QueryView what="The list" query={list} parent={{ label: "Contact lists", to: "/lists" }}>
      {({ name }) => (
        <Page
          title={`Import into ${name}`}
          parent={{ label: name, to: `/lists/${contactListId}` }}
          about="Comma, semicolon, bar or tab separated text with a header line, of any size."
        >
          <Upload contactListId={contactListId} />
        </Page>
      )}
    </QueryView>
  );
}

function Upload({ contactListId }: { contactListId: string }) {
  const [file, setFile] = useState<File>();
  const [reading, setReading] = useState<FileReading>(guessedReading);
  const [wish, setWish] = useState<ImportWish>("skip");
  const { upload } = useListUpload(contactListId);
  useLeadToImport(upload.answer?.import);
  const choose = (chosen: File) => {
    upload.reset();
    setFile(chosen);
    setReading(guessedReading);
  };
  return (
    <FileImport upload={upload} listId={contactListId} file={file} onFile={choose}>
      {file && (
        <ReadingForm
          file={file}
          reading={reading}
          onReading={setReading}
          onImport={() => upload.start({ file, wish, reading, newName: "" })}
        >
          <WishField wish={wish} onWish={setWish} />
        </ReadingForm>
      )}
    </FileImport>
  );
}
