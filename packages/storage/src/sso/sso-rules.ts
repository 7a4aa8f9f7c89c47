import type { AccountId, AttributeRule, SsoConnectionId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** The rules of a connection, in their order. */
export async function readSsoRules(tx: Tx, connection: SsoConnectionId): Promise<readonly AttributeRule[]> {
  const rows = await tx
    .selectFrom('sso_rules')
    .selectAll()
    .where('connection_id', '=', connection)
    .orderBy('position')
    .execute()
  return rows.map(({ attribute, comparison, value, group_id: group }) =>
    comparison === 'exists' || value === null
      ? { attribute, comparison: 'exists', group }
      : { attribute, comparison, value, group },
  )
}

/** Writes the rules of a connection in place of those that it had. */
export async function replaceSsoRules(
  tx: Tx,
  account: AccountId,
  connection: SsoConnectionId,
  rules: readonly AttributeRule[],
): Promise<void> {
  await tx
    .deleteFrom('sso_rules')
    .where('account_id', '=', account)
    .where('connection_id', '=', connection)
    .execute()
  if (rules.length === 0) return
  await tx
    .insertInto('sso_rules')
    .values(
      rules.map((rule, position) => ({
        account_id: account,
        connection_id: connection,
        position,
        attribute: rule.attribute,
        comparison: rule.comparison,
        value: rule.comparison === 'exists' ? null : rule.value,
        group_id: rule.group,
      })),
    )
    .execute()
}
