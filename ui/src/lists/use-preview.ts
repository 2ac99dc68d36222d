import type { UseQueryResult } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { PreviewImportResponse } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import { type FileReading, readingParameters } from "../imports/file-reading.ts";
import { useFilePreview } from "../imports/use-file-preview.ts";

/** How the server would read the file. */
export const usePreview = (file: File, reading: FileReading): UseQueryResult<PreviewImportResponse> =>
  useFilePreview(["preview-import"], { file, reading }, (upload) => {
    const query = given(readingParameters(reading));
    return answerOf(api.POST("/v1/contact-lists:previewImport", { params: { query }, ...upload }));
  });
