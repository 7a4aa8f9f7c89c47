import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { setOf } from '../role/permission-set.ts'
import type { Acting, Agreement, ConnectionTerms, Offer } from './agreement.ts'
import type { Connection } from './connection.ts'
import type { RoleLookup } from './terms.ts'

export const noon = Date.UTC(2026, 10, 21, 12)
export const day = 86_400_000
export const contoso = 'acc_contoso' as AccountId
export const nightowl = 'acc_nightowl' as AccountId
export const rome = 'org_rome' as OrganizationId
export const milan = 'org_milan' as OrganizationId
export const level1 = 'grp_level1' as GroupId
export const grantIds = ['grt_1', 'grt_2', 'grt_3'] as GrantId[]

export const viewer = 'viewer' as RoleId
export const editor = 'editor' as RoleId
export const administrator = 'administrator' as RoleId
/** Neither within editor nor around it. */
export const auditor = 'auditor' as RoleId
export const romeOnly = 'rol_rome' as RoleId

const roles = new Map<string, NonNullable<ReturnType<RoleLookup>>>([
  [viewer, { permissions: setOf(8, [0]) }],
  [editor, { permissions: setOf(8, [0, 1]) }],
  [administrator, { permissions: setOf(8, [0, 1, 2, 3]) }],
  [auditor, { permissions: setOf(8, [0, 3]) }],
  [romeOnly, { permissions: setOf(8, [0]), organizations: [rome] }],
])

export const role: RoleLookup = (id) => roles.get(id)
export const context = { role, now: noon }

/** Frida speaks for the host, Nadia for the guest. */
export const frida: Acting = { side: 'host', author: { kind: 'person', id: 'usr_frida' as UserId } }
export const nadia: Acting = { side: 'guest', author: { kind: 'person', id: 'usr_nadia' as UserId } }

export const terms = (change: Partial<ConnectionTerms> = {}): ConnectionTerms => ({
  maximum: editor,
  assurance: 'none',
  endsAt: noon + 30 * day,
  ...change,
})

export const offer = (change: Partial<Offer> = {}): Offer => ({
  by: 'host',
  author: frida.author,
  at: noon,
  terms: terms(),
  groups: [level1],
  openings: [{ organization: rome }, { organization: milan, role: viewer }],
  ...change,
})

const connection: Connection = {
  id: 'con_1' as ConnectionId,
  host: contoso,
  guest: nightowl,
  maximum: editor,
  delegates: 'everyone',
  status: 'proposed',
  startsAt: undefined,
  endsAt: noon + 30 * day,
}

/** Contoso offers NightOwl to come in as editor at most, for thirty days. */
export function proposed(change: Partial<Agreement> = {}): Agreement {
  return {
    connection,
    assurance: 'none',
    proposedBy: frida.author,
    proposedAt: noon,
    offer: offer(),
    ...change,
  }
}

/** The same, accepted. */
export function inUse(status: Connection['status'] = 'active', change: Partial<Agreement> = {}): Agreement {
  return { ...proposed(), connection: { ...connection, status }, offer: undefined, ...change }
}
