import {
  createGroup as created,
  refuse,
  renameGroup,
  succeed,
  type AccountIndex,
  type Group,
  type GroupId,
} from '@keyholder/core'
import { createGroup, deleteGroup, updateGroup } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { groupForm } from './group-form.ts'

/** Makes, renames and deletes groups. Whoever does holds everything that the group carries. */
export function bindGroupChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createGroup, (call) => {
    const account = call.account.id
    const { key, name = key, description, kind } = call.body

    return changeAccess(deps, call, [account], async (scene) => {
      const id = scene.newId<GroupId>('group')
      const decided = created({ id, key, name, kind }, groupsOf(scene.index(account)))
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: (tx) => storage.describeGroup(tx, account, id, description),
        events: [{ action: 'group.create', target: { type: 'group', id }, after: { key, name, kind } }],
        answer: (tx) => shownGroup(201, tx, account, id),
      })
    })
  })

  bind(updateGroup, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx, index: indexOf }) => {
      const found = await storage.findGroup(tx, account, call.params.group)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      const { name = found.name, description = found.description } = call.body
      const decided = renameGroup(found, name, groupsOf(indexOf(account)))
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: (tx) => storage.describeGroup(tx, account, found.id, description),
        events: [
          {
            action: 'group.update',
            target: { type: 'group', id: found.id },
            before: { name: found.name, description: found.description },
            after: { name, description },
          },
        ],
        answer: (tx) => shownGroup(200, tx, account, found.id),
      })
    })
  })

  bind(deleteGroup, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx, index: indexOf }) => {
      const found = await storage.findGroup(tx, account, call.params.group)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      const connections = await storage.connectionsOfDelegates(tx, account, found.id)
      if (connections.length > 0) return refuse({ code: 'group_of_delegates', connections })
      const grants = indexOf(account).grantsTo({ kind: 'group', id: found.id })
      return succeed({
        access: [{ account, changes: [{ kind: 'group_removed', id: found.id }] }],
        before: (tx) => storage.forgetDelegates(tx, account, found.id),
        events: [
          {
            action: 'group.delete',
            target: { type: 'group', id: found.id },
            before: {
              key: found.key,
              name: found.name,
              users: found.users,
              connections: found.connections,
              grants: grants.map(({ id, role, organization }) => ({
                id,
                role: role ?? null,
                organization: organization ?? null,
              })),
            },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

function groupsOf({ rows }: AccountIndex): readonly Omit<Group, 'members'>[] {
  return rows.groups.filter((group) => group !== undefined)
}

/** Answers with a group as it stands after the change. */
export async function shownGroup<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  account: AccountIndex['id'],
  id: GroupId,
) {
  const group = await storage.findGroup(tx, account, id)
  if (!group) throw new Error('a group that was just written is not there')
  return answer(status, groupForm(group), { version: group.version })
}
