/** All settings of `contacts`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";

export interface ContactsConfig extends CommonConfig {
  regionCacheMs: number;
}

export const contactsConfig = (source?: Readonly<Record<string, string | undefined>>): ContactsConfig =>
  readSettings(
    (env) => ({
      ...commonConfig(env, "contacts"),
      regionCacheMs: env.durationMs(
        "CONTACTS_REGION_CACHE",
        60_000,
        "how long a tenant's region is cached, by which its numbers are read",
      ),
    }),
    source,
  );
