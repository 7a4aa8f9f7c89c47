import { resolveBlueprint, setOfForms, type Blueprint, type PermissionSet } from '@keyholder/core'

/** A small host product: tickets that are viewed (also one's own only) and closed. */
export const blueprint: Blueprint = resolved()

function resolved(): Blueprint {
  const result = resolveBlueprint({
    name: 'Tickets',
    resources: { ticket: { actions: { view: { label: 'View', own: true }, close: 'Close' } } },
    roles: {
      viewer: { name: 'Viewer', permissions: ['ticket.view'] },
      editor: { name: 'Editor', permissions: ['ticket.*'] },
    },
  })
  if (!result.ok) throw new Error('the blueprint of the tests is unsound')
  return result.value
}

export function permissions(...forms: string[]): PermissionSet {
  const result = setOfForms(forms, blueprint)
  if (!result.ok) throw new Error(`the blueprint of the tests does not know ${forms.join(', ')}`)
  return result.value
}
