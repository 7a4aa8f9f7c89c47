import {
  effectiveAccess,
  emptySet,
  heldForms,
  refuse,
  union,
  type AccessLine,
  type ConnectionId,
  type Directory,
  type OrganizationId,
  type PlaceAccess,
  type UserId,
} from '@keyholder/core'
import { listConnectionDelegates } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { replicaViews } from '../http/replica-views.ts'

type Deps = Pick<AppDeps, 'db' | 'cursorSecret' | 'replica'>

/** Shows to either side who may use a connection, and what each of them has through it at this moment. */
export function bindDelegateReads(bind: Bind, { db, cursorSecret, replica }: Deps): void {
  const views = replicaViews(replica)

  bind(listConnectionDelegates, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const own = call.account.id
    const id = call.params.connection as ConnectionId
    const read = { readOnly: true, snapshot: true }
    const found = await storage.transaction(db, [own], (tx) => storage.findConnection(tx, own, id), read)
    if (!found) return refuse({ code: 'not_found' })

    const { host, guest, delegates } = found.agreement.connection
    const { directory, at } = await views.of([host, guest])
    const group = delegates === 'everyone' ? undefined : delegates
    const filter = { kind: 'home', status: 'active', text: call.query.q, group } as const
    const page = await storage.transaction(
      db,
      [guest],
      (tx) => storage.listPeople(tx, guest, filter, request.value),
      read,
    )
    const users = page.rows.map(({ user }) => user)
    const access = new Map(users.map((user) => [user, placesOf(directory, id, host, user, at)]))
    const places = [...access.values()].flat().flatMap(({ organization }) => organization ?? [])
    const [names, uses] = await storage.transaction(
      db,
      [host],
      async (tx) => [
        await storage.hostNames(tx, host, [...new Set(places)]),
        await storage.lastUsesOf(tx, host, id, users),
      ],
      read,
    )
    return answer(
      200,
      listBody(cursorSecret, call, page, ({ user, email, name }) => ({
        user,
        email,
        name: name ?? null,
        last_used_at: uses.get(user)?.toISOString() ?? null,
        access: (access.get(user) ?? []).map(({ organization, ...place }) => ({
          organization:
            organization === undefined
              ? null
              : { id: organization, name: names.get(organization) ?? organization },
          ...place,
        })),
      })),
    )
  })
}

interface DelegatedPlace {
  readonly organization: OrganizationId | undefined
  readonly permissions: string[]
  readonly roles: { id: string; name: string }[]
  readonly limited_by: { id: string; name: string }[]
}

/** Where somebody has something through this very connection, and what. */
function placesOf(
  directory: Directory,
  connection: ConnectionId,
  host: storage.ConnectedAccount['id'],
  user: UserId,
  at: number,
): readonly DelegatedPlace[] {
  const access = effectiveAccess(directory, user, host, at)
  if (!access) return []
  return [access.everywhere, ...access.organizations]
    .map((place) => delegated(directory, connection, place))
    .filter(({ permissions }) => permissions.length > 0)
}

function delegated(
  { blueprint }: Directory,
  connection: ConnectionId,
  { organization, connection: lines }: PlaceAccess,
): DelegatedPlace {
  const counted = lines.filter(
    ({ through, obstacles }) => through?.connection === connection && obstacles.length === 0,
  )
  const permissions = counted.reduce((all, line) => union(all, line.permissions), emptySet(blueprint.size))
  return {
    organization,
    permissions: [...heldForms(permissions, blueprint)],
    roles: distinct(counted, ({ roles }) => roles),
    limited_by: distinct(counted, ({ limitedBy }) => limitedBy),
  }
}

function distinct(
  lines: readonly AccessLine[],
  part: (label: AccessLine['label']) => readonly { readonly id: string; readonly name: string }[],
) {
  const refs = lines.flatMap(({ label }) => part(label))
  return [...new Map(refs.map(({ id, name }) => [id, { id, name }])).values()]
}
