import { describe, expect, test } from 'vitest'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import { heldForms } from '../role/held-forms.ts'
import { intersection, isEmpty, isSubset } from '../role/permission-set.ts'
import { supportPermissions } from './support-permissions.ts'

const resolved = resolveBlueprint({
  name: 'Documentation',
  resources: {
    document: {
      actions: { view: { label: 'View', own: true }, count: 'Count', edit: 'Edit', export: 'Export' },
    },
    password: {
      actions: {
        view: { label: 'View', secret: true },
        edit: { label: 'Edit', secret: true },
        share: { label: 'Share', guarded: true },
      },
    },
  },
  roles: {},
})
if (!resolved.ok) throw new Error('the blueprint of this test is unsound')
const blueprint = resolved.value
const read = supportPermissions(blueprint, 'read')
const change = supportPermissions(blueprint, 'change')
const forms = (set: typeof read) => heldForms(set, blueprint)

describe('support access', () => {
  test('to read sees and counts, and does nothing else', () => {
    expect(forms(read).every((form) => /\.(view|count)$/.test(form))).toBe(true)
    expect(forms(read)).toContain('document.view')
    expect(forms(read)).toContain('document.count')
    expect(forms(read)).toContain('event.view')
    expect(forms(read)).not.toContain('document.export')
  })

  test('to change may do that too', () => {
    expect(isSubset(read, change)).toBe(true)
    expect(forms(change)).toContain('document.edit')
    expect(forms(change)).toContain('organization.create')
  })

  test.each(['read', 'change'] as const)('to %s touches neither access nor security', (scope) => {
    expect(isEmpty(intersection(supportPermissions(blueprint, scope), blueprint.guarded))).toBe(true)
  })

  test.each(['read', 'change'] as const)(
    'to %s opens no secret, no token, no licence and no entity',
    (scope) => {
      const open = forms(supportPermissions(blueprint, scope))

      expect(
        open.filter((form) =>
          /^(password|api_token|export_token)\.|manage_(licence|entity|api_keys)/.test(form),
        ),
      ).toEqual([])
    },
  )
})
