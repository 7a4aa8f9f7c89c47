import { expect, test } from 'vitest'
import { heldForms, setOfForms } from './held-forms.ts'
import { has } from './permission-set.ts'
import { blueprint, permits } from './roles.fixture.ts'

test('a set is named by the widest form of each permission that it holds', () => {
  expect(heldForms(permits('ticket.view', 'ticket.view:own', 'policy.edit'), blueprint)).toEqual([
    'ticket.view',
    'policy.edit',
  ])
  expect(heldForms(permits('ticket.view:own'), blueprint)).toEqual(['ticket.view:own'])
})

test('whoever is given a permission has it for their own too', () => {
  expect(has(permits('ticket.view'), blueprint.bits.get('ticket.view:own') ?? -1)).toBe(true)
})

test('forms that the blueprint does not know are refused by name', () => {
  expect(setOfForms(['ticket.view', 'ticket.edit:own', 'constructor'], blueprint)).toEqual({
    ok: false,
    refusal: { code: 'permission_unknown', forms: ['ticket.edit:own', 'constructor'] },
  })
})
