import { expect, test } from 'vitest'
import { smallBlueprint as blueprint } from '../testing/small-blueprint.ts'
import { heldForms, setOfForms } from './held-forms.ts'
import { has, type PermissionSet } from './permission-set.ts'

/** Made within each test, so that forms which are refused fail it. */
function permits(...forms: readonly string[]): PermissionSet {
  const set = setOfForms(forms, blueprint)
  if (!set.ok) throw new Error(set.refusal.forms.join(', '))
  return set.value
}

test('a set is named by the widest form of each permission that it holds', () => {
  expect(heldForms(permits('ticket.view', 'ticket.view:own', 'bill.pay'), blueprint)).toEqual([
    'ticket.view',
    'bill.pay',
  ])
  expect(heldForms(permits('ticket.view:own'), blueprint)).toEqual(['ticket.view:own'])
})

test('whoever is given a permission has it for their own too', () => {
  expect(has(permits('ticket.view'), blueprint.bits.get('ticket.view:own') ?? -1)).toBe(true)
})

test('forms that the blueprint does not know are refused by name', () => {
  expect(setOfForms(['ticket.view', 'asset.tag:own', 'constructor'], blueprint)).toEqual({
    ok: false,
    refusal: { code: 'permission_unknown', forms: ['asset.tag:own', 'constructor'] },
  })
})
