/** SQL of revocations. Triggers write them (0002_revocations.sql), and the database's own clock gives their age. */
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import type { Revocation } from "../../lib/auth/revocations.ts";

/** Those of the last `lifeMs`, of every tenant, oldest first. */
export async function listRevocations(db: Queryable, lifeMs: number): Promise<Revocation[]> {
  const { rows } = await db.query<{ subject_id: string; version: string }>(
    {
      name: "list_revocations",
      text: `select subject_id, version from identity.revocations
              where revoke_time > now() - $1 * interval '1 millisecond' order by revoke_time`,
    },
    [lifeMs],
  );
  return rows.map(({ subject_id: subjectId, version }) => ({ subjectId, version: Number(version) }));
}

/** The version for a token of this subject. Read it before the roles: a change in between then makes the token void instead of too powerful. */
export async function versionOf(db: TenantQueryable, subjectId: string): Promise<number> {
  const { rows } = await db.query<{ version: string }>(
    {
      name: "revocation_version",
      text: "select version from identity.revocations where tenant_id = $1 and subject_id = $2",
    },
    [db.tenantId, subjectId],
  );
  return Number(rows[0]?.version ?? 0);
}

/** Removes up to `limit` that are older; returns whether there may be more. */
export async function deleteOldRevocations(db: Queryable, lifeMs: number, limit: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from identity.revocations where (tenant_id, subject_id) in
       (select tenant_id, subject_id from identity.revocations
         where revoke_time <= now() - $1 * interval '1 millisecond' limit $2)`,
    [lifeMs, limit],
  );
  return rowCount === limit;
}
