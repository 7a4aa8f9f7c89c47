import { describe, expect, test } from 'vitest'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { BlueprintFile } from '../blueprint/blueprint-file.ts'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { worldOf, type AccountSketch } from '../testing/world-of.ts'
import { allows } from './allows.ts'
import { decide } from './decide.ts'
import { directoryOf } from './directory-of.ts'
import { effectiveAccess } from './effective-access.ts'
import { explain } from './explain.ts'
import type { Question } from './facts.ts'
import { modelAllows } from './model.ts'

const blueprint = resolved({
  name: 'Examples',
  resources: {
    document: {
      actions: {
        view: 'View',
        create: 'Create',
        edit: 'Edit',
        delete: 'Delete',
        manage_rights: { label: 'Rights', guarded: true },
      },
    },
    ticket: { actions: { view: { label: 'View', own: true } } },
    asset: { actions: { view: 'View', count: 'Count', tag: 'Tag', edit_tag: 'Change or remove tags' } },
    policy: { level: 'account', actions: { edit: 'Edit policies' } },
    subscription: { level: 'account', actions: { manage: 'Manage the subscription' } },
  },
  roles: {
    administrator: { name: 'Administrator', permissions: ['*'] },
    manager: { name: 'Manager', permissions: ['document.*', 'asset.*', 'ticket.*', 'member.*'] },
    editor: {
      name: 'Editor',
      permissions: ['document.view', 'document.create', 'document.edit', 'document.delete'],
    },
    creator: { name: 'Creator', permissions: ['document.view', 'document.create'] },
    'read-only': { name: 'Read-only', permissions: ['document.view'] },
    lite: { name: 'Lite', permissions: ['document.view'], connects: false },
    user: { name: 'User', permissions: ['document.view', 'document.edit', 'asset.view'] },
    viewer: { name: 'Viewer', permissions: ['document.view'] },
    annotator: { name: 'Annotator', permissions: ['asset.view', 'asset.tag'] },
    billing: {
      name: 'Billing',
      permissions: ['subscription.*', 'account.view', 'account.manage_licence', 'account.manage_entity'],
    },
  },
})

