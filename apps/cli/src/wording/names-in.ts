import { worldIds, type World, type WorldGrant } from '@keyholder/world'

/** How a world calls what has this id: by its key, an account or the guest of a connection by its slug. */
export type NameOf = (id: string) => string

/**
 * The names of everything in a world, by the ids that its facts have. A built-in role's id is its name already; a
 * grant, which has no name, is called by what it says.
 */
export function namesIn(world: World): NameOf {
  const names = new Map<string, string>()
  for (const { slug, users, organizations, roles, groups, grants, connections } of world.accounts) {
    names.set(worldIds.account(slug), slug)
    for (const { key } of users) names.set(worldIds.user(key), key)
    for (const { key } of organizations) names.set(worldIds.organization(slug, key), key)
    for (const { key } of roles) names.set(worldIds.customRole(slug, key), key)
    for (const { key } of groups) names.set(worldIds.group(slug, key), key)
    for (const { guest } of connections) names.set(worldIds.connection(slug, guest), guest)
    grants.forEach((grant, index) => names.set(worldIds.grant(slug, index + 1), grantName(slug, grant)))
  }
  return (id) => names.get(id) ?? id
}

function grantName(slug: string, { to, role, on }: WorldGrant): string {
  const given = role ?? 'the maximum role'
  const scope = on === undefined ? `over ${slug}` : `on ${on}`
  const key = to.kind === 'connection' ? to.guest : to.key
  return `${given} ${scope} to ${to.kind === 'user' ? key : `${to.kind} ${key}`}`
}
