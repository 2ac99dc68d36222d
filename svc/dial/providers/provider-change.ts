/** Reads what callers want of a provider: a new one, or a change of one. Pure. */
import type { Provider } from "../../../gen/herald/dial/v1/provider.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { masked } from "../../lib/request/mask.ts";
import { Checks } from "../../lib/request/validate.ts";
import { type Account, type AccountCase, fieldOfAccount, KINDS, targetOf, withSecret } from "./account.ts";
import { checkAccount, checkSecretChange, checkSender, type SecretChange } from "./provider-checks.ts";
import type { ProviderSettings, StoredProvider } from "./provider-store.ts";

const PREFIX = "provider.";
const ACCOUNTS = Object.keys(KINDS) as AccountCase[];
const FIELDS = ["name", "description", "isDefault", "disabled", "defaultSender", ...ACCOUNTS] as const;

export interface ProviderChange {
  settings: ProviderSettings;
  secret: SecretChange;
  /** Connections have to be opened anew. */
  isMoved: boolean;
}

/** Reads a new provider; throws INVALID_ARGUMENT with all violations. */
export function readNewProvider(provider: Provider | undefined): ProviderChange {
  if (!provider) throw invalidField("provider", "Required.");
  const { kind } = provider;
  if (!kind) throw noKind();
  return read(provider, kind, { isSet: false, hasMoved: false, isNamed: false }, undefined);
}

/** Reads a change of a provider. A part of an account (`smtp.password`) changes that part alone. */
export function readProviderChange(
  before: StoredProvider,
  provider: Provider | undefined,
  mask: readonly string[] | undefined,
): ProviderChange {
  if (!provider) throw invalidField("provider", "Required.");
  const { $case } = before.account;
  const own = fieldOfAccount($case);
  const parts = (mask ?? []).filter((path) => path.startsWith(`${own}.`) || path.startsWith(`${$case}.`));
  const others = (mask ?? []).filter((path) => !parts.includes(path));
  const isWhole = parts.length === 0;
  const given = isWhole ? flat(provider) : flat({ ...provider, kind: joined(before.account, provider.kind, parts) });
  const { set } = masked(given, mask?.length ? [...others, ...(isWhole ? [] : [own])] : undefined, FIELDS);
  const other = ACCOUNTS.find((name) => name in set && name !== $case);
  if (other) throw otherKind(other, $case);
  if ($case in set && provider.kind?.$case !== $case) throw noKind();
  const account = $case in set ? (given.kind as Account) : before.account;
  const facts = {
    isSet: before.shown.secrets.length > 0,
    hasMoved: targetOf(account) !== targetOf(before.account),
    isNamed: parts.some((path) => snake(path) === KINDS[$case].secretField),
  };
  return read({ ...before.shown, ...set }, account, facts, before.account);
}

function read(
  provider: Provider,
  account: Account,
  facts: { isSet: boolean; hasMoved: boolean; isNamed: boolean },
  before: Account | undefined,
): ProviderChange {
  const check = new Checks();
  const at = (field: string) => PREFIX + field;
  const checked = checkAccount(check, account, PREFIX);
  const settings: ProviderSettings = {
    name: check.name(at("name"), provider.name),
    description: check.text(at("description"), provider.description, { least: 0, most: 500, lines: true }),
    account: withSecret(checked, ""),
    isDefault: provider.isDefault,
    disabled: provider.disabled,
    defaultSender: checkSender(check, at("default_sender"), provider.defaultSender, KINDS[account.$case].channel),
  };
  const secret = checkSecretChange(check, checked, facts, PREFIX);
  check.done();
  const isMoved = secret.kind === "set" || JSON.stringify(settings.account) !== JSON.stringify(before);
  return { settings, secret, isMoved };
}

/** The provider with its oneof as fields of their own, which is how a mask names them. */
function flat(provider: Provider) {
  const { kind } = provider;
  return {
    ...provider,
    smtp: kind?.$case === "smtp" ? kind.smtp : undefined,
    smpp: kind?.$case === "smpp" ? kind.smpp : undefined,
    voiceAdapter: kind?.$case === "voiceAdapter" ? kind.voiceAdapter : undefined,
  };
}

/** The account as it is, with the parts that the mask names as they were given. */
function joined(before: Account, given: Account | undefined, paths: readonly string[]): Account {
  if (given?.$case !== before.$case) throw given ? otherKind(given.$case, before.$case) : noKind();
  const [old, fresh] = [fieldsOf(before), fieldsOf(given)];
  const names = paths.map((path) => camel(path.slice(path.indexOf(".") + 1)));
  const unknown = names.findIndex((name) => !Object.hasOwn(old, name));
  if (unknown >= 0)
    throw invalidField("update_mask", `"${paths[unknown]}" cannot be updated: the account has no such field.`);
  const fields = { ...old, ...Object.fromEntries(names.map((name) => [name, fresh[name]])) };
  // TypeScript cannot tell that the key is the one that $case names; the names of all fields were compared above.
  return { $case: before.$case, [before.$case]: fields } as unknown as Account;
}

/** The one message of the account. The cast is needed since its key is only known from $case. */
const fieldsOf = (account: Account) =>
  (account as unknown as Record<string, Record<string, unknown>>)[account.$case] ?? {};

function noKind() {
  return invalidField(PREFIX.slice(0, -1), `Must have one of ${ACCOUNTS.map(fieldOfAccount).join(", ")}.`);
}

const otherKind = (other: AccountCase, own: AccountCase) =>
  invalidField(
    `${PREFIX}${fieldOfAccount(other)}`,
    `This provider is of the kind ${fieldOfAccount(own)} and cannot change its kind; create another one.`,
  );

const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const snake = (path: string) => path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
