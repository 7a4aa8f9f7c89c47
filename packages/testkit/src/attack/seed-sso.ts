import type { AccountId, GroupId, RoleId, SsoConnectionId, SsoIdentityId } from '@keyholder/core'
import {
  findSsoConnection,
  insertSsoConnection,
  insertSsoDomain,
  insertSsoIdentity,
  markDomainProven,
  replaceSsoRules,
  setSsoConnectionStatus,
  type Tx,
} from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import { partnerOf, type Arena } from './arena.ts'

/**
 * Gives the account an identity provider in use, to which its superuser is linked, another one that is not, a proven
 * domain and a rule; and its partner one to which nobody is linked.
 */
export async function seedSso(tx: Tx, { account, slug, superuser, names }: Arena): Promise<void> {
  const partner = partnerOf(slug)
  await seedConnection(tx, worldIds.account(partner), partner, partner)
  await seedConnection(tx, account, slug, slug)
  await seedConnection(tx, account, `${slug}-2`, slug)
  const connection = connectionId(slug)
  await insertSsoIdentity(tx, {
    id: `sid_${slug}` as SsoIdentityId,
    account,
    connection,
    subject: `persistent ${slug}`,
    user: superuser,
  })
  const group = names.group[0] as GroupId
  await replaceSsoRules(tx, account, connection, [{ attribute: slug, comparison: 'exists', group }])
  for (const domain of [`${slug}.example`, `more.${slug}.example`])
    await insertSsoDomain(tx, account, domain, slug)
  await markDomainProven(tx, account, `${slug}.example`, 'operator')
}

async function seedConnection(tx: Tx, account: AccountId, called: string, active: string): Promise<void> {
  const id = connectionId(called)
  if (await findSsoConnection(tx, id)) return
  await insertSsoConnection(tx, {
    id,
    account,
    name: called,
    provider: {
      kind: 'saml',
      entityId: `https://idp.${called}.example`,
      signOnUrl: `https://idp.${called}.example/sso`,
      certificates: [],
      wantsSignedRequests: false,
    },
    defaultRole: 'viewer' as RoleId,
  })
  if (called === active) await setSsoConnectionStatus(tx, account, id, 'active')
}

function connectionId(called: string): SsoConnectionId {
  return `sso_${called}` as SsoConnectionId
}
