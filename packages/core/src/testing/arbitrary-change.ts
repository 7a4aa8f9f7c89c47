import fc from 'fast-check'
import type { AccessChange } from '../access/access-change.ts'
import type { AccountId, GrantId } from '../id.ts'
import {
  arbitraryConnection,
  arbitraryCustomRole,
  arbitraryGrant,
  arbitraryGroup,
  arbitraryGroupMember,
  arbitraryMember,
  arbitraryOrganization,
  arbitraryPerson,
} from './arbitrary-world.ts'

/** Any change of an account; it need not make sense there: strangers are added to groups that are gone. */
export function arbitraryChange(account: AccountId): fc.Arbitrary<AccessChange> {
  const grantId = fc.integer({ min: 1, max: 9 }).map((n) => `${account}-grant-${n}` as GrantId)
  const grant = arbitraryGrant(account, grantId)
  const group = arbitraryGroup(account)
  const membership = { group: group.map(({ id }) => id), member: arbitraryGroupMember(account) }
  const role = arbitraryCustomRole(account)
  return fc.oneof(
    { weight: 1, arbitrary: change('account_set', { status: fc.constantFrom('active', 'suspended') }) },
    { weight: 1, arbitrary: change('organization_set', { id: arbitraryOrganization(account) }) },
    { weight: 1, arbitrary: change('organization_removed', { id: arbitraryOrganization(account) }) },
    { weight: 2, arbitrary: change('role_set', { role }) },
    { weight: 1, arbitrary: change('role_removed', { id: role.map(({ id }) => id) }) },
    { weight: 3, arbitrary: change('member_set', { member: arbitraryMember(account) }) },
    { weight: 1, arbitrary: change('member_removed', { user: arbitraryPerson }) },
    { weight: 1, arbitrary: change('group_set', { group }) },
    { weight: 1, arbitrary: change('group_removed', { id: group.map(({ id }) => id) }) },
    { weight: 3, arbitrary: change('group_member_added', membership) },
    { weight: 2, arbitrary: change('group_member_removed', membership) },
    { weight: 6, arbitrary: change('grant_set', { grant }) },
    { weight: 3, arbitrary: change('grant_removed', { id: grantId }) },
    { weight: 3, arbitrary: change('connection_set', { connection: arbitraryConnection(account) }) },
  )
}

type Kind = AccessChange['kind']
type ChangeOf<K extends Kind> = Extract<AccessChange, { readonly kind: K }>

function change<K extends Kind>(
  kind: K,
  parts: { readonly [Part in Exclude<keyof ChangeOf<K>, 'kind'>]: fc.Arbitrary<ChangeOf<K>[Part]> },
): fc.Arbitrary<AccessChange> {
  return fc
    .record(parts as Record<string, fc.Arbitrary<unknown>>)
    .map((rest) => ({ kind, ...rest }) as ChangeOf<K>)
}
