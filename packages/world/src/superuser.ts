import { superuserKey } from '@keyholder/core'
import type { WorldGrant } from './world.ts'

/** The grants that a file writes as `superuser: true`: over the whole account, to somebody at home, at all times. */
export function superuserGrants(
  users: readonly { readonly key: string }[],
  grants: readonly WorldGrant[],
): readonly WorldGrant[] {
  const byUser = new Map<string, WorldGrant>()
  for (const grant of grants) {
    const { to, role, on, startsAt, endsAt } = grant
    const always = startsAt === undefined && endsAt === undefined
    if (to.kind === 'user' && role === superuserKey && on === undefined && always) byUser.set(to.key, grant)
  }
  return users.map(({ key }) => byUser.get(key)).filter((grant) => grant !== undefined)
}

/** The grants in the one order that a world has them in, whether a file says `superuser: true` or writes the grant. */
export function superusersFirst(
  users: readonly { readonly key: string }[],
  grants: readonly WorldGrant[],
): readonly WorldGrant[] {
  return [...new Set([...superuserGrants(users, grants), ...grants])]
}
