import { expect, test } from 'vitest'
import { canonicalJson } from '../audit/canonical-json.ts'
import type { AccountId, RoleId } from '../id.ts'
import { setOfForms } from '../role/held-forms.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { previewContent, type Previewed } from './preview-content.ts'

const permissions = setOfForms(['asset.view', 'ticket.edit:own'], smallBlueprint)
if (!permissions.ok) throw new Error('expected known permissions')

const previewed: Previewed = {
  account: 'acme' as AccountId,
  revision: 7,
  changes: [
    {
      kind: 'role_set',
      role: { id: 'rol_1' as RoleId, key: 'keeper', name: 'Keeper', permissions: permissions.value },
    },
  ],
}

const textOf = (change: Partial<Previewed> = {}) =>
  canonicalJson(previewContent(smallBlueprint, { ...previewed, ...change }))

test('a preview is written with the permissions by name', () => {
  expect(JSON.parse(textOf())).toEqual({
    ...previewed,
    changes: [
      {
        kind: 'role_set',
        role: {
          id: 'rol_1',
          key: 'keeper',
          name: 'Keeper',
          permissions: ['ticket.edit:own', 'asset.view'],
        },
      },
    ],
  })
})

test.each<[string, Partial<Previewed>]>([
  ['another revision', { revision: 8 }],
  ['another account', { account: 'owl' as AccountId }],
  ['other changes', { changes: [] }],
])('a preview does not stand for %s', (_, change) => {
  expect(textOf(change)).not.toBe(textOf())
})
