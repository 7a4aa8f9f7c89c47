import { resolveBlueprint, type Blueprint } from '@keyholder/core'

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
