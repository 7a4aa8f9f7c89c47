import type {
  AccessChange,
  AccountId,
  Bounds,
  Email,
  GrantId,
  GroupId,
  OrganizationId,
  RoleId,
  Subject,
  UserId,
} from '@keyholder/core'
import { writeChanges } from './access/write-changes.ts'
import { insertAccount } from './account/accounts.ts'
import { blueprint } from './blueprint.fixture.ts'
import { transaction } from './database/transaction.ts'
import type { Database } from './database/open-database.ts'
import { describeOrganization } from './organization/organizations.ts'
import { insertUser } from './user/users.ts'

export const acme = 'acc_acme' as AccountId
export const globex = 'acc_globex' as AccountId
export const rome = 'org_rome' as OrganizationId
export const milan = 'org_milan' as OrganizationId
export const day = 86_400_000

export const user = (name: string) => `usr_${name}` as UserId
export const group = (name: string) => `grp_${name}` as GroupId

let grants = 0

export function grant(
  to: UserId | GroupId,
  role: string,
  on?: OrganizationId,
  bounds: Bounds = {},
): AccessChange {
  const subject = { kind: to.startsWith('usr_') ? 'user' : 'group', id: to } as Subject
  const id = `grt_${String(++grants).padStart(3, '0')}` as GrantId
  return {
    kind: 'grant_set',
    grant: { id, subject, role: role as RoleId, ...(on && { organization: on }), ...bounds },
  }
}

const people = [
  { name: 'dana', label: 'Dana Voss', home: acme, verified: true },
  { name: 'erik', label: 'Erik Berg', home: acme, verified: true },
  { name: 'frida', label: 'Frida', home: acme, verified: true },
  { name: 'asa', label: 'Åsa Öberg', home: acme, verified: false },
  { name: 'hugo', label: undefined, home: acme, verified: false },
  { name: 'ines', label: 'Inês', home: acme, verified: true },
  { name: 'xavier', label: 'Xavier', home: globex, verified: true },
] as const

/**
 * Acme's team: Dana views everything, Erik only Rome, Frida is superuser, Åsa edits everything through the group
 * `night`, Hugo is suspended and his right has ended, Inês's begins tomorrow, and Xavier of Globex edits Milan through
 * the group `field`.
 */
export async function makeTeam(db: Database, now: number): Promise<void> {
  await transaction(db, [acme, globex], async (tx) => {
    await insertAccount(tx, { id: acme, slug: 'acme', name: 'Acme' })
    await insertAccount(tx, { id: globex, slug: 'globex', name: 'Globex' })
    await writeChanges(tx, blueprint, globex, [member('xavier', globex, globex)])
    await writeChanges(tx, blueprint, acme, [
      ...[rome, milan].map((id): AccessChange => ({ kind: 'organization_set', id })),
      ...people.map(({ name, home }) => member(name, acme, home)),
      ...['night', 'field'].map((name): AccessChange => ({
        kind: 'group_set',
        group: { id: group(name), key: name, name: `The ${name} team`, kind: 'manual' },
      })),
      added('night', 'asa'),
      added('field', 'xavier'),
      added('field', 'dana'),
      grant(user('dana'), 'viewer'),
      grant(user('erik'), 'viewer', rome),
      grant(user('frida'), 'superuser'),
      grant(user('hugo'), 'viewer', undefined, { endsAt: now - day }),
      grant(user('ines'), 'viewer', undefined, { startsAt: now + day }),
      grant(group('night'), 'editor'),
      grant(group('field'), 'editor', milan),
    ])
    await describeOrganization(tx, acme, rome, { key: 'rome', name: 'Rome office' })
    await describeOrganization(tx, acme, milan, { key: 'milan', name: 'Milan' })
    for (const { name, label, home, verified } of people) {
      await insertUser(tx, {
        id: user(name),
        home,
        email: `${name}@${home === acme ? 'acme' : 'globex'}.example` as Email,
        name: label,
        externalId: name,
        verifiedAt: verified ? new Date(now) : undefined,
      })
    }
  })
}

function member(name: string, account: AccountId, home: AccountId): AccessChange {
  const status = name === 'hugo' ? 'suspended' : 'active'
  return {
    kind: 'member_set',
    member: { user: user(name), kind: account === home ? 'home' : 'external', status, home },
  }
}

function added(to: string, name: string): AccessChange {
  return { kind: 'group_member_added', group: group(to), member: { kind: 'user', id: user(name) } }
}
