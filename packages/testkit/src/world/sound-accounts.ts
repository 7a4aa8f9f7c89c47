/** The keys that custom roles go by; every other is that of a built-in role. */
const ownRoles = new Set(['archivist', 'local'])

/** An account of a world file, as far as its references go. */
export interface AccountForm {
  readonly name?: string | undefined
  readonly status?: string | undefined
  readonly organizations: Readonly<Record<string, object>>
  readonly roles: Readonly<Record<string, { readonly organizations?: readonly string[] | undefined }>>
  readonly users: Readonly<Record<string, object>>
  readonly external: Readonly<Record<string, object>>
  readonly groups: Readonly<Record<string, { readonly members: readonly string[] }>>
  readonly grants: readonly {
    readonly to: string
    readonly role?: string | undefined
    readonly on?: string | undefined
  }[]
  readonly connections: Readonly<
    Record<string, { readonly maximum: string; readonly delegates?: string | undefined }>
  >
}

/** Leaves out what refers to something that is not there. */
export function sound(forms: Readonly<Record<string, AccountForm | undefined>>): Record<string, AccountForm> {
  const accounts = Object.entries(forms).flatMap(([slug, form]) => (form ? [[slug, form] as const] : []))
  return Object.fromEntries(
    accounts.map(([slug, form]) => [slug, soundAccount(slug, form, new Map(accounts))]),
  )
}

function soundAccount(
  slug: string,
  form: AccountForm,
  accounts: ReadonlyMap<string, AccountForm>,
): AccountForm {
  const home = new Map(
    [...accounts].flatMap(([at, { users }]) => Object.keys(users).map((key) => [key, at] as const)),
  )
  const external = kept(form.external, (key) => home.has(key) && home.get(key) !== slug)
  const roles = Object.fromEntries(
    Object.entries(form.roles).map(([key, role]) => [
      key,
      { ...role, organizations: role.organizations?.filter((one) => one in form.organizations) },
    ]),
  )
  const connections = kept(
    form.connections,
    (guest, { maximum, delegates = 'everyone' }) =>
      accounts.has(guest) &&
      isRole(roles, maximum) &&
      (delegates === 'everyone' || delegates.slice('group:'.length) in (accounts.get(guest)?.groups ?? {})),
  )
  const isSubject = (to: string) => {
    const [kind, key = ''] = to.split(':')
    if (kind === 'group') return key in form.groups
    return kind === 'connection' ? key in connections : to in form.users || to in external
  }
  const groups = Object.fromEntries(
    Object.entries(form.groups).map(([key, group]) => [
      key,
      { ...group, members: group.members.filter(isSubject) },
    ]),
  )
  const isGrant = ({ to, role, on }: AccountForm['grants'][number]) => {
    if (!isSubject(to) || (on !== undefined && !(on in form.organizations))) return false
    if (role === undefined) return to.startsWith('connection:')
    const bound = roles[role]?.organizations
    return isRole(roles, role) && (bound === undefined || (on !== undefined && bound.includes(on)))
  }
  const alike = new Set(
    Object.entries(form.users).flatMap(([key, user]) =>
      'superuser' in user && user.superuser === true ? [JSON.stringify({ to: key, role: 'superuser' })] : [],
    ),
  )
  const grants = form.grants.filter((grant) => {
    const content = JSON.stringify(grant)
    if (!isGrant(grant) || alike.has(content)) return false
    alike.add(content)
    return true
  })
  return { ...form, external, roles, connections, groups, grants }
}

function isRole(roles: AccountForm['roles'], key: string): boolean {
  return !ownRoles.has(key) || key in roles
}

function kept<Thing>(
  things: Readonly<Record<string, Thing>>,
  stays: (key: string, thing: Thing) => boolean,
): Record<string, Thing> {
  return Object.fromEntries(Object.entries(things).filter(([key, thing]) => stays(key, thing)))
}
