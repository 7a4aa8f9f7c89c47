import {
  refuse,
  succeed,
  type AccountId,
  type Blueprint,
  type EventId,
  type KeyId,
  type Result,
} from '@keyholder/core'
import {
  appendEvents,
  databaseTime,
  findAccount,
  insertApiKey,
  revokeOperatorKeys,
  transaction,
  type Database,
} from '@keyholder/storage'
import { commandLine } from '../change/command-line.ts'
import type { NewId } from '../new-id.ts'
import { newSecret } from './new-secret.ts'
import { scopeForms, type ScopeRefusal } from './scope-forms.ts'

export interface OperatorKeyRequest {
  /** The account's id or slug; left out for a key of the deployment. */
  readonly account?: string | undefined
  readonly name: string
  /**
   * For an account's key what it may do there: permissions, `asset.*` or `*`. For one of the deployment `decisions`,
   * or `*` for everything.
   */
  readonly scopes: readonly string[]
  readonly endsAt?: Date | undefined
  /** Ends the keys that the operator made under the same name before. */
  readonly replaces?: boolean | undefined
}

export interface CreatedKey {
  readonly id: KeyId
  /** Not to be had again. */
  readonly secret: string
  readonly scopes: readonly string[]
}

export type OperatorKeyRefusal = ScopeRefusal | { readonly code: 'account_unknown'; readonly account: string }

interface Deps {
  readonly db: Database
  readonly blueprint: Blueprint
  readonly newId: NewId
}

/** Makes an API key at the command line, bounded by its scopes alone. */
export async function createOperatorKey(
  { db, blueprint, newId }: Deps,
  request: OperatorKeyRequest,
): Promise<Result<CreatedKey, OperatorKeyRefusal>> {
  const { name, endsAt } = request
  const scopes =
    request.account === undefined ? deploymentScopes(request.scopes) : scopeForms(blueprint, request.scopes)
  if (!scopes.ok) return scopes

  return transaction(db, 'deployment', async (tx) => {
    const account = request.account === undefined ? undefined : await findAccount(tx, request.account)
    if (request.account !== undefined && !account) {
      return refuse({ code: 'account_unknown' as const, account: request.account })
    }
    if (request.replaces) await revokeOperatorKeys(tx, account?.id, name)
    const id = newId<KeyId>('key')
    const { secret, secretHash, hint } = newSecret()
    await insertApiKey(tx, { id, account: account?.id, name, hint, scopes: scopes.value, secretHash, endsAt })
    await appendEvents(tx, [
      {
        id: newId<EventId>('event'),
        at: await databaseTime(tx),
        action: 'api_key.create',
        outcome: 'done',
        actor: commandLine,
        target: { type: 'api_key', id },
        accounts: account ? [account.id] : ([] as AccountId[]),
        after: { name, scopes: scopes.value, ends_at: endsAt?.toISOString() },
      },
    ])
    return succeed({ id, secret, scopes: scopes.value })
  })
}

function deploymentScopes(scopes: readonly string[]): Result<readonly string[], ScopeRefusal> {
  const unknown = scopes.find((scope) => scope !== '*' && scope !== 'decisions')
  if (unknown === undefined) return succeed(scopes)
  const sentence = `A key of the deployment is for \`decisions\` or for everything (\`*\`), and not for \`${unknown}\`.`
  return refuse({ code: 'scope_unknown', scope: unknown, sentence })
}
