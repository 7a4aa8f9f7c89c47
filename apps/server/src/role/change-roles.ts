import {
  cloneRole as cloned,
  createRole as created,
  editRole as edited,
  refuse,
  setOfForms,
  succeed,
  type AccountIndex,
  type CustomRole,
  type Result,
  type RoleId,
} from '@keyholder/core'
import { cloneRole, createRole, updateRole, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { organizationsNamedIn, roleNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { roleForm } from './role-form.ts'
import { roleContext, toldOfRole } from '../change/custom-roles.ts'

/** Makes, clones and edits custom roles. */
export function bindRoleChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createRole, (call) => {
    const account = call.account.id
    const { key, name = key, description, permissions, organizations } = call.body

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const set = setOfForms(permissions, index.rows.blueprint)
      if (!set.ok) return set
      const bounds = await boundsNamed(scene, index, organizations)
      if (!bounds.ok) return bounds

      const role: CustomRole = {
        id: scene.newId<RoleId>('role'),
        key,
        name,
        permissions: set.value,
        organizations: bounds.value,
      }
      const decided = created(role, roleContext(index))
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: (tx) => storage.describeRole(tx, account, role.id, description),
        events: [
          { action: 'role.create', target: { type: 'role', id: role.id }, after: toldOfRole(index, role) },
        ],
        answer: (tx) => shown(201, tx, index, role.id),
      })
    })
  })

  bind(cloneRole, (call) => {
    const account = call.account.id
    const { key, name = key } = call.body

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const source = roleNamed(index, call.params.role, '/role')
      if (!source.ok) return refuse({ code: 'not_found' })
      const original = index.role(source.value)
      if (!original) return refuse({ code: 'not_found' })

      const id = scene.newId<RoleId>('role')
      const bounds = 'organizations' in original ? { organizations: original.organizations } : {}
      const like = { permissions: original.permissions, ...bounds }
      const decided = cloned(like, { id, key, name }, roleContext(index))
      if (!decided.ok) return decided
      const after = { ...toldOfRole(index, { ...like, name }), cloned_from: original.id }
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [{ action: 'role.create', target: { type: 'role', id }, after }],
        answer: (tx) => shown(201, tx, index, id),
      })
    })
  })

  bind(updateRole, (call) => {
    const account = call.account.id
    const { description } = call.body

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const found = customRole(index, call.params.role)
      if (!found.ok) return found
      const stored = await storage.findRole(scene.tx, account, index.rows.blueprint, found.value.id)
      const stale = outdated(call, stored?.version ?? 0)
      if (stale) return stale

      const wanted = await wantedRole(scene, index, found.value, call.body)
      if (!wanted.ok) return wanted
      const role = wanted.value
      const decided = edited(found.value, role, roleContext(index))
      if (!decided.ok) return decided
      const before = { ...toldOfRole(index, found.value), description: stored?.description ?? '' }
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: async (tx) => {
          if (description !== undefined) await storage.describeRole(tx, account, role.id, description)
        },
        events: [
          {
            action: 'role.update',
            target: { type: 'role', id: role.id },
            before,
            after: { ...toldOfRole(index, role), description: description ?? before.description },
          },
        ],
        answer: (tx) => shown(200, tx, index, role.id),
      })
    })
  })
}

/** The role as it is to be; what the request leaves out stays. */
async function wantedRole(
  scene: Scene,
  index: AccountIndex,
  role: CustomRole,
  { name = role.name, permissions, organizations }: BodyOf<typeof updateRole>,
) {
  const set = permissions ? setOfForms(permissions, index.rows.blueprint) : succeed(role.permissions)
  if (!set.ok) return set
  const bounds =
    organizations === undefined
      ? succeed(role.organizations)
      : await boundsNamed(scene, index, organizations ?? undefined)
  if (!bounds.ok) return bounds
  return succeed({ ...role, name, permissions: set.value, organizations: bounds.value })
}

/** A custom role of this name; built-in roles stand in the blueprint, and nobody changes them here. */
export function customRole(
  index: AccountIndex,
  name: string,
): Result<CustomRole, { code: 'not_found' } | { code: 'role_built_in'; role: RoleId }> {
  const id = roleNamed(index, name, '/role')
  const role = id.ok ? index.role(id.value) : undefined
  if (!role) return refuse({ code: 'not_found' })
  if (index.rows.blueprint.role.has(role.id)) return refuse({ code: 'role_built_in', role: role.id })
  return succeed(role)
}

async function boundsNamed({ tx }: Scene, index: AccountIndex, names: readonly string[] | undefined) {
  if (names === undefined) return succeed(undefined)
  return organizationsNamedIn(tx, index, [...new Set(names)], (place) => `/organizations/${place}`)
}

async function shown<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  index: AccountIndex,
  id: RoleId,
) {
  const role = await storage.findRole(tx, index.id, index.rows.blueprint, id)
  if (!role) throw new Error('a role that was just written is not there')
  return answer(status, roleForm(role), { version: role.version })
}
