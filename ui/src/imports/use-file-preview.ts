import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { FileReading } from "./file-reading.ts";

/** A preview can be made of up to 1 MiB. */
const previewBytes = 1024 * 1024;

/** The part of a request that all previews share: the unchanged beginning of the file. */
interface PreviewUpload {
  body: Blob;
  bodySerializer: (body: Blob) => Blob;
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** How the server would read a file with these settings. The previous response stays until the next one has come. */
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
