import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { PreviewImportResponse } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import { type FileReading, readingParameters } from "../imports/file-reading.ts";

/** The contract takes up to 1 MiB for a preview. */
const previewBytes = 1024 * 1024;

/** How the server would understand the file. */
export function usePreview(file: File, reading: FileReading): UseQueryResult<PreviewImportResponse> {
  return useQuery({
    queryKey: ["preview-import", file.name, file.size, file.lastModified, reading],
    queryFn: ({ signal }) => {
      const query = given(readingParameters(reading));
      return answerOf(
        api.POST("/v1/contact-lists:previewImport", {
          params: { query },
          body: file.slice(0, previewBytes),
          bodySerializer: (body) => body,
          headers: { "content-type": "application/octet-stream" },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
