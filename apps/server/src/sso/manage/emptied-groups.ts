import type { AccessChange, AccountIndex, Actor, KeyId } from '@keyholder/core'
import type { AccountChanges } from '../../change/change-plan.ts'

/** Keyholder itself: what the provider gave goes with the provider, whatever whoever switches it off holds. */
const byRule: Actor = { kind: 'operator', key: 'by rule' as KeyId }

/**
 * Takes everybody out of the provider's groups: once nobody comes by it, nobody can say any more that they are in them
 * (T22). They are filled again as people come.
 */
export function emptiedGroups(index: AccountIndex): readonly AccountChanges[] {
  const groups = index.rows.groups.filter((group) => group?.kind === 'sso')
  const changes = groups.flatMap((group): AccessChange[] =>
    group === undefined
      ? []
      : (index.group(group.id)?.members ?? []).flatMap((member): AccessChange[] =>
          member.kind === 'user' ? [{ kind: 'group_member_removed', group: group.id, member }] : [],
        ),
  )
  return changes.length === 0 ? [] : [{ account: index.id, changes, judgedAs: byRule }]
}
