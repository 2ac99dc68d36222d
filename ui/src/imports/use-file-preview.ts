import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { FileReading } from "./file-reading.ts";

/** The contract takes up to 1 MiB for a preview. */
const previewBytes = 1024 * 1024;

/** What every preview sends: the beginning of the file, as it is. */
interface PreviewUpload {
  body: Blob;
  bodySerializer: (body: Blob) => Blob;
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** How the server would understand a file, read in this way; the answer before stays until the next has come. */
export const useFilePreview = <Preview>(
  key: readonly string[],
  { file, reading }: { file: File; reading: FileReading },
  ask: (upload: PreviewUpload) => Promise<Preview>,
): UseQueryResult<Preview> =>
  useQuery({
    queryKey: [...key, file.name, file.size, file.lastModified, reading],
    queryFn: ({ signal }) =>
      ask({
        body: file.slice(0, previewBytes),
        bodySerializer: (body) => body,
        headers: { "content-type": "application/octet-stream" },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
