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
import type { Sealing } from '@keyholder/server'
import {
  appendEvents,
  describeConnection,
  insertApiKey,
  insertInvitation,
  insertSite,
  saveMails,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import { partnerOf, type Arena } from './arena.ts'
import { testPasswordHash } from '../server/test-people.ts'
import { seedCredentials } from './seed-credentials.ts'
import { seedSessions } from './seed-sessions.ts'
import { seedSso } from './seed-sso.ts'
import { seedSupport } from './seed-support.ts'
import { seedAccessRequests } from './seed-access-requests.ts'

/** The secret in the link of an account's invitation. */
export function invitationToken(slug: string): string {
  return createHash('sha256').update(slug).digest('base64url')
}

/** Gives each account, two at a time, what a world file cannot say: sites, invitations, keys, events, mails, offers. */
export async function seedObjects(db: Database, sealing: Sealing, arenas: readonly Arena[]): Promise<void> {
  const hash = await testPasswordHash()
  await transaction(db, 'deployment', async (tx) => {
    for (const arena of arenas) {
      await seedSessions(tx, arena, hash)
      await seedCredentials(tx, arena, sealing)
      for (const suffix of ['', '-2']) await seedOne(tx, arena, suffix)
      await seedOffer(tx, arena)
      await seedSupport(tx, arena)
      await seedAccessRequests(tx, arena)
      await seedSso(tx, arena)
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
    {
      id: `mail_${called}`,
      account,
      recipient: `${called}@${slug}.example`,
      payload: { template: called, language: 'en' },
    },
  ])
}

/** The partner's proposal to the account, and the leave to extend the account's own connection with it. */
async function seedOffer(tx: Tx, { account, slug, superuser }: Arena): Promise<void> {
  const host = partnerOf(slug)
  const described = { assurance: 'none', proposedAt: Date.now() } as const
  const author = { kind: 'person', id: worldIds.user(`${host}-otto`) } as const
  const terms = { maximum: 'user' as RoleId, assurance: 'none' } as const
  await describeConnection(tx, {
    ...described,
    connection: {
      id: worldIds.connection(host, slug),
      host: worldIds.account(host),
      guest: account,
      delegates: 'everyone',
      maximum: terms.maximum,
      status: 'proposed',
    },
    proposedBy: author,
    offer: {
      by: 'host',
      author,
      at: Date.now(),
      terms,
      groups: [worldIds.group(host, `${host}-field`)],
      openings: [{ role: 'viewer' as RoleId, organization: worldIds.organization(host, `${host}-one`) }],
    },
  })
  await describeConnection(tx, {
    ...described,
    connection: {
      id: worldIds.connection(slug, host),
      host: account,
      guest: worldIds.account(host),
      delegates: 'everyone',
      maximum: terms.maximum,
      status: 'active',
    },
    proposedBy: { kind: 'person', id: superuser },
    extension: 30 * 86_400_000,
  })
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
