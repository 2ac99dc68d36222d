import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { Import, ImportRecordsResponse } from "../api/contract.ts";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { type FileOrder, type FileUpload, useFileUpload } from "../imports/use-file-upload.ts";
import { type ImportWish, wishParameters } from "./import-wish.ts";
import { forgetList, makeList, unmakeList } from "./queries.ts";

export interface ListOrder extends FileOrder {
  wish: ImportWish;
  /** Name of the list to create for the file. Not used if the list exists already. */
  newName: string;
}

/** Streams a file into a list, or into a new one that is removed again if nothing is imported. */
export function useListUpload(contactListId: string | undefined): {
  upload: FileUpload<ListOrder, ImportRecordsResponse>;
  /** The list into which the file is imported, once it exists. */
  listId: string | undefined;
} {
  const queries = useQueryClient();
  const [madeId, setMadeId] = useState<string>();
  const made = useRef<{ id: string; name: string }>(null);

  const makeFor = async ({ newName, reading }: ListOrder): Promise<string> => {
    const requestId = crypto.randomUUID();
    const list = await makeList({ name: newName.trim(), defaultRegion: reading.defaultRegion }, requestId);
    made.current = list;
    setMadeId(list.id);
    return list.id;
  };
  const unmake = async (): Promise<void> => {
    if (!made.current) return;
    const { id, name } = made.current;
    made.current = null;
    setMadeId(undefined);
    await unmakeList(id).then(
      () => notifyDone(`The list “${name}” is removed again: nothing came into it.`),
      notifyFailure(`The list “${name}” is left, empty`),
    );
  };
  const upload = useFileUpload<ListOrder, ImportRecordsResponse>({
    place: async (order) => ({
      path: `/v1/contact-lists/${contactListId ?? (await makeFor(order))}/records:import`,
      query: wishParameters(order.wish),
    }),
    onFailed: unmake,
    onSettled: () => forgetList(queries),
  });
  return { upload, listId: contactListId ?? madeId };
}

/** After an import has ended, its page shows the result. */
export function useLeadToImport(ended: Import | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (ended) void navigate(`/lists/${ended.contactListId}/imports/${ended.id}`, { replace: true });
  }, [ended, navigate]);
}
