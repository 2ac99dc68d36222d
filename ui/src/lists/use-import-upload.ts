import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Import, ImportRecordsResponse } from "../api/contract.ts";
import { uploadFile } from "../api/upload.ts";
import { type FileReading, type ImportWish, readingParameters, wishParameters } from "./import-fields.ts";
import { forgetList } from "./queries.ts";

export interface ImportOrder {
  file: File;
  wish: ImportWish;
  reading: FileReading;
}

/** An import by upload, as the page follows it. */
export interface ImportUpload {
  start: (order: ImportOrder) => void;
  stop: () => void;
  isRunning: boolean;
  error: Error | null;
  sentBytes: number;
  /** The import, once it has ended. */
  ended: Import | undefined;
}

/** Streams a file into a list. Leaving the page stops it, and then nothing of it stays. */
export function useImportUpload(contactListId: string): ImportUpload {
  const queries = useQueryClient();
  const [sentBytes, setSentBytes] = useState(0);
  const stopper = useRef<AbortController>(null);
  useEffect(() => () => stopper.current?.abort(), []);

  const upload = useMutation({
    mutationFn: ({ file, wish, reading }: ImportOrder) => {
      stopper.current = new AbortController();
      setSentBytes(0);
      return uploadFile<ImportRecordsResponse>({
        path: `/v1/contact-lists/${contactListId}/records:import`,
        query: {
          ...wishParameters(wish),
          fileName: file.name,
          totalBytes: String(file.size),
          ...readingParameters(reading),
          headerLine: String(reading.headerLine),
        },
        file,
        onProgress: setSentBytes,
        signal: stopper.current.signal,
      });
    },
    onSettled: () => forgetList(queries),
  });

  return {
    start: upload.mutate,
    stop: () => stopper.current?.abort(),
    isRunning: upload.isPending,
    error: upload.error?.name === "AbortError" ? null : upload.error,
    sentBytes,
    ended: upload.data?.import,
  };
}
