/** Names a group across tenants. */
export interface GroupKey {
  tenantId: string;
  groupId: string;
}
