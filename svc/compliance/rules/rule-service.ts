/** The RPCs of RuleService. */
import type { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import type { RuleServiceImplementation } from "../../../gen/herald/compliance/v1/rule_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { newId, readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import { ruleChanged } from "../errors.ts";
import { readFields, readRule } from "./rule-request.ts";
import { bodyOf, type RuleChange, type RuleStore } from "./rule-store.ts";

interface Deps {
  store: RuleStore;
  builtIn: readonly Rule[];
  now: () => Date;
}

const BODIES = ["contactWindow", "attemptCap", "location"] as const;
const FIELDS = ["name", "description", "required", "channels", ...BODIES] as const;

export const ruleService = ({ store, builtIn, now }: Deps): Handlers<RuleServiceImplementation> => ({
  async createRule(req, ctx) {
    const rule = readRule(req.rule);
    const requestId = readOptionalId(req.requestId, "request_id") ?? newId();
    return { rule: await store.createRule(ctx.tenantId, { id: newId(), requestId, rule }, now()) };
  },

  async getRule(req, ctx) {
    const rule =
      builtIn.find(({ id }) => id === req.ruleId) ?? (await store.getRule(ctx.tenantId, readId(req.ruleId, "rule_id")));
    return { rule };
  },

  async listRules(req, ctx) {
    const { items, nextPageToken } = await store.listRules(ctx.tenantId, readPage(req, { usual: 50, most: 500 }));
    // Built-in rules follow on the tenant's last page. They are few.
    const rest = req.includeBuiltIn && nextPageToken === "" ? builtIn : [];
    return { rules: [...items, ...rest], nextPageToken };
  },

  async updateRule(req, ctx) {
    const id = readOwnId(req.rule?.id, "rule.id");
    const before = await store.getRule(ctx.tenantId, id);
    const { etag, set } = masked(flat(req.rule as Rule), req.updateMask, FIELDS);
    const change = readChange(before, req.rule as Rule, set);
    const rule = await store.updateRule(ctx.tenantId, id, readEtag(etag, "rule.etag"), change, now());
    if (!rule) throw ruleChanged(id);
    return { rule };
  },

  async deleteRule(req, ctx) {
    await store.deleteRule(ctx.tenantId, readOwnId(req.ruleId, "rule_id"), now());
    return {};
  },
});

/** The id of a rule that the tenant made. */
function readOwnId(id: string | undefined, field: string): string {
  if (id?.startsWith("builtin:"))
    throw invalidField(field, "Rules that are part of Herald cannot be changed or removed.");
  return readId(id, field);
}

/** The rule with its oneof as fields of their own, which is how a mask names them. */
function flat(rule: Rule) {
  const { body } = rule;
  return {
    ...rule,
    contactWindow: body?.$case === "contactWindow" ? body.contactWindow : undefined,
    attemptCap: body?.$case === "attemptCap" ? body.attemptCap : undefined,
    location: body?.$case === "location" ? body.location : undefined,
  };
}

/** The columns to set. A rule cannot change its kind, because earlier decisions are explained by it. */
function readChange(before: Rule, { body }: Rule, set: Partial<ReturnType<typeof flat>>): RuleChange {
  const scalars: Omit<RuleChange, "body"> = Object.fromEntries(Object.entries(set).filter(([name]) => !isBody(name)));
  const named = BODIES.filter((name) => name in set);
  const other = named.find((name) => name !== before.body?.$case || name !== body?.$case);
  const kind = snake(before.body?.$case ?? "");
  if (other) throw invalidField(`rule.${snake(other)}`, `This rule is a ${kind} and cannot change its kind.`);
  const check = new Checks();
  const { body: newBody, ...fields } = readFields(check, { ...scalars, body: named.length > 0 ? body : undefined });
  check.done();
  return { ...fields, ...(newBody && { body: bodyOf(newBody) }) };
}

const isBody = (name: string) => BODIES.some((body) => body === name);
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
