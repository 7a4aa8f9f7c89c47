import {
  difference,
  heldForms,
  intersection,
  isSubset,
  refuse,
  type AccountId,
  type Blueprint,
  type PermissionSet,
} from '@keyholder/core'
import { compareRoles, getRole, listRoles } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { roleForm } from './role-form.ts'
import { setOfRole } from './set-of-role.ts'

interface Deps {
  readonly db: storage.Database
  readonly blueprint: Blueprint
  readonly cursorSecret: Buffer
}

/** Lists the roles of an account, shows one, and holds two against each other. */
export function bindRoleReads(bind: Bind, { db, blueprint, cursorSecret }: Deps): void {
  bind(listRoles, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request

    const { q: text, built_in: builtIn } = call.query
    const filter = { text, builtIn: builtIn === undefined ? undefined : builtIn === 'true' }
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listRoles(tx, call.account.id, blueprint, filter, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, roleForm))
  })

  bind(getRole, async (call) => {
    const [found] = await find(call.account.id, [call.params.role])
    if (!found) return refuse({ code: 'not_found' })
    return answer(200, roleForm(found), { version: found.version })
  })

  bind(compareRoles, async (call) => {
    const [first, second] = await find(call.account.id, [call.params.role, call.query.with])
    if (!first) return refuse({ code: 'not_found' })
    if (!second) return refuse({ code: 'reference_unknown', pointer: '/with' })

    const [a, b] = [setOfRole(first, blueprint), setOfRole(second, blueprint)]
    return answer(200, {
      both: [...heldForms(intersection(a, b), blueprint)],
      only_first: [...heldForms(difference(a, b), blueprint)],
      only_second: [...heldForms(difference(b, a), blueprint)],
      relation: relationOf(a, b),
    })
  })

  function find(account: AccountId, names: readonly string[]) {
    return storage.transaction(
      db,
      [account],
      (tx) => Promise.all(names.map((name) => storage.findRole(tx, account, blueprint, name))),
      { readOnly: true },
    )
  }
}

function relationOf(a: PermissionSet, b: PermissionSet) {
  if (isSubset(a, b)) return isSubset(b, a) ? 'equal' : 'first_within_second'
  return isSubset(b, a) ? 'second_within_first' : 'neither'
}
