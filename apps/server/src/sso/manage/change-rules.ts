import {
  refuse,
  succeed,
  type AccountIndex,
  type AttributeRule,
  type GroupId,
  type Result,
} from '@keyholder/core'
import { setSsoRules, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../../change/change-access.ts'
import { groupNamed } from '../../change/references.ts'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import type { Refused } from '../../http/call.ts'
import { outdated } from '../../http/etag.ts'
import type { ManageDeps } from './manage-deps.ts'
import { mayChange } from './may-change.ts'
import { ruleForm } from './rule-form.ts'

/** Says which attributes put people into which groups. */
export function bindSsoRules(bind: Bind, deps: ManageDeps): void {
  bind(setSsoRules, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await storage.findSsoConnection(scene.tx, call.params.sso_connection, account)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale
      const wanted = wantedRules(scene.index(account), call.body.items)
      if (!wanted.ok) return wanted
      const before = await storage.readSsoRules(scene.tx, found.id)
      const may = await mayChange(scene, account, { groups: groupsAround(before, wanted.value) })
      if (!may.ok) return may

      return succeed({
        rows: async (tx) => {
          await storage.replaceSsoRules(tx, account, found.id, wanted.value)
          await storage.updateSsoConnection(tx, found)
        },
        events: [
          {
            action: 'sso_connection.set_rules',
            target: { type: 'sso_connection', id: found.id },
            before: { rules: before.map(ruleForm) },
            after: { rules: wanted.value.map(ruleForm) },
          },
        ],
        answer: async () =>
          answer(200, { items: wanted.value.map(ruleForm) }, { version: found.version + 1 }),
      })
    })
  })
}

function wantedRules(
  index: AccountIndex,
  items: BodyOf<typeof setSsoRules>['items'],
): Result<readonly AttributeRule[], Refused['refusal']> {
  const rules: AttributeRule[] = []
  for (const [place, { attribute, comparison, value, group: name }] of items.entries()) {
    const pointer = `/items/${place}/group`
    const group = groupNamed(index, name, pointer)
    if (!group.ok) return group
    if (index.group(group.value)?.kind !== 'sso') return refuse({ code: 'sso_group_manual', pointer })
    rules.push(
      comparison === 'exists' || value === null
        ? { attribute, comparison: 'exists', group: group.value }
        : { attribute, comparison, value, group: group.value },
    )
  }
  return succeed(rules)
}

/** The groups that a rule which comes or goes is about; one that stays as it is puts nothing at stake. */
function groupsAround(before: readonly AttributeRule[], after: readonly AttributeRule[]): readonly GroupId[] {
  const text = (rule: AttributeRule) => JSON.stringify(ruleForm(rule))
  const [old, fresh] = [new Set(before.map(text)), new Set(after.map(text))]
  const moved = [
    ...before.filter((rule) => !fresh.has(text(rule))),
    ...after.filter((rule) => !old.has(text(rule))),
  ]
  return [...new Set(moved.map(({ group }) => group))]
}
