import { describe, expect, test } from 'vitest'
import type { OrganizationId, RoleId } from '../id.ts'
import { emptySet, setOf } from '../role/permission-set.ts'
import type { CustomRole } from '../role/role.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { leastRole, leastRoleWithAll, leastStandingRole } from './least-role.ts'

const { size, bits } = smallBlueprint
const rome = 'rome' as OrganizationId
const milan = 'milan' as OrganizationId
const bitOf = (form: string) => bits.get(form)!
const permits = (...forms: string[]) => setOf(size, forms.map(bitOf))
const role = (id: string, ...forms: string[]): CustomRole => ({
  id: id as RoleId,
  key: id,
  name: id,
  permissions: permits(...forms),
})
const tagger = { ...role('tagger', 'asset.tag'), organizations: [rome, 'oslo' as OrganizationId] }
const roles = [
  undefined,
  role('most', 'asset.view', 'asset.tag', 'bill.pay', 'bill.sign'),
  role('more', 'asset.view', 'asset.tag', 'bill.pay'),
  tagger,
]

describe('the least role that has a permission', () => {
  test.each([
    ['where a smaller one is bound to', rome, 'tagger'],
    ['where a smaller one is not bound to', milan, 'more'],
    ['over the whole account, where nothing bound can be granted', undefined, 'more'],
  ])('%s', (_, organization, id) => {
    expect(leastRole(roles, bitOf('asset.tag'), organization)?.id).toBe(id)
  })

  test('is nothing where no role has it', () => {
    expect(leastRole(roles, bitOf('vault.open'), rome)).toBeUndefined()
    expect(leastRole([tagger], bitOf('asset.tag'), milan)).toBeUndefined()
  })

  test('is of two that are as small the first', () => {
    expect(leastRole([role('a', 'asset.tag'), role('b', 'asset.tag')], bitOf('asset.tag'), rome)?.id).toBe(
      'a',
    )
  })
})

test('the least role for standing connects, and is not bound to organizations', () => {
  const builtIn = { ...role('lite', 'asset.tag'), connects: false }

  expect(leastStandingRole([builtIn, ...roles], bitOf('asset.tag'))?.id).toBe('more')
  expect(leastStandingRole([{ ...builtIn, connects: true }, ...roles], bitOf('asset.tag'))?.id).toBe('lite')
})

describe('the least maximum', () => {
  test('has what it had before', () => {
    expect(leastRoleWithAll(roles, bitOf('asset.tag'), permits('bill.sign'))?.id).toBe('most')
    expect(leastRoleWithAll(roles, bitOf('vault.open'), emptySet(size))).toBeUndefined()
  })

  test('is no role that is bound to organizations', () => {
    expect(leastRoleWithAll(roles, bitOf('asset.tag'), emptySet(size))?.id).toBe('more')
  })
})
