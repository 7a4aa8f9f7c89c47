import {
  refuse,
  succeed,
  type AccountIndex,
  type ConnectionId,
  type GroupMember,
  type Result,
} from '@keyholder/core'
import { addGroupMembers, removeGroupMember } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { bothSides } from '../change/both-sides.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { connectionNamed, memberNamed, membersNamed, type ReferenceUnknown } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { shownGroup } from './change-groups.ts'

/** Puts people and connections into groups, and takes them out. */
export function bindGroupMemberChanges(bind: Bind, deps: ChangeDeps): void {
  bind(addGroupMembers, async (call) => {
    const account = call.account.id
    const accounts = await bothSides(deps.db, account, call.body.connections)

    return changeAccess(deps, call, accounts, async ({ tx, index: indexOf }) => {
      const index = indexOf(account)
      const found = await storage.findGroup(tx, account, call.params.group)
      if (!found) return refuse({ code: 'not_found' })
      const wanted = await everybodyNamed(tx, index, call.body)
      if (!wanted.ok) return wanted

      const there = new Set(index.group(found.id)?.members.map(({ id }) => id))
      const added = wanted.value.filter(({ id }) => !there.has(id))
      return succeed({
        access: [
          {
            account,
            changes: added.map((member) => ({ kind: 'group_member_added', group: found.id, member })),
          },
        ],
        events: toldToEach(index, added).map(({ members, accounts: told }) => ({
          ...event('group.add_members', found.id, members),
          accounts: told,
        })),
        answer: (tx) => shownGroup(200, tx, account, found.id),
      })
    })
  })

  bind(removeGroupMember, async (call) => {
    const account = call.account.id
    const name = call.params.member
    const accounts = await bothSides(deps.db, account, isConnection(name) ? [name] : [])

    return changeAccess(deps, call, accounts, async ({ tx, index: indexOf }) => {
      const index = indexOf(account)
      const found = await storage.findGroup(tx, account, call.params.group)
      if (!found) return refuse({ code: 'not_found' })
      const named = await memberCalled(tx, index, name)
      const isThere = named.ok && index.group(found.id)?.members.some(({ id }) => id === named.value.id)
      if (!named.ok || !isThere) return refuse({ code: 'not_found' })

      const member = named.value
      return succeed({
        access: [{ account, changes: [{ kind: 'group_member_removed', group: found.id, member }] }],
        events: [{ ...event('group.remove_member', found.id, [member]), accounts }],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

function isConnection(name: string): boolean {
  return name.startsWith('con_')
}

async function memberCalled(
  tx: storage.Tx,
  index: AccountIndex,
  name: string,
): Promise<Result<GroupMember, ReferenceUnknown>> {
  if (isConnection(name)) {
    const found = connectionNamed(index, name, '/member')
    return found.ok ? succeed({ kind: 'connection', id: found.value }) : found
  }
  const found = await memberNamed(tx, index, name, '/member')
  return found.ok ? succeed({ kind: 'user', id: found.value }) : found
}

/** Everybody whom a request names, each once. */
async function everybodyNamed(
  tx: storage.Tx,
  index: AccountIndex,
  { users, connections }: { readonly users: readonly string[]; readonly connections: readonly string[] },
): Promise<Result<readonly GroupMember[], ReferenceUnknown>> {
  const members = new Map<string, GroupMember>()
  const people = await membersNamed(tx, index, users, (place) => `/users/${place}`)
  if (!people.ok) return people
  for (const id of people.value) members.set(id, { kind: 'user', id })
  for (const [place, name] of connections.entries()) {
    const connection = connectionNamed(index, name, `/connections/${place}`)
    if (!connection.ok) return connection
    members.set(connection.value, { kind: 'connection', id: connection.value })
  }
  return succeed([...members.values()])
}

/** Whom a log tells of: the host's alone of its users, and each guest's of nobody but that guest's connection. */
function toldToEach(index: AccountIndex, members: readonly GroupMember[]) {
  const host = index.id
  const users = members.filter(({ kind }) => kind === 'user')
  const connections = members.flatMap((member) => {
    const guest = member.kind === 'connection' ? index.connection(member.id)?.guest : undefined
    return guest === undefined ? [] : [{ members: [member], accounts: [host, guest] }]
  })
  return users.length === 0 ? connections : [{ members: users, accounts: [host] }, ...connections]
}

function event(action: string, group: string, members: readonly GroupMember[]) {
  const ids = (kind: GroupMember['kind']) =>
    members.flatMap((member): (GroupMember['id'] | ConnectionId)[] =>
      member.kind === kind ? [member.id] : [],
    )
  return {
    action,
    target: { type: 'group', id: group },
    after: { users: ids('user'), connections: ids('connection') },
  }
}
