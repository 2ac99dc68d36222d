/** SQL of message templates. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import {
  type MessageTemplate,
  MessageTemplateContent,
  MessageTemplateState,
  type MessageTemplateVersion,
} from "../../../gen/herald/dial/v1/message_template.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import type { Database, TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import {
  templateChanged,
  templateLimitReached,
  templateNameTaken,
  templateNotFound,
  templateVersionNotFound,
} from "../errors.ts";
import {
  contentJson,
  LISTED_TEMPLATE,
  LISTED_VERSION,
  TEMPLATE_COLUMNS,
  type TemplateRow,
  toTemplate,
  toVersion,
  VERSION_COLUMNS,
  type VersionRow,
} from "./template-rows.ts";

export interface NewTemplate {
  requestId: string;
  name: string;
  description: string;
  channel: Channel;
  draft: MessageTemplateContent;
}

/** What a change may set; what is undefined stays. */
export interface TemplateChange {
  name?: string | undefined;
  description?: string | undefined;
  draft?: MessageTemplateContent | undefined;
}

export interface TemplateFilter {
  channel: Channel;
  state: MessageTemplateState;
  query: string;
}

/** A template, and the version of it that the caller has read; undefined means any. */
export interface TemplateKey {
  id: string;
  version: number | undefined;
}

const MOST_TEMPLATES = 2_000;

