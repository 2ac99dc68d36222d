/** Parts of suppression changes, as they are kept and sent. */
import { StreamEntriesResponse } from "../../gen/herald/lists/v1/suppression_list_service.ts";

/** What one part tells; nothing of it means that the list's settings changed. */
export type ChangePart = Partial<Pick<StreamEntriesResponse, "removedListId" | "added" | "removed">>;

/** A part as a message without list and sequence, which are added when it is sent. */
export const encodePart = (tenantId: string, part: ChangePart, acceptTime: Date): Uint8Array =>
  StreamEntriesResponse.encode(StreamEntriesResponse.fromPartial({ ...part, tenantId, acceptTime })).finish();
