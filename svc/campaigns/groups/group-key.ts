/** A key of a group that is unique across tenants. */
export interface GroupKey {
  tenantId: string;
  groupId: string;
}
