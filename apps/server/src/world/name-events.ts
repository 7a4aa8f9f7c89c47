import type { AccountId, Json } from '@keyholder/core'
import type { DescribedPerson } from '@keyholder/storage'
import type { EventDraft } from '../change/change-plan.ts'
import type { Outstanding } from './bring-about.ts'

/** What the log tells of an import that makes an account or people, or calls something otherwise. */
export function nameEvents(outstanding: Outstanding, account: AccountId): EventDraft[] {
  const { names, described } = outstanding
  return [
    ...(names.account === undefined ? [] : [accountEvent(account, names.account, described?.name)]),
    ...personEvents(outstanding),
    ...organizationEvents(outstanding),
  ]
}

function accountEvent(id: AccountId, name: string, before: string | undefined): EventDraft {
  return {
    action: before === undefined ? 'account.create' : 'account.update',
    target: { type: 'account', id },
    before: before === undefined ? undefined : { name: before },
    after: { name },
  }
}

function personEvents({ names, described }: Outstanding): EventDraft[] {
  const there = new Map(described?.people.map((person) => [person.id, person]))
  return names.people.map((person) => {
    const before = there.get(person.id)
    return {
      action: before ? 'user.update' : 'user.create',
      target: { type: 'user', id: person.id },
      before: before && personForm(before),
      after: personForm(person),
    }
  })
}

function personForm({ email, name, externalId }: DescribedPerson): Json {
  return { email, name, external_id: externalId }
}

/** An organization that is made is told of with its name as a change of access. */
function organizationEvents({ changes, names, described }: Outstanding): EventDraft[] {
  const made = new Set(changes.flatMap((change) => (change.kind === 'organization_set' ? [change.id] : [])))
  const there = new Map(described?.organizations.map((organization) => [organization.id, organization]))
  return names.organizations
    .filter(({ id }) => !made.has(id))
    .map(({ id, key, name }) => {
      const before = there.get(id)
      return {
        action: 'organization.update',
        target: { type: 'organization', id },
        organization: id,
        before: before && { key: before.key, name: before.name },
        after: { key, name },
      }
    })
}
