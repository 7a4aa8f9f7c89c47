import type { AccountIndex } from '@keyholder/core'

/** About how much memory an account takes, answers compiled so far included; measured, and generous. */
export function bytesOf({ rows }: AccountIndex): number {
  const { users, organizations, groups, connections, roles } = rows.names
  return (
    8_192 +
    users.count * 300 +
    rows.grants.length * 120 +
    (organizations.count + groups.count) * 200 +
    (roles.count + connections.count) * 500
  )
}
