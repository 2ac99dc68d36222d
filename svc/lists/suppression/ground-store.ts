/** SQL of the reasons for which opt-outs are suppressed: an entry stays as long as any of its opt-outs holds. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";

/** Stands for an opt-out that only a correction ends: one that came without an id, or that a person added. */
export const NO_OPT_OUT = "00000000-0000-0000-0000-000000000000";

/** One value of one list, and the opt-out because of which it is there. */
export interface Ground {
  suppressionListId: string;
  value: string;
  optOutId: string;
}

/** Lets only this transaction change these lists, until it ends. In the order of their ids, so that two cannot wait for each other. */
export async function lockLists(tx: TenantQueryable, suppressionListIds: readonly string[]): Promise<void> {
  await tx.query(
    "select from lists.suppression_lists where tenant_id = $1 and id = any($2::uuid[]) order by id for update",
    [tx.tenantId, suppressionListIds],
  );
}

/** Stores grounds; those that are there already stay. */
export async function putGrounds(tx: TenantQueryable, grounds: readonly Ground[], now: Date): Promise<void> {
  await tx.query(
    `insert into lists.opt_out_grounds (tenant_id, suppression_list_id, value, opt_out_id, create_time)
     select $1, list_id, value, opt_out_id, $5 from unnest($2::uuid[], $3::text[], $4::uuid[]) as new (list_id, value, opt_out_id)
      order by list_id, value, opt_out_id on conflict do nothing`,
    [
      tx.tenantId,
      grounds.map(({ suppressionListId }) => suppressionListId),
      grounds.map(({ value }) => value),
      grounds.map(({ optOutId }) => optOutId),
      now,
    ],
  );
}

/** The lists in which these opt-outs suppress anything. */
export async function listsOfOptOuts(tx: TenantQueryable, optOutIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "select distinct suppression_list_id as id from lists.opt_out_grounds where tenant_id = $1 and opt_out_id = any($2::uuid[])",
    [tx.tenantId, optOutIds],
  );
  return rows.map(({ id }) => id);
}

/** Removes the grounds of these opt-outs. Gives the values that nothing suppresses any more. The lists must be locked. */
export async function removeGrounds(
  tx: TenantQueryable,
  optOutIds: readonly string[],
): Promise<Pick<Ground, "suppressionListId" | "value">[]> {
  const { rows } = await tx.query<{ list_id: string; value: string }>(
    `with gone as (
       delete from lists.opt_out_grounds where tenant_id = $1 and opt_out_id = any($2::uuid[]) returning suppression_list_id, value)
     select distinct suppression_list_id as list_id, value from gone
      where not exists (select from lists.opt_out_grounds g
                         where g.tenant_id = $1 and g.suppression_list_id = gone.suppression_list_id and g.value = gone.value
                           and g.opt_out_id <> all($2::uuid[]))`,
    [tx.tenantId, optOutIds],
  );
  return rows.map(({ list_id: suppressionListId, value }) => ({ suppressionListId, value }));
}

/** Forgets why these values are in a list, because a correction removes them. */
export async function forgetGrounds(
  tx: TenantQueryable,
  suppressionListId: string,
  values: readonly string[],
): Promise<void> {
  await tx.query(
    "delete from lists.opt_out_grounds where tenant_id = $1 and suppression_list_id = $2 and value = any($3::text[])",
    [tx.tenantId, suppressionListId, values],
  );
}
