/** The RPCs of KeywordService. */
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import type { KeywordServiceImplementation } from "../../../gen/herald/dial/v1/keyword_service.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { keywordChanged, keywordLimitReached, programUnknown } from "../errors.ts";
import { findProgram, getProgram } from "../programs/program-store.ts";
import { answerTo } from "./answer-text.ts";
import { readFields, refuseTaken } from "./keyword-checks.ts";
import {
  deleteKeyword,
  findKeywordOfRequest,
  getKeyword,
  insertKeyword,
  listKeywords,
  lockKeywords,
  updateKeyword,
} from "./keyword-store.ts";
import { ofProgram, readMessage } from "./read-message.ts";

const MOST_KEYWORDS = 200;
const FIELDS = ["language", "words", "answer", "silent"] as const;

export const keywordService = ({ db, now }: { db: Database; now: Now }): Handlers<KeywordServiceImplementation> => ({
  async createKeyword(req, ctx) {
    const keyword = readNew(req.keyword);
    const requestId = readOptionalId(req.requestId, "request_id");
    return db.transaction(ctx.tenantId, async (tx) => {
      await lockKeywords(tx);
      const made = requestId && (await findKeywordOfRequest(tx, requestId));
      if (made) return { keyword: made };
      if (keyword.programId !== "" && !(await findProgram(tx, keyword.programId, now())))
        throw programUnknown(keyword.programId);
      const others = await listKeywords(tx);
      if (others.length >= MOST_KEYWORDS) throw keywordLimitReached(MOST_KEYWORDS);
      refuseTaken(keyword, others);
      return { keyword: await insertKeyword(tx, keyword, requestId, now()) };
    });
  },

  async getKeyword(req, ctx) {
    return { keyword: await getKeyword(db.tenant(ctx.tenantId), readId(req.keywordId, "keyword_id")) };
  },

  async listKeywords(_req, ctx) {
    return { keywords: await listKeywords(db.tenant(ctx.tenantId)) };
  },

  async updateKeyword(req, ctx) {
    const { etag, set } = masked(req.keyword, req.updateMask, FIELDS);
    if (etag === "" && Object.keys(set).length === 0)
      throw invalidField("keyword", `Nothing would change; give any of ${FIELDS.join(", ")}.`);
    const id = readId(req.keyword?.id, "keyword.id");
    const version = readEtag(etag, "keyword.etag");
    return db.transaction(ctx.tenantId, async (tx) => {
      await lockKeywords(tx);
      const before = await getKeyword(tx, id);
      const keyword = readFields({ ...before, ...set });
      refuseTaken(
        keyword,
        (await listKeywords(tx)).filter((other) => other.id !== id),
      );
      const { language, words, answer, silent } = keyword;
      const changed = await updateKeyword(tx, id, version, { language, words, answer, silent }, now());
      if (!changed) throw keywordChanged(id);
      return { keyword: changed };
    });
  },

  async deleteKeyword(req, ctx) {
    await deleteKeyword(db.tenant(ctx.tenantId), readId(req.keywordId, "keyword_id"));
    return {};
  },

  async readMessage(req, ctx) {
    const check = new Checks();
    const text = check.text("text", req.text, { most: 2_000, lines: true });
    check.done();
    const scope = db.tenant(ctx.tenantId);
    const program = await getProgram(scope, readOptionalId(req.programId, "program_id") ?? ctx.tenantId, now());
    return { reading: await understood(scope, text, program) };
  },
});

async function understood(scope: TenantQueryable, text: string, program: Parameters<typeof answerTo>[1]) {
  const keywords = await listKeywords(scope);
  const reading = readMessage(text, ofProgram(keywords, program.id));
  return {
    kind: reading.kind ?? KeywordKind.KEYWORD_KIND_UNSPECIFIED,
    uncertain: reading.doubtful,
    keywordId: reading.keyword?.id ?? "",
    language: reading.language,
    answer: answerTo(reading, program, keywords)?.text ?? "",
  };
}

function readNew(given: Keyword | undefined): Keyword {
  const check = new Checks();
  check.that(given !== undefined, "keyword", "Required.");
  check.done();
  const keyword = given as Keyword;
  check.chosen("keyword.kind", keyword.kind);
  const programId = check.id("keyword.program_id", keyword.programId, { optional: true });
  check.done();
  return readFields({ ...keyword, programId });
}
