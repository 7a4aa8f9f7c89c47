import { refuse } from '@keyholder/core'
import { claimIdempotencyKey, keepIdempotentAnswer, type Tx } from '@keyholder/storage'
import type { Finished, Refused } from '../http/call.ts'
import type { ChangeCall } from './change-call.ts'
import type { Caller } from '../http/caller.ts'

/**
 * The answer to a request that was sent before under the same key, so that nothing is done twice. A new request
 * has none, and holds its key until the transaction ends.
 *
 * INVARIANT: an answer is kept in the transaction of its change, so that neither is there without the other.
 */
export async function earlierAnswer(tx: Tx, call: ChangeCall): Promise<Finished | Refused | undefined> {
  const { idempotencyKey: key, preview, requestHash } = call.conditions
  if (key === undefined || preview) return undefined

  const claim = await claimIdempotencyKey(tx, nameOf(call.caller), key)
  if (claim === 'new') return undefined
  if (claim === 'in_progress') return refuse({ code: 'request_in_progress' })
  if (claim.requestHash !== requestHash) return refuse({ code: 'idempotency_key_reused' })
  return { finished: { status: claim.status, headers: claim.headers, text: claim.body } }
}

/** Keeps the answer for whoever sends the same request again. */
export async function keepAnswer(tx: Tx, call: ChangeCall, { finished }: Finished): Promise<void> {
  const { idempotencyKey: key, requestHash } = call.conditions
  if (key === undefined) return
  const { status, headers, text: body } = finished
  const account = call.account?.id
  await keepIdempotentAnswer(tx, {
    caller: nameOf(call.caller),
    key,
    account,
    requestHash,
    status,
    headers,
    body,
  })
}

function nameOf(caller: Caller): string {
  if (caller.kind === 'support') return caller.access
  return caller.kind === 'person' ? caller.user : caller.key
}
