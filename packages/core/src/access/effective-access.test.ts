import { describe, expect, test } from 'vitest'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { printSet } from '../testing/print-world.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf, type AccountSketch } from '../testing/world-of.ts'
import { directoryOf } from './directory-of.ts'
import { effectiveAccess, type PlaceAccess } from './effective-access.ts'

function accessOf(user: string, accounts: Readonly<Record<string, AccountSketch>>) {
  const directory = directoryOf(worldOf(smallBlueprint, accounts))
  return effectiveAccess(directory, user as UserId, 'acme' as AccountId, 10)!
}

function called({ label }: Pick<PlaceAccess, 'label'>): string {
  const name = (refs: readonly { readonly name: string }[]) => refs.map((ref) => ref.name).join(' and ')
  return label.limitedBy.length > 0
    ? `${name(label.roles)}, limited by ${name(label.limitedBy)}`
    : name(label.roles)
}

describe('the access of a person', () => {
  const access = () =>
    accessOf('ann', {
      acme: {
        organizations: ['rome', 'milan', 'turin'],
        users: ['ann'],
        groups: { field: ['ann'] },
        ssoGroups: { staff: ['ann'] },
        grants: [
          { to: 'ann', role: 'reader' },
          { to: 'group:field', role: 'creator', on: 'rome' },
          { to: 'group:staff', role: 'editor', on: 'milan' },
          { to: 'ann', role: 'manager', on: 'rome', from: 20 },
        ],
      },
    })

  test('has a line for everywhere and one for each organization that somebody thought of', () => {
    expect(called(access().everywhere)).toBe('Reader')
    expect(access().organizations.map((place) => [place.organization, called(place)])).toEqual([
      ['milan', 'Editor'],
      ['rome', 'Creator'],
    ])
  })

  test('can be asked about some organizations only, also where nobody thought of them', () => {
    const directory = directoryOf(
      worldOf(smallBlueprint, {
        acme: {
          organizations: ['rome', 'milan'],
          users: ['ann'],
          grants: [
            { to: 'ann', role: 'reader' },
            { to: 'ann', role: 'editor', on: 'rome' },
          ],
        },
      }),
    )
    const wanted = ['milan' as OrganizationId]
    const asked = effectiveAccess(directory, 'ann' as UserId, 'acme' as AccountId, 10, wanted)!

    expect(asked.organizations.map((place) => [place.organization, called(place)])).toEqual([
      ['milan', 'Reader'],
    ])
  })

  test('says what each section adds, and what does not count yet', () => {
    const [milan, rome] = access().organizations
    const ids = (lines: PlaceAccess['user']) => lines.map(({ grant }) => grant.id)

    expect(ids(rome!.user)).toEqual(['acme-1', 'acme-4'])
    expect(ids(rome!.group)).toEqual(['acme-2'])
    expect(ids(rome!.ssoGroup)).toEqual([])
    expect(ids(milan!.ssoGroup)).toEqual(['acme-3'])
    expect(rome!.user[1]!.obstacles).toEqual([{ code: 'not_started', startsAt: 20 }])
    expect(rome!.group[0]!.group).toEqual({ id: 'field', name: 'field', kind: 'manual' })
  })

  test('over one organization is without what only an account has', () => {
    const [milan] = access().organizations

    expect(printSet(smallBlueprint, milan!.permissions)).not.toContain('bill.pay')
    expect(printSet(smallBlueprint, milan!.ssoGroup[0]!.permissions)).not.toContain('bill.pay')
  })
})

