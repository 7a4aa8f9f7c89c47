import {
  deleteRole as decided,
  grantsOfRole,
  refuse,
  succeed,
  type AccountIndex,
  type RoleId,
} from '@keyholder/core'
import { deleteRole } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { roleNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { customRole } from './change-roles.ts'
import { toldOfRole } from '../change/custom-roles.ts'

/** Deletes a custom role that nobody holds, or gives its holders another one in the same moment. */
export function bindRoleDeletion(bind: Bind, deps: ChangeDeps): void {
  bind(deleteRole, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx, index: indexOf }) => {
      const index = indexOf(account)
      const found = customRole(index, call.params.role)
      if (!found.ok) return found
      const role = found.value
      const stored = await storage.findRole(tx, account, index.rows.blueprint, role.id)
      const stale = outdated(call, stored?.version ?? 0)
      if (stale) return stale

      const replacement = replacementNamed(index, call.query.replacement)
      if (!replacement.ok) return replacement
      const invitations = await storage.openInvitationsWithRole(tx, account, role.id)
      const decision = decided(role, { ...holdersOf(index, role.id), invitations }, replacement.value)
      if (!decision.ok)
        return decision.refusal.code === 'role_held' ? refuse(heldBy(decision.refusal)) : decision
      return succeed({
        access: [{ account, changes: decision.value }],
        events: [
          {
            action: 'role.delete',
            target: { type: 'role', id: role.id },
            before: toldOfRole(index, role),
            after: { replacement: replacement.value ?? null },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

function replacementNamed(index: AccountIndex, name: string | undefined) {
  return name === undefined ? succeed(undefined) : roleNamed(index, name, '/replacement')
}

function holdersOf(index: AccountIndex, id: RoleId) {
  const connections = index.rows.connections.filter((connection) => connection !== undefined)
  return {
    grants: grantsOfRole(index, id),
    connections: connections.filter(
      ({ maximum, status }) => maximum === id && status !== 'ended' && status !== 'declined',
    ),
  }
}

/** The holders as ids: what the caller goes and looks up. */
function heldBy(
  refusal: Extract<Extract<ReturnType<typeof decided>, { ok: false }>['refusal'], { code: 'role_held' }>,
) {
  return {
    code: refusal.code,
    grants: refusal.grants.map(({ id, subject }) => ({
      id,
      subject_type: subject.kind,
      subject: subject.id,
    })),
    connections: refusal.connections.map(({ id }) => id),
    invitations: refusal.invitations,
  }
}
