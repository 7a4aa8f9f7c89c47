import { createHash } from 'node:crypto'
import type {
  Email,
  EventId,
  GroupId,
  Invitation,
  InvitationId,
  KeyId,
  OrganizationId,
  RoleId,
  SiteId,
} from '@keyholder/core'
import {
  appendEvents,
  insertApiKey,
  insertInvitation,
  insertSite,
  saveMails,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { Arena } from './arena.ts'

/** The secret in the link of an account's invitation. */
export function invitationToken(slug: string): string {
  return createHash('sha256').update(slug).digest('base64url')
}

/** Gives each account, two at a time, what a world file cannot say: sites, invitations, keys, events, mails. */
export async function seedObjects(db: Database, arenas: readonly Arena[]): Promise<void> {
  await transaction(db, 'deployment', async (tx) => {
    for (const arena of arenas) {
      for (const suffix of ['', '-2']) await seedOne(tx, arena, suffix)
    }
  })
}

async function seedOne(tx: Tx, { account, slug, superuser, names }: Arena, suffix: string): Promise<void> {
  const called = `${slug}${suffix}`
  const organization = names.organization[0] as OrganizationId
  await insertSite(tx, account, { id: `sit_${called}` as SiteId, organization, key: called, name: called })
  await insertInvitation(tx, invitationIn(account, called, { superuser, names }))
  await insertApiKey(tx, {
    id: `key_${called}` as KeyId,
    account,
    name: called,
    hint: 'none',
    scopes: ['asset.view'],
    madeBy: superuser,
    endsAt: undefined,
    secretHash: `of nothing: ${called}`,
  })
  await appendEvents(tx, [
    {
      id: `evt_${called}` as EventId,
      at: 0,
      action: 'organization.create',
      outcome: 'done',
      actor: { kind: 'person', user: superuser },
      target: { type: 'organization', id: organization },
      organization,
      accounts: [account],
    },
  ])
  await saveMails(tx, [
    { id: `mail_${called}`, account, recipient: `${called}@${slug}.example`, payload: {} },
  ])
}

function invitationIn(
  account: Arena['account'],
  called: string,
  { superuser, names }: Pick<Arena, 'superuser' | 'names'>,
): Invitation {
  return {
    id: `inv_${called}` as InvitationId,
    account,
    kind: 'home',
    email: `invited-${called}@example.test` as Email,
    grants: [{ role: names.role[0] as RoleId, organization: names.organization[0] as OrganizationId }],
    groups: [names.group[0] as GroupId],
    language: 'en',
    showInviter: true,
    invitedBy: { kind: 'person', id: superuser },
    tokenHash: createHash('sha256').update(invitationToken(called)).digest('hex'),
    createdAt: Date.now(),
    sentAt: Date.now(),
    expiresAt: Date.now() + 7 * 86_400_000,
  }
}
