import type { AccessRequestId, OrganizationId } from '@keyholder/core'
import { databaseTime, insertAccessRequest, type Tx } from '@keyholder/storage'
import type { Arena } from './arena.ts'

/** Two requests of the account's external user: for an organization, and in words. */
export async function seedAccessRequests(tx: Tx, { account, slug, external, names }: Arena): Promise<void> {
  const organization = names.organization[0] as OrganizationId
  const createdAt = await databaseTime(tx)
  const request = { account, user: external, message: 'Why not', createdAt }
  await insertAccessRequest(tx, {
    ...request,
    id: `arq_${slug}` as AccessRequestId,
    place: { kind: 'organization', organization },
  })
  await insertAccessRequest(tx, {
    ...request,
    id: `arq_${slug}-2` as AccessRequestId,
    place: { kind: 'words', words: 'Somewhere' },
  })
}
