import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { uploadFile } from "../api/upload.ts";
import { useLeaveQuestion } from "../components/use-leave-question.ts";
import { type FileReading, readingParameters } from "./file-reading.ts";

interface Target<Order> {
  /** Gives the address to which the file is sent; may create the list first. */
  place: (order: Order) => Promise<{ path: string; query: Readonly<Record<string, string>> }>;
  /** Called once when the upload has ended, with or without success. */
  onSettled: () => unknown;
  /** Called if the upload failed or was stopped. */
  onFailed?: () => unknown;
}

/** The options of every import. */
export interface FileOrder {
  file: File;
  reading: FileReading;
}

/** The state of an upload, for pages. */
export interface FileUpload<Order, Answer> {
  start: (order: Order) => void;
  stop: () => void;
  /** Clears the result or failure. */
  reset: () => void;
  isRunning: boolean;
  error: Error | null;
  sentBytes: number;
  /** Its result, once it has ended. */
  answer: Answer | undefined;
}

/** Streams a file to the server. Before somebody leaves the page, it asks; after that the upload stops, and what was sent is discarded. */
export function useFileUpload<Order extends FileOrder, Answer>({
  place,
  onSettled,
  onFailed,
}: Target<Order>): FileUpload<Order, Answer> {
  const [sentBytes, setSentBytes] = useState(0);
  const stopper = useRef<AbortController>(null);
  useEffect(() => () => stopper.current?.abort(), []);

  const upload = useMutation({
    mutationFn: async (order: Order) => {
      const stop = new AbortController();
      stopper.current = stop;
      setSentBytes(0);
      const { file, reading } = order;
      const { path, query } = await place(order);
      const about = { fileName: file.name, totalBytes: String(file.size), ...readingParameters(reading) };
      const headerLine = String(reading.headerLine);
      return uploadFile<Answer>({
        path,
        query: { ...query, ...about, headerLine },
        file,
        onProgress: setSentBytes,
        signal: stop.signal,
      });
    },
    onError: onFailed,
    onSettled,
  });
  useLeaveQuestion(
    upload.isPending,
    "The file is still being sent. If you leave, the import stops and nothing of it stays.",
  );

  return {
    start: upload.mutate,
    stop: () => stopper.current?.abort(),
    reset: upload.reset,
    isRunning: upload.isPending,
    error: upload.error?.name === "AbortError" ? null : upload.error,
    sentBytes,
    answer: upload.data,
  };
}