function resolved(file: BlueprintFile): Blueprint {
  const result = resolveBlueprint(file)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

/** Who may do what, where: `contoso/berlin`, or `contoso`. */
type Line = readonly [who: string, may: string, where: string, expected: boolean]

function question(who: string, may: string, where: string): Question {
  const [account, organization] = where.split('/')
  return {
    user: who as UserId,
    permission: may,
    account: account as AccountId,
    ...(organization !== undefined && { organization: organization as OrganizationId }),
    at: 0,
  }
}

const contoso = { organizations: ['berlin', 'oslo', 'rome', 'milan'] }

const examples: readonly {
  readonly example: string
  readonly world: Readonly<Record<string, AccountSketch>>
  readonly lines: readonly Line[]
}[] = [
  {
    example: '1. most privilege wins',
    world: {
      contoso: {
        ...contoso,
        users: ['dana'],
        groups: { field: ['dana'] },
        grants: [
          { to: 'dana', role: 'viewer' },
          { to: 'group:field', role: 'user', on: 'berlin' },
          { to: 'dana', role: 'administrator', on: 'berlin' },
        ],
      },
    },
    lines: [
      ['dana', 'document.delete', 'contoso/berlin', true],
      ['dana', 'document.delete', 'contoso/oslo', false],
      ['dana', 'document.edit', 'contoso/oslo', false],
      ['dana', 'document.view', 'contoso/oslo', true],
      ['dana', 'document.view', 'contoso', true],
    ],
  },
  {
    example: '1. taking the direct grant away leaves user, not viewer',
    world: {
      contoso: {
        ...contoso,
        users: ['dana'],
        groups: { field: ['dana'] },
        grants: [
          { to: 'dana', role: 'viewer' },
          { to: 'group:field', role: 'user', on: 'berlin' },
        ],
      },
    },
    lines: [
      ['dana', 'document.edit', 'contoso/berlin', true],
      ['dana', 'document.delete', 'contoso/berlin', false],
    ],
  },
  {
    example: '2. only raised, never lowered',
    world: {
      contoso: {
        ...contoso,
        users: ['dana'],
        grants: [
          { to: 'dana', role: 'editor' },
          { to: 'dana', role: 'viewer', on: 'berlin' },
        ],
      },
    },
    lines: [
      ['dana', 'document.edit', 'contoso/berlin', true],
      ['dana', 'document.edit', 'contoso/oslo', true],
    ],
  },
  {
    example: '3. restricted',
    world: { contoso: { ...contoso, users: ['erik'], grants: [{ to: 'erik', role: 'viewer', on: 'oslo' }] } },
    lines: [
      ['erik', 'document.view', 'contoso/oslo', true],
      ['erik', 'document.view', 'contoso/berlin', false],
      ['erik', 'document.view', 'contoso', false],
    ],
  },
  {
    example: '4. the lesser of two',
    world: {
      contoso: {
        ...contoso,
        connections: { nightowl: { maximum: 'editor' } },
        grants: [{ to: 'connection:nightowl' }],
      },
      nightowl: {
        users: ['ada', 'max', 'eve', 'cleo', 'rob', 'lisa'],
        grants: [
          { to: 'ada', role: 'administrator' },
          { to: 'max', role: 'manager' },
          { to: 'eve', role: 'editor' },
          { to: 'cleo', role: 'creator' },
          { to: 'rob', role: 'read-only' },
          { to: 'lisa', role: 'lite' },
        ],
      },
    },
    lines: [
      ['ada', 'document.delete', 'contoso/berlin', true],
      ['ada', 'asset.view', 'contoso/berlin', false],
      ['ada', 'member.invite', 'contoso/berlin', false],
      ['max', 'document.delete', 'contoso/berlin', true],
      ['max', 'document.manage_rights', 'contoso/berlin', false],
      ['eve', 'document.delete', 'contoso/berlin', true],
      ['cleo', 'document.create', 'contoso/berlin', true],
      ['cleo', 'document.edit', 'contoso/berlin', false],
      ['rob', 'document.view', 'contoso/berlin', true],
      ['rob', 'document.create', 'contoso/berlin', false],
      ['lisa', 'document.view', 'contoso/berlin', false],
    ],
  },
  {
    example: '5. a ceiling over a custom role',
    world: {
      contoso: {
        ...contoso,
        connections: { nightowl: { maximum: 'editor' } },
        grants: [{ to: 'connection:nightowl' }],
      },
      nightowl: {
        users: ['carl'],
        roles: { odd: { permissions: ['document.view', 'document.delete', 'member.invite'] } },
        grants: [{ to: 'carl', role: 'odd' }],
      },
    },
    lines: [
      ['carl', 'document.view', 'contoso/rome', true],
      ['carl', 'document.delete', 'contoso/rome', true],
      ['carl', 'document.edit', 'contoso/rome', false],
      ['carl', 'member.invite', 'contoso/rome', false],
    ],
  },
  {
    example: '6. granted little under a high ceiling',
    world: {
      contoso: {
        ...contoso,
        groups: { 'level-1': ['connection:nightowl'] },
        connections: { nightowl: { maximum: 'administrator' } },
        grants: [
          { to: 'group:level-1', role: 'viewer', on: 'rome' },
          { to: 'group:level-1', role: 'viewer', on: 'milan' },
        ],
      },
      nightowl: { users: ['ada'], grants: [{ to: 'ada', role: 'administrator' }] },
    },
    lines: [
      ['ada', 'document.view', 'contoso/rome', true],
      ['ada', 'document.view', 'contoso/milan', true],
      ['ada', 'document.edit', 'contoso/rome', false],
      ['ada', 'document.view', 'contoso/berlin', false],
      ['ada', 'document.view', 'contoso', false],
    ],
  },
  {
    example: '7. external and connected',
    world: {
      contoso: {
        ...contoso,
        external: ['ada'],
        connections: { nightowl: { maximum: 'administrator' } },
        grants: [
          { to: 'ada', role: 'user', on: 'rome' },
          { to: 'connection:nightowl', role: 'viewer', on: 'rome' },
          { to: 'connection:nightowl', role: 'viewer', on: 'milan' },
        ],
      },
      nightowl: { users: ['ada'], grants: [{ to: 'ada', role: 'administrator' }] },
    },
    lines: [
      ['ada', 'document.edit', 'contoso/rome', true],
      ['ada', 'document.view', 'contoso/milan', true],
      ['ada', 'document.edit', 'contoso/milan', false],
    ],
  },
  {
    example: '8. one customer',
    world: {
      contoso: {
        organizations: ['pineapple', 'mango'],
        users: ['tom'],
        roles: {
          'pineapple-desk': {
            permissions: ['document.view', 'document.edit', 'policy.edit'],
            organizations: ['pineapple'],
          },
        },
        grants: [{ to: 'tom', role: 'pineapple-desk', on: 'pineapple' }],
      },
    },
    lines: [
      ['tom', 'document.edit', 'contoso/pineapple', true],
      ['tom', 'document.view', 'contoso/mango', false],
      ['tom', 'document.view', 'contoso', false],
      ['tom', 'policy.edit', 'contoso', false],
      ['tom', 'policy.edit', 'contoso/pineapple', false],
      ['tom', 'account.view', 'contoso', false],
    ],
  },
  {
    example: '10. annotator',
    world: {
      contoso: { ...contoso, users: ['ann'], grants: [{ to: 'ann', role: 'annotator', on: 'rome' }] },
    },
    lines: [
      ['ann', 'asset.tag', 'contoso/rome', true],
      ['ann', 'asset.edit_tag', 'contoso/rome', false],
    ],
  },
  {
    example: '11. billing',
    world: { contoso: { ...contoso, users: ['bill'], grants: [{ to: 'bill', role: 'billing' }] } },
    lines: [
      ['bill', 'account.manage_licence', 'contoso', true],
      ['bill', 'account.manage_entity', 'contoso', true],
      ['bill', 'subscription.manage', 'contoso/rome', true],
      ['bill', 'asset.view', 'contoso/rome', false],
      ['bill', 'asset.count', 'contoso', false],
    ],
  },
]

describe.each(examples)('$example', ({ world, lines }) => {
  test.each(lines)('%s may %s in %s: %s', (who, may, where, expected) => {
    const facts = worldOf(blueprint, world)
    const directory = directoryOf(facts)
    const asked = question(who, may, where)

    expect(modelAllows(facts, asked)).toBe(expected)
    expect(allows(directory, asked)).toBe(expected)
    expect(decide(directory, asked).allowed).toBe(expected)
  })
})

describe('9. their own', () => {
  const facts = worldOf(blueprint, {
    contoso: {
      ...contoso,
      users: ['otto', 'dana'],
      roles: { desk: { permissions: ['ticket.view:own'] } },
      grants: [{ to: 'otto', role: 'desk' }],
    },
  })
  const directory = directoryOf(facts)
  const ticket = (owner: string | undefined) => ({
    ...question('otto', 'ticket.view', 'contoso/rome'),
    owner,
  })

  test('a ticket of theirs may be seen', () => {
    expect(decide(directory, ticket('otto'))).toMatchObject({
      allowed: true,
      because: [{ permission: 'ticket.view:own', grant: { role: { name: 'desk' } } }],
    })
  })

  test.each(['dana', undefined])('a ticket of %s may not, because they may see their own only', (owner) => {
    expect(explain(directory, ticket(owner))).toMatchObject({
      allowed: false,
      nearMisses: [{ path: { grant: { id: 'contoso-1' } }, obstacles: [{ code: 'own_only' }] }],
    })
  })
})

describe('12. the end comes by itself', () => {
  const noon = Date.UTC(2026, 10, 21, 12)
  const directory = directoryOf(
    worldOf(blueprint, {
      contoso: { ...contoso, users: ['dana'], grants: [{ to: 'dana', role: 'viewer', until: noon }] },
    }),
  )
  const asked = question('dana', 'document.view', 'contoso/rome')

  test('a millisecond before noon it allows, at noon it does not', () => {
    expect(allows(directory, { ...asked, at: noon - 1 })).toBe(true)
    expect(allows(directory, { ...asked, at: noon })).toBe(false)
    expect(allows(directory, { ...asked, at: noon - 1 })).toBe(true)
  })

  test('the reason says when it ends', () => {
    expect(decide(directory, { ...asked, at: noon - 1 }).because).toMatchObject([{ until: noon }])
  })
})

describe('4. what the lesser of two is called', () => {
  const { world } = examples.find(({ example }) => example.startsWith('4.'))!
  const directory = directoryOf(worldOf(blueprint, world))

  test.each([
    ['ada', 'Editor'],
    ['max', 'Editor'],
    ['eve', 'Editor'],
    ['cleo', 'Creator'],
    ['rob', 'Read-only'],
    ['lisa', undefined],
  ])('%s: %s', (who, name) => {
    const access = effectiveAccess(directory, who as UserId, 'contoso' as AccountId, 0)

    expect(access?.everywhere.label.roles.map((role) => role.name)).toEqual(name === undefined ? [] : [name])
  })
})
