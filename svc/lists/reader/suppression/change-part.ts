/** Parts of suppression changes, as they are kept and sent. */
import { StreamEntriesResponse } from "../../../../gen/herald/lists/v1/suppression_list_service.ts";

/** One part of a change. An empty part means that the list's settings changed. */
export type ChangePart = Partial<Pick<StreamEntriesResponse, "removedListId" | "added" | "removed">>;

/** A part as a message. The list, the sequence number and the time are added when it is sent. */
export const encodePart = (tenantId: string, part: ChangePart): Uint8Array =>
  StreamEntriesResponse.encode(StreamEntriesResponse.fromPartial({ ...part, tenantId })).finish();
