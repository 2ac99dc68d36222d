/** Parts of suppression changes, as they are kept and sent. */
import { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";

/** What one part tells; nothing of it means that the list's settings changed. */
export type ChangePart = Partial<Pick<StreamEntriesResponse, "removedListId" | "added" | "removed">>;

/** A part as a message without what its change adds when it is sent: the list, the sequence and the time. */
export const encodePart = (tenantId: string, part: ChangePart): Uint8Array =>
  StreamEntriesResponse.encode(StreamEntriesResponse.fromPartial({ ...part, tenantId })).finish();
