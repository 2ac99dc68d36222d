import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import type { ImportEntriesResponse, SuppressionList } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { Page } from "../components/page.tsx";
import { FileImport } from "../imports/file-import.tsx";
import { type FileReading, guessedReading } from "../imports/file-reading.ts";
import { type FileOrder, useFileUpload } from "../imports/use-file-upload.ts";
import { EntryReadingForm } from "./entry-reading-form.tsx";
import { ImportedEntries } from "./imported-entries.tsx";
import { forgetSuppression, suppressionListQuery } from "./queries.ts";

/** Imports a file into a suppression list: choose it, see how it is read, correct that, send it, and see the result. */
export function ImportEntriesPage() {
  const { suppressionListId = "" } = useParams();
  const list = useQuery(suppressionListQuery(suppressionListId));
  return (
    <QueryView what="The suppression list" query={list} parent={{ label: "Suppression", to: "/suppression" }}>
      {(found) => (
        <Page
          title={`Import into ${found.name}`}
          parent={{ label: found.name, to: `/suppression/${found.id}` }}
          about="One value a line, or a table with a header line, of any size. Every number and address of a row is suppressed."
        >
          <ImportEntries list={found} />
        </Page>
      )}
    </QueryView>
  );
}

function ImportEntries({ list }: { list: SuppressionList }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [reading, setReading] = useState<FileReading>(guessedReading);
  const upload = useFileUpload<FileOrder, ImportEntriesResponse>({
    place: async () => ({ path: `/v1/suppression-lists/${list.id}/entries:import`, query: {} }),
    onSettled: () => forgetSuppression(queries),
  });
  const choose = (chosen: File | undefined) => {
    upload.reset();
    setFile(chosen);
    setReading(guessedReading);
  };
  if (upload.answer) {
    const name = file?.name ?? "the file";
    return <ImportedEntries list={list} fileName={name} answer={upload.answer} onAnother={() => choose(undefined)} />;
  }
  return (
    <FileImport upload={upload} listId={list.id} file={file} onFile={choose}>
      {file && (
        <EntryReadingForm
          suppressionListId={list.id}
          file={file}
          reading={reading}
          onReading={setReading}
          onImport={() => upload.start({ file, reading })}
        />
      )}
    </FileImport>
  );
}
