/** One error an RPC's comment promises. */
export interface PromisedError {
  code: string;
  reason: string;
  when: string;
}

/** HTTP status of each canonical code, as the gateway answers it. */
export const httpStatus: Record<string, number> = {
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

const sectionStart = /(?:^|\s)Errors:\s/;
const clauseShape = /^(?:and\s+)?(?:([A-Z_]+)\s+)?((?:`ERROR_REASON_\w+`(?:,\s*|\s+or\s+|\s+and\s+)?)+)\s*([^]*)$/;

/** Splits an RPC's comment at its `Errors:` section. */
export function splitErrors(comment: string): { text: string; errors: PromisedError[] } {
  const start = sectionStart.exec(comment);
  if (!start) return { text: comment, errors: [] };
  return {
    text: comment.slice(0, start.index).trim(),
    errors: readErrors(comment.slice(start.index + start[0].length)),
  };
}

/** Reads "NOT_FOUND `ERROR_REASON_X` when …; ABORTED `ERROR_REASON_Y`." A clause without a code has that of the clause before. */
function readErrors(section: string): PromisedError[] {
  const errors: PromisedError[] = [];
  const oneLine = section.replace(/\s+/g, " ").trim();
  for (const clause of oneLine.split(/;\s*|\.\s+(?=[A-Z_]+ `ERROR_REASON_)/)) {
    const shape = clauseShape.exec(clause.trim());
    const last = errors.at(-1);
    if (!shape) {
      if (last) last.when += `; ${clause.trim()}`;
      continue;
    }
    const code = shape[1] ?? last?.code;
    if (!code || !(code in httpStatus)) throw new Error(`"${clause}" names no canonical code before its reason.`);
    const when = (shape[3] ?? "").replace(/\.$/, "").trim();
    for (const [, reason] of (shape[2] ?? "").matchAll(/`(ERROR_REASON_\w+)`/g))
      errors.push({ code, reason: reason ?? "", when });
  }
  return errors;
}
