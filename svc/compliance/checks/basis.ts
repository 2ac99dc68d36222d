/** What one try to decide a batch of checks stands on. */
import type { TenantBook } from "../rules/rule-book.ts";
import type { TenantLists } from "../suppression/suppression-view.ts";

/** The rules, lists and time that one try to decide a batch uses. */
export interface Basis {
  tenantId: string;
  book: TenantBook;
  lists: TenantLists;
  now: Date;
  deadlineMs: number;
}
