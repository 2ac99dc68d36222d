/** Rows of message templates and their versions, and their translation into messages of the contract. Pure. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import {
  type MessageTemplate,
  MessageTemplateContent,
  MessageTemplateState,
  type MessageTemplateVersion,
} from "../../../gen/herald/dial/v1/message_template.ts";
import { etagOf } from "../../lib/request/etag.ts";

export interface TemplateRow {
  id: string;
  name: string;
  description: string;
  channel: Channel;
  draft: unknown;
  published_version: number;
  draft_changed: boolean;
  version: number;
  create_time: Date;
  update_time: Date;
}

export interface VersionRow {
  version: number;
  content: unknown;
  note: string;
  published_by: string;
  publish_time: Date;
}

const SETTINGS = "id, name, description, channel, published_version, draft_changed, version, create_time, update_time";
export const TEMPLATE_COLUMNS = `${SETTINGS}, draft`;
/** Without the texts, which may be a million characters for each template. */
export const LISTED_TEMPLATE = `${SETTINGS}, ${withoutTexts("draft")} as draft`;
export const VERSION_COLUMNS = "version, content, note, published_by, publish_time";
export const LISTED_VERSION = `version, ${withoutTexts("content")} as content, note, published_by, publish_time`;

/** The content with the languages of its variants alone. */
function withoutTexts(column: string): string {
  return `${column} || jsonb_build_object('variants', coalesce((select jsonb_agg(jsonb_build_object('language', one -> 'language') order by place)
    from jsonb_array_elements(${column} -> 'variants') with ordinality as variant (one, place)), '[]'))`;
}

export const toTemplate = (row: TemplateRow): MessageTemplate => ({
  id: row.id,
  name: row.name,
  description: row.description,
  channel: row.channel,
  state:
    row.published_version > 0
      ? MessageTemplateState.MESSAGE_TEMPLATE_STATE_PUBLISHED
      : MessageTemplateState.MESSAGE_TEMPLATE_STATE_DRAFT,
  draft: MessageTemplateContent.fromJSON(row.draft),
  publishedVersion: row.published_version,
  hasUnpublishedChanges: row.draft_changed,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
});

export const toVersion = (row: VersionRow): MessageTemplateVersion => ({
  version: row.version,
  content: MessageTemplateContent.fromJSON(row.content),
  publishedBy: row.published_by,
  publishTime: row.publish_time,
  note: row.note,
});

export const contentJson = (content: MessageTemplateContent): string =>
  JSON.stringify(MessageTemplateContent.toJSON(content));
