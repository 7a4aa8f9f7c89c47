import type { Blueprint } from '../blueprint/blueprint.ts'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'

/** A blueprint with one of everything that access turns on, small enough to be read in a counterexample. */
export const smallBlueprint: Blueprint = blueprintOf()

function blueprintOf(): Blueprint {
  const resolved = resolveBlueprint({
    name: 'Small',
    resources: {
      ticket: { actions: { view: { label: 'View', own: true }, edit: { label: 'Edit', own: true } } },
      asset: { actions: { view: 'View', tag: 'Tag' } },
      vault: { actions: { open: { label: 'Open', guarded: true, own: true } } },
      bill: { level: 'account', actions: { pay: 'Pay', sign: { label: 'Sign', guarded: true } } },
    },
    roles: {
      manager: { name: 'Manager', permissions: ['*', '!account.*', '!member.*'] },
      editor: { name: 'Editor', permissions: ['ticket.*', 'asset.*', 'bill.pay'] },
      creator: { name: 'Creator', permissions: ['ticket.view', 'ticket.edit:own', 'asset.view'] },
      own: { name: 'Own', permissions: ['ticket.view:own', 'vault.open:own'] },
      reader: { name: 'Reader', permissions: ['ticket.view', 'asset.view'] },
      lite: { name: 'Lite', permissions: ['ticket.view', 'asset.view'], connects: false },
    },
  })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.refusal))
  return resolved.value
}

/** Permissions that between them meet every rule. */
export const tellingPermissions = [
  'ticket.view',
  'ticket.edit',
  'asset.view',
  'asset.tag',
  'vault.open',
  'bill.pay',
  'bill.sign',
  'member.view',
  'member.remove',
  'account.view',
] as const