describe('what a sum of roles is called', () => {
  const sum = (...roles: string[]) =>
    called(
      accessOf('ann', {
        acme: {
          organizations: ['rome'],
          users: ['ann'],
          roles: {
            odd: { permissions: ['ticket.view', 'asset.tag'] },
            same: { permissions: ['ticket.view', 'asset.view'] },
            clerk: { permissions: ['ticket.view', 'ticket.edit', 'asset.view', 'asset.tag'] },
            payer: { permissions: ['bill.pay'] },
            empty: { permissions: [] },
          },
          grants: roles.map((role) => ({ to: 'ann', role })),
        },
      }).everywhere,
    )

  test.each([
    [[], ''],
    [['reader', 'creator'], 'Creator'],
    [['odd', 'reader'], 'odd and Reader'],
    [['same'], 'same'],
    [['lite'], 'Lite'],
    [['clerk', 'payer'], 'Editor'],
  ])('%j: %s', (roles, name) => {
    expect(sum(...roles)).toBe(name)
  })
})

describe('what comes through a connection', () => {
  const through = (maximum: string, granted: string | undefined, held: readonly string[], on?: string) =>
    accessOf('dan', {
      acme: {
        organizations: ['rome'],
        connections: { globex: { maximum } },
        grants: [
          {
            to: 'connection:globex',
            ...(granted !== undefined && { role: granted }),
            ...(on !== undefined && { on }),
          },
        ],
      },
      globex: {
        users: ['dan'],
        roles: {
          odd: { permissions: ['ticket.view', 'asset.tag', 'vault.open'] },
        },
        grants: held.map((role) => ({ to: 'dan', role })),
      },
    })

  test.each([
    ['editor', undefined, ['superuser'], 'Editor'],
    ['superuser', 'editor', ['superuser'], 'Editor'],
    ['superuser', 'superuser', ['manager'], 'Manager'],
    ['editor', undefined, ['reader'], 'Reader'],
    ['editor', undefined, ['odd'], 'Editor, limited by odd'],
    ['creator', 'editor', ['odd', 'reader'], 'Reader'],
    ['editor', undefined, ['lite'], ''],
  ])('under %s as %s by somebody who is %j: %s', (maximum, granted, held, name) => {
    expect(called(through(maximum, granted, held).everywhere)).toBe(name)
  })

  test.each([
    ['editor', 'editor', 'reader', undefined, 'Reader'],
    ['editor', 'editor', 'superuser', 'rome', 'Editor'],
    ['most', 'editor', 'superuser', undefined, 'Editor, limited by most'],
    ['editor', 'editor', 'odd', undefined, 'Editor, limited by odd'],
    ['superuser', 'superuser', 'manager', undefined, 'Manager'],
    ['gone', 'editor', 'superuser', undefined, ''],
    ['editor', 'editor', 'lite', undefined, ''],
  ])('under %s as %s by somebody who is %s, on %s, is one line: %s', (maximum, role, held, on, name) => {
    const access = accessOf('dan', {
      acme: {
        organizations: ['rome'],
        roles: { most: { permissions: ['ticket.view', 'asset.tag', 'member.view'] } },
        connections: { globex: { maximum } },
        grants: [{ to: 'connection:globex', role, ...(on !== undefined && { on }) }],
      },
      globex: {
        users: ['dan'],
        roles: { odd: { permissions: ['ticket.view', 'vault.open'] } },
        grants: [{ to: 'dan', role: held }],
      },
    })

    expect((access.organizations[0] ?? access.everywhere).connection.map(called)).toEqual([name])
  })

  test('is called by both ceilings where both cut it down', () => {
    const access = accessOf('dan', {
      acme: {
        roles: { most: { permissions: ['ticket.view', 'asset.tag', 'asset.view'] } },
        connections: { globex: { maximum: 'most' } },
        grants: [{ to: 'connection:globex', role: 'editor' }],
      },
      globex: {
        users: ['dan'],
        roles: { odd: { permissions: ['ticket.view', 'asset.tag', 'vault.open'] } },
        grants: [
          { to: 'dan', role: 'odd' },
          { to: 'dan', role: 'lite' },
        ],
      },
    })

    expect(called(access.everywhere)).toBe('Editor, limited by most and odd')
    expect(access.everywhere.connection).toMatchObject([
      { through: { connection: 'acme-globex', guest: 'globex', maximum: { name: 'most' } }, obstacles: [] },
    ])
  })

  test('is not called by standing that cuts down no more than the maximum does', () => {
    const access = accessOf('dan', {
      acme: {
        roles: { most: { permissions: ['ticket.view', 'asset.tag', 'member.view'] } },
        connections: { globex: { maximum: 'most' } },
        grants: [{ to: 'connection:globex', role: 'editor' }],
      },
      globex: {
        users: ['dan'],
        roles: { odd: { permissions: ['ticket.view', 'asset.tag', 'vault.open'] } },
        grants: [{ to: 'dan', role: 'odd' }],
      },
    })

    expect(access.everywhere.connection.map(called)).toEqual(['Editor, limited by most'])
  })

  test('is called by one role that it comes to, but for what is guarded', () => {
    const access = accessOf('dan', {
      acme: {
        roles: {
          keeper: { permissions: ['ticket.view', 'asset.tag', 'vault.open'] },
          some: { permissions: ['ticket.view'] },
          more: { permissions: ['asset.tag'] },
        },
        connections: { globex: { maximum: 'superuser' } },
        grants: [
          { to: 'connection:globex', role: 'some' },
          { to: 'connection:globex', role: 'more' },
        ],
      },
      globex: { users: ['dan'], grants: [{ to: 'dan', role: 'superuser' }] },
    })

    expect(called(access.everywhere)).toBe('keeper')
  })

  test('over one organization is called what the role is called', () => {
    expect(called(through('editor', undefined, ['superuser'], 'rome').organizations[0]!)).toBe('Editor')
  })
})

