/** SQL of the program of a campaign group, as its session was told. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";

/** Empty for the tenant's usual program. */
export async function programOfGroup(db: TenantQueryable, campaignGroupId: string): Promise<string> {
  const { rows } = await db.query<{ program_id: string | null }>(
    `select settings->>'programId' as program_id from dial.sessions where tenant_id = $1 and campaign_group_id = $2`,
    [db.tenantId, campaignGroupId],
  );
  return rows[0]?.program_id ?? "";
}
