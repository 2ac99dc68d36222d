/** The RPCs of ProgramService. */
import type { ProgramServiceImplementation } from "../../../gen/herald/dial/v1/program_service.ts";
import type { Now } from "../../lib/async/time.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { programChanged, programLimitReached, programNameTaken, programUsual } from "../errors.ts";
import { deleteKeywordsOf } from "../keywords/keyword-store.ts";
import {
  deleteProgram,
  findByRequest,
  getProgram,
  insertProgram,
  listPrograms,
  type ProgramFields,
  updateProgram,
} from "./program-store.ts";

const MOST_PROGRAMS = 100;
const FIELDS = ["name", "language", "contactWords"] as const;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$/;

export const programService = ({ db, now }: { db: Database; now: Now }): Handlers<ProgramServiceImplementation> => ({
  async createProgram(req, ctx) {
    const { name = "", language = "", contactWords = "" } = req.program ?? {};
    const fields = readFields({ name, language, contactWords });
    const requestId = readOptionalId(req.requestId, "request_id");
    const made = requestId && (await findByRequest(db.tenant(ctx.tenantId), requestId));
    if (made) return { program: made };
    const program = await namesAreUnique(fields.name, () =>
      db.transaction(ctx.tenantId, async (tx) => {
        if ((await listPrograms(tx, now())).length >= MOST_PROGRAMS) throw programLimitReached(MOST_PROGRAMS);
        return insertProgram(tx, fields, requestId, now());
      }),
    );
    return { program };
  },

  async getProgram(req, ctx) {
    return { program: await getProgram(db.tenant(ctx.tenantId), readId(req.programId, "program_id"), now()) };
  },

  async listPrograms(_req, ctx) {
    return { programs: await listPrograms(db.tenant(ctx.tenantId), now()) };
  },

  async updateProgram(req, ctx) {
    const { etag, set } = masked(req.program, req.updateMask, FIELDS);
    const id = readId(req.program?.id, "program.id");
    const fields = readFields(set);
    const version = readEtag(etag, "program.etag");
    const scope = db.tenant(ctx.tenantId);
    await getProgram(scope, id, now());
    const program = await namesAreUnique(fields.name ?? "", () => updateProgram(scope, id, version, fields, now()));
    if (!program) throw programChanged(id);
    return { program };
  },

  async deleteProgram(req, ctx) {
    const id = readId(req.programId, "program_id");
    const { usual } = await getProgram(db.tenant(ctx.tenantId), id, now());
    if (usual) throw programUsual();
    await db.transaction(ctx.tenantId, async (tx) => {
      await deleteKeywordsOf(tx, id);
      await deleteProgram(tx, id);
    });
    return {};
  },
});

function readFields<Given extends Partial<ProgramFields>>(set: Given): Given {
  const check = new Checks();
  const fields = { ...set };
  check.that(Object.keys(set).length > 0, "program", "Nothing to change: give name, language or contact_words.");
  if (set.name !== undefined) fields.name = check.name("program.name", set.name, { most: 60 });
  if (set.language !== undefined)
    check.that(
      set.language === "" || LANGUAGE.test(set.language),
      "program.language",
      "Must be a language code such as `en` or `pt-BR`; empty means English.",
    );
  if (set.contactWords !== undefined)
    fields.contactWords = check.text("program.contact_words", set.contactWords, { least: 0, most: 160 });
  check.done();
  return fields;
}

async function namesAreUnique<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, "programs_name") ? programNameTaken(name) : error;
  }
}
