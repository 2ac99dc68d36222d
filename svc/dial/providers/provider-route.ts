/** Which account an attempt goes through. Plain data. */

/** A provider of the tenant in one state of its account, or the operator's. Ids of messages and calls mean something only within it. */
export interface ProviderRoute {
  /** Empty for the operator's. */
  providerId: string;
  /** Changes with the account; 0 for the operator's. */
  accountVersion: number;
}

export const OPERATORS: ProviderRoute = { providerId: "", accountVersion: 0 };

export const isSameRoute = (a: ProviderRoute, b: ProviderRoute): boolean =>
  a.providerId === b.providerId && a.accountVersion === b.accountVersion;
