import { describe, expect, test } from 'vitest'
import type { RoleId } from '../id.ts'
import { cloneRole, createRole, editRole } from './create-role.ts'
import { archivist, context, permits, rome } from './roles.fixture.ts'
import type { CustomRole } from './role.ts'

const librarian: CustomRole = {
  id: 'rol_2' as RoleId,
  key: 'librarian',
  name: 'Librarian',
  permissions: permits('ticket.edit', 'policy.edit'),
}

describe('a custom role', () => {
  test('is made as asked for', () => {
    expect(createRole(librarian, context)).toEqual({
      ok: true,
      value: [{ kind: 'role_set', role: librarian }],
    })
  })

  test.each([
    ['the name of a built-in role', { name: 'Owner' }, { code: 'role_name_reserved', builtIn: 'Owner' }],
    ['the key of a built-in role', { key: 'co-admin' }, { code: 'role_name_reserved', builtIn: 'Co-Admin' }],
    ['the key of a built-in role as its name', { name: 'Desk' }, { builtIn: 'Front office' }],
    ['the name of a built-in role as its key', { key: 'front-office' }, { builtIn: 'Front office' }],
    ['a name that looks built in', { name: 'ΟWNER' }, { code: 'role_name_reserved', builtIn: 'Owner' }],
    [
      'a name that some program decodes to a built-in one',
      { name: '%6fwner' },
      { code: 'role_name_reserved' },
    ],
    ['the name of superuser', { name: 'Super user' }, { code: 'role_name_reserved', builtIn: 'Superuser' }],
    ['the name of another', { name: 'ARCHIVIST ' }, { code: 'role_name_taken', role: archivist.id }],
    ['the key of another', { key: 'archivist' }, { code: 'role_name_taken', role: archivist.id }],
    ['no name', { name: ' ' }, { code: 'role_name_malformed' }],
    ['a name that turns the text around it', { name: 'Admin\u202e' }, { code: 'role_name_malformed' }],
    [
      'bounds and a permission over the whole account',
      { organizations: [rome] },
      { code: 'role_bound_account_level', permissions: ['policy.edit'] },
    ],
  ])('is refused with %s', (_, change, refusal) => {
    expect(createRole({ ...librarian, ...change }, context)).toMatchObject({ ok: false, refusal })
  })

  test('is cloned with its permissions and bounds, under another name', () => {
    const identity = { id: 'rol_3' as RoleId, key: 'keeper', name: 'Keeper' }
    const source = { permissions: permits('ticket.view:own'), organizations: [rome] }

    expect(cloneRole(source, identity, context)).toEqual({
      ok: true,
      value: [{ kind: 'role_set', role: { ...identity, ...source } }],
    })
  })
})

describe('editing a custom role', () => {
  test('keeps what is not mentioned, its own name included', () => {
    const permissions = permits('ticket.edit')

    expect(editRole(archivist, { permissions }, context)).toEqual({
      ok: true,
      value: [{ kind: 'role_set', role: { ...archivist, permissions } }],
    })
  })

  test('does not rename it to a built-in role', () => {
    expect(editRole(archivist, { name: 'owner ' }, context)).toMatchObject({
      refusal: { code: 'role_name_reserved' },
    })
  })

  test('does not bind it while it promises something over the whole account', () => {
    const role = { ...archivist, permissions: permits('policy.edit') }

    expect(editRole(role, { organizations: [rome] }, context)).toMatchObject({
      refusal: { code: 'role_bound_account_level' },
    })
  })
})