/** Creates a template. The same request again gives the one that it made. */
export async function insertTemplate(db: Database, tenantId: string, made: NewTemplate, now: Date) {
  return namedOnce(made.name, () =>
    db.transaction(tenantId, async (tx) => {
      // Requests wait for each other, so that their count holds.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('dial.templates ' || $1, 0))", [tx.tenantId]);
      const earlier = await findBy(tx, "request_id", made.requestId);
      if (earlier) return earlier;
      const { rows } = await tx.query<{ count: number }>(
        "select count(*)::int as count from dial.message_templates where tenant_id = $1",
        [tx.tenantId],
      );
      if ((rows[0]?.count ?? 0) >= MOST_TEMPLATES) throw templateLimitReached(MOST_TEMPLATES);
      await tx.query(
        `insert into dial.message_templates (tenant_id, id, request_id, name, description, channel, draft, create_time, update_time)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
        [tx.tenantId, newId(), made.requestId, made.name, made.description, made.channel, contentJson(made.draft), now],
      );
      return (await findBy(tx, "request_id", made.requestId)) as MessageTemplate;
    }),
  );
}

/** Throws NOT_FOUND where the tenant has no such template. */
export async function getTemplate(db: TenantQueryable, id: string): Promise<MessageTemplate> {
  const found = await findBy(db, "id", id);
  if (!found) throw templateNotFound(id);
  return found;
}

async function findBy(db: TenantQueryable, column: "id" | "request_id", value: string) {
  const { rows } = await db.query<TemplateRow>(
    `select ${TEMPLATE_COLUMNS} from dial.message_templates where tenant_id = $1 and ${column} = $2`,
    [db.tenantId, value],
  );
  return rows[0] && toTemplate(rows[0]);
}

/** Newest first, without their texts. */
export async function listTemplates(db: TenantQueryable, { channel, state, query }: TemplateFilter, page: Page) {
  const { rows } = await db.query<TemplateRow>(
    `select ${LISTED_TEMPLATE} from dial.message_templates
      where tenant_id = $1 and ($2::uuid is null or id < $2) and ($4::int = 0 or channel = $4)
        and ($5::boolean is null or (published_version > 0) = $5) and ($6 = '' or strpos(lower(name), lower($6)) > 0)
      order by id desc limit $3`,
    [db.tenantId, page.after?.[0] ?? null, page.limit, channel, isPublished(state), query],
  );
  return pageOf(page, rows, (row) => [row.id], toTemplate);
}

const isPublished = (state: MessageTemplateState): boolean | null =>
  state === MessageTemplateState.MESSAGE_TEMPLATE_STATE_UNSPECIFIED
    ? null
    : state === MessageTemplateState.MESSAGE_TEMPLATE_STATE_PUBLISHED;

/** Changes a template that still has the version that was read; throws NOT_FOUND or ABORTED. */
export async function updateTemplate(
  db: TenantQueryable,
  key: TemplateKey,
  { name, description, draft }: TemplateChange,
  now: Date,
): Promise<MessageTemplate> {
  const { rows } = await namedOnce(name ?? "", () =>
    db.query<TemplateRow>(
      `update dial.message_templates t
          set name = coalesce($5, name), description = coalesce($6, description), draft = coalesce($7, draft),
              draft_changed = case when $7::jsonb is null then draft_changed else ${differs("$7::jsonb")} end,
              version = version + 1, update_time = $4
        where tenant_id = $1 and id = $2 and ($3::int is null or version = $3) returning ${TEMPLATE_COLUMNS}`,
      [
        db.tenantId,
        key.id,
        key.version ?? null,
        now,
        name ?? null,
        description ?? null,
        draft === undefined ? null : contentJson(draft),
      ],
    ),
  );
  return rows[0] ? toTemplate(rows[0]) : refuseStale(db, key.id);
}

/** Whether a draft differs from the newest version of its template `t`. */
const differs = (draft: string) =>
  `${draft} is distinct from (select content from dial.message_template_versions v
    where v.tenant_id = t.tenant_id and v.template_id = t.id and v.version = t.published_version)`;

/** Tells why no row had this id and version. */
async function refuseStale(db: TenantQueryable, id: string): Promise<never> {
  await getTemplate(db, id);
  throw templateChanged(id);
}

/** Throws NOT_FOUND where the tenant has no such template. */
export async function deleteTemplate(db: TenantQueryable, id: string): Promise<void> {
  const { rowCount } = await db.query("delete from dial.message_templates where tenant_id = $1 and id = $2", [
    db.tenantId,
    id,
  ]);
  if (rowCount === 0) throw templateNotFound(id);
}

/** Makes a version of the draft, unless it has no changes. Throws NOT_FOUND or ABORTED. */
export async function publishTemplate(
  tx: TenantTransaction,
  key: TemplateKey,
  { note, publishedBy }: { note: string; publishedBy: string },
  now: Date,
): Promise<MessageTemplate> {
  const { rows } = await tx.query<TemplateRow>(
    `update dial.message_templates t
        set published_version = published_version + (case when draft_changed then 1 else 0 end), draft_changed = false,
            version = version + (case when draft_changed then 1 else 0 end), update_time = case when draft_changed then $4 else update_time end
      where tenant_id = $1 and id = $2 and ($3::int is null or version = $3) returning ${TEMPLATE_COLUMNS}`,
    [tx.tenantId, key.id, key.version ?? null, now],
  );
  const [row] = rows;
  if (!row) return refuseStale(tx, key.id);
  await tx.query(
    `insert into dial.message_template_versions (tenant_id, template_id, version, content, note, published_by, publish_time)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tx.tenantId, key.id, row.published_version, JSON.stringify(row.draft), note, publishedBy, now],
  );
  return toTemplate(row);
}

/** Newest first, without their texts. */
export async function listVersions(db: TenantQueryable, templateId: string, page: Page) {
  const { rows } = await db.query<VersionRow>(
    `select ${LISTED_VERSION} from dial.message_template_versions
      where tenant_id = $1 and template_id = $2 and ($3::int is null or version < $3) order by version desc limit $4`,
    [db.tenantId, templateId, page.after?.[0] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [row.version], toVersion);
}

/** Throws NOT_FOUND where the template has no such version. */
export async function getVersion(
  db: TenantQueryable,
  templateId: string,
  version: number,
): Promise<MessageTemplateVersion> {
  const { rows } = await db.query<VersionRow>(
    `select ${VERSION_COLUMNS} from dial.message_template_versions where tenant_id = $1 and template_id = $2 and version = $3`,
    [db.tenantId, templateId, version],
  );
  if (!rows[0]) throw templateVersionNotFound(templateId, version);
  return toVersion(rows[0]);
}

async function namedOnce<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, "message_templates_name") ? templateNameTaken(name) : error;
  }
}

/** A published version with its channel; 0 gives the newest. Undefined where there is none. */
export async function findPublished(
  db: TenantQueryable,
  templateId: string,
  version: number,
): Promise<{ channel: Channel; version: number; content: MessageTemplateContent } | undefined> {
  const { rows } = await db.query<{ channel: Channel; version: number; content: unknown }>(
    `select t.channel, v.version, v.content
       from dial.message_templates t
       join dial.message_template_versions v
         on v.tenant_id = t.tenant_id and v.template_id = t.id and v.version = case when $3::int = 0 then t.published_version else $3 end
      where t.tenant_id = $1 and t.id = $2`,
    [db.tenantId, templateId, version],
  );
  return rows[0] && { ...rows[0], content: MessageTemplateContent.fromJSON(rows[0].content) };
}
