/** Work on bytes that are all there: a preview, or a small file. It may run in any thread. */
import { openFile } from "../open.ts";
import { type Preview, previewRecords, type PreviewTask } from "../records/preview.ts";
import type { FileTask } from "../file-task.ts";
import type { ReadPart } from "../result.ts";
import { type EntryPreview, previewEntries, type EntryPreviewTask } from "../suppression/suppression-preview.ts";

export type AnyPreviewTask = PreviewTask | EntryPreviewTask;
export type PreviewOf<Task extends AnyPreviewTask> = Task extends PreviewTask ? Preview : EntryPreview;

export type SmallWork =
  | { what: "preview"; task: AnyPreviewTask; bytes: Uint8Array<ArrayBuffer> }
  | { what: "file"; task: FileTask; bytes: Uint8Array<ArrayBuffer> };

export type SmallResult = Preview | EntryPreview | ReadPart;

/** Throws FileFault. */
export function doSmallWork(work: SmallWork): SmallResult {
  if (work.what === "file") return readWhole(work.task, work.bytes);
  return work.task.kind === "records" ? previewRecords(work.task, work.bytes) : previewEntries(work.task, work.bytes);
}

/** Reads a file that has no more bytes than these. */
function readWhole(task: FileTask, bytes: Uint8Array): ReadPart {
  const file = openFile(task);
  if (bytes.length > 0) file.push(bytes);
  file.end();
  return file.take();
}