test('what comes through a connection and what does not stand in their own sections', () => {
  const { everywhere } = accessOf('dan', {
    acme: {
      external: ['dan'],
      roles: { clerk: { permissions: ['ticket.view', 'vault.open'] } },
      connections: { globex: { maximum: 'reader' } },
      grants: [{ to: 'dan', role: 'clerk' }, { to: 'connection:globex' }],
    },
    globex: { users: ['dan'], grants: [{ to: 'dan', role: 'reader' }] },
  })

  expect(everywhere.user.map(({ grant }) => grant.id)).toEqual(['acme-1'])
  expect(everywhere.connection.map(({ grant }) => grant.id)).toEqual(['acme-2'])
  expect(called(everywhere)).toBe('clerk and Reader')
})

test('a role is told from one that differs in what only an account has', () => {
  const { everywhere } = accessOf('ann', {
    acme: {
      users: ['ann'],
      roles: { clerk: { permissions: ['ticket.view', 'ticket.edit', 'asset.view', 'asset.tag'] } },
      grants: [
        { to: 'ann', role: 'clerk' },
        { to: 'ann', role: 'gone' },
        { to: 'ann', role: 'editor', until: 5 },
      ],
    },
  })

  expect(called(everywhere)).toBe('clerk')
  expect(everywhere.user.map((line) => [line.grant.id, called(line)])).toEqual([
    ['acme-1', 'clerk'],
    ['acme-3', 'Editor'],
  ])
  expect(printSet(smallBlueprint, everywhere.user[1]!.permissions)).toContain('bill.pay')
})

test('a suspended account has nothing for anybody, and says so on each line', () => {
  const access = accessOf('ann', {
    acme: { status: 'suspended', users: ['ann'], grants: [{ to: 'ann', role: 'reader' }] },
  })

  expect(called(access.everywhere)).toBe('')
  expect(access.everywhere.user).toMatchObject([
    { obstacles: [{ code: 'account_suspended', account: 'acme' }] },
  ])
})

test('there is none in an account that is unknown', () => {
  const directory = directoryOf(worldOf(smallBlueprint, {}))

  expect(effectiveAccess(directory, 'ann' as UserId, 'acme' as AccountId, 0)).toBeUndefined()
})
