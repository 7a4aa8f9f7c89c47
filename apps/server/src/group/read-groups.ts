import { refuse, succeed, type ConnectionId, type UserId } from '@keyholder/core'
import { getGroup, listGroupMembers, listGroups } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { connectionNamed, memberNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { readAccount, type ReadDeps, type Reading } from '../http/read-account.ts'
import { groupForm, groupMemberForm } from './group-form.ts'

/** Lists the groups of an account, shows one, and who is in it. */
export function bindGroupReads(bind: Bind, deps: ReadDeps): void {
  const { cursorSecret } = deps

  bind(listGroups, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const { q: text, kind, user, connection } = call.query
    return readAccount(deps, call.account.id, async (reading) => {
      const member = await memberWanted(reading, user, connection)
      if (!member.ok) return member
      const filter = { text, kind, member: member.value }
      const page = await storage.listGroups(reading.tx, call.account.id, filter, request.value)
      return answer(200, listBody(cursorSecret, call, page, groupForm))
    })
  })

  bind(getGroup, (call) =>
    readAccount(deps, call.account.id, async ({ tx }) => {
      const found = await storage.findGroup(tx, call.account.id, call.params.group)
      return found ? answer(200, groupForm(found), { version: found.version }) : refuse({ code: 'not_found' })
    }),
  )

  bind(listGroupMembers, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async ({ tx }) => {
      const found = await storage.findGroup(tx, call.account.id, call.params.group)
      if (!found) return refuse({ code: 'not_found' })
      const page = await storage.listGroupMembers(tx, call.account.id, found.id, request.value)
      return answer(200, listBody(cursorSecret, call, page, groupMemberForm))
    })
  })
}

async function memberWanted(
  { tx, index }: Reading,
  user: string | undefined,
  connection: string | undefined,
) {
  if (user !== undefined) return memberNamed(tx, index, user, '/user')
  const none: UserId | ConnectionId | undefined = undefined
  return connection === undefined ? succeed(none) : connectionNamed(index, connection, '/connection')
}
