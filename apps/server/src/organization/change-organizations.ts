import { refuse, succeed, type OrganizationId } from '@keyholder/core'
import { createOrganization, deleteOrganization, updateOrganization } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { organizationForm } from './organization-form.ts'

/** Creates, changes and deletes organizations. */
export function bindOrganizationChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createOrganization, (call) => {
    const account = call.account.id
    const { key, name = key } = call.body

    return changeAccess(deps, call, [account], async ({ tx, newId }) => {
      if (await storage.findOrganization(tx, account, key)) return refuse({ code: 'organization_key_taken' })

      const id = newId<OrganizationId>('organization')
      return succeed({
        access: [{ account, changes: [{ kind: 'organization_set', id }] }],
        rows: (tx) => storage.describeOrganization(tx, account, id, { key, name }),
        events: [
          {
            action: 'organization.create',
            target: { type: 'organization', id },
            organization: id,
            after: { key, name },
          },
        ],
        answer: async (tx) => shown(201, await storage.findOrganization(tx, account, id)),
      })
    })
  })

  bind(updateOrganization, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await storage.findOrganization(tx, account, call.organization)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      const before = { key: found.key, name: found.name }
      const after = { key: call.body.key ?? found.key, name: call.body.name ?? found.name }
      if (after.key !== found.key && (await storage.findOrganization(tx, account, after.key))) {
        return refuse({ code: 'organization_key_taken' })
      }
      return succeed({
        // Questions name organizations by their keys, so what they are answered from moves with a key.
        access: after.key === found.key ? [] : [{ account, changes: [], moves: true }],
        rows: (tx) => storage.describeOrganization(tx, account, found.id, after),
        events: [
          {
            action: 'organization.update',
            target: { type: 'organization', id: found.id },
            organization: found.id,
            before,
            after,
          },
        ],
        answer: async (tx) => shown(200, await storage.findOrganization(tx, account, found.id)),
      })
    })
  })

  bind(deleteOrganization, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await storage.findOrganization(tx, account, call.organization)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      return succeed({
        access: [{ account, changes: [{ kind: 'organization_removed', id: found.id }] }],
        events: [
          {
            action: 'organization.delete',
            target: { type: 'organization', id: found.id },
            organization: found.id,
            before: { key: found.key, name: found.name },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

function shown<const Status extends number>(status: Status, organization: storage.Organization | undefined) {
  if (!organization) throw new Error('an organization that was just written is not there')
  return answer(status, organizationForm(organization), { version: organization.version })
}
