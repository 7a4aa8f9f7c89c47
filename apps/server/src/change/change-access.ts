import { refuse, type AccountId, type Result } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import { isSupportStillOpen, transaction, type Tx } from '@keyholder/storage'
import { notPermitted, permits } from '../http/admit.ts'
import type { Finished, Refused } from '../http/call.ts'
import type { Caller } from '../http/caller.ts'
import type { ChangeCall } from './change-call.ts'
import { finish, finishJson } from '../http/send-reply.ts'
import type { ChangeDeps } from './change-deps.ts'
import type { ChangePlan } from './change-plan.ts'
import { delegationOf } from './delegation.ts'
import { mayFillInPlan } from './filling-delegates.ts'
import { earlierAnswer, keepAnswer } from './idempotency.ts'
import { judgePlan, type After } from './judge-plan.ts'
import { previewOf } from './preview.ts'
import { revisionTokens } from './revision-token.ts'
import { openScene, type Concerned, type Scene } from './scene.ts'
import { enteredFrom, gatherSurroundings } from './surroundings.ts'
import { writePlan, type Written } from './write-plan.ts'

/** Decides what a request changes: reads what it needs through the scene, and writes nothing. */
export type UseCase<E extends Endpoint> = (scene: Scene) => Promise<Result<ChangePlan<E>, Refused['refusal']>>

interface Outcome {
  readonly reply: Finished | Refused
  readonly written: readonly Written[]
}

/**
 * The one way in which anything is changed; `accounts` are all that the change concerns.
 *
 * In one transaction: the accounts are locked, the use case decides on their state at this moment, its changes are
 * judged by the laws, and rows, events, mails, revisions and the answer for a repeated request are written. Nothing
 * is written before everything is decided, so a refusal or a preview leaves nothing to undo.
 */
export async function changeAccess<E extends Endpoint>(
  deps: ChangeDeps,
  call: ChangeCall<E>,
  accounts: readonly AccountId[],
  useCase: UseCase<E>,
): Promise<Finished | Refused> {
  const around = await gather(deps, call, accounts)
  const { reply, written } = await transaction(deps.db, around.accounts, (tx) =>
    carryOut(deps, call, around, useCase, tx),
  )
  for (const { account, revision, changes } of written) deps.replica.committed(account, revision, changes)
  deps.replica.credentialsChanged()
  const { delegation } = around
  if (delegation && call.account && 'finished' in reply) {
    deps.connectionUses.note({ host: call.account.id, guest: delegation.home })
  }
  return reply
}

/** Everything that has to be at hand before the transaction begins. */
async function gather(
  deps: ChangeDeps,
  call: ChangeCall,
  accounts: readonly AccountId[],
): Promise<Concerned> {
  const { preview, previewed } = call.conditions
  const elsewhere = preview || previewed !== undefined ? await enteredFrom(deps.db, accounts) : []
  await gatherSurroundings(deps.replica, accounts, elsewhere)

  const view = deps.replica.view()
  const delegation = delegationOf(view, view.at, call)
  const both = delegation ? [...new Set([...accounts, delegation.home])] : accounts
  return { accounts: both, elsewhere, delegation }
}

async function carryOut<E extends Endpoint>(
  deps: ChangeDeps,
  call: ChangeCall<E>,
  around: Concerned,
  useCase: UseCase<E>,
  tx: Tx,
): Promise<Outcome> {
  const earlier = await earlierAnswer(tx, call)
  if (earlier) return unwritten(earlier)

  const scene = await openScene(deps, call.caller, around, tx)
  const isOver = await supportIsOver(call.caller, tx)
  if (isOver) return unwritten(refuse({ code: 'support_access_invalid' as const }))
  const forbidden = forbiddenNow(call, scene)
  if (forbidden) return unwritten(forbidden)

  const decided = await useCase(scene)
  if (!decided.ok) return unwritten(decided)
  const plan = decided.value

  const mayFill = await mayFillInPlan(scene, plan.access ?? [])
  if (!mayFill.ok) return unwritten(mayFill)
  const judged = judgePlan(scene, plan.access ?? [])
  if (!judged.ok) return unwritten(judged)

  const previewed = await answerPreview(scene, call, plan, judged.value)
  if (previewed) return unwritten(previewed)

  const written = await writePlan(scene, call, plan)
  const reply = withRevision(finish(deps, call.endpoint, await plan.answer(tx)), written)
  await keepAnswer(tx, call, reply)
  return { reply, written }
}

/** The answer to a preview; or the refusal of a request that applies one, where it would do something else by now. */
async function answerPreview<E extends Endpoint>(
  scene: Scene,
  call: ChangeCall<E>,
  plan: ChangePlan<E>,
  after: After,
): Promise<Finished | Refused | undefined> {
  const { preview: isPreview, previewed } = call.conditions
  if (!isPreview && previewed === undefined) return undefined

  const body = await previewOf(scene, call, plan, after)
  if (isPreview) return finishJson(200, body)
  return body.preview.hash === previewed ? undefined : refuse({ code: 'preview_outdated' as const })
}

/** The declared permission once more, because it may have gone between the request's arrival and the lock. */
function forbiddenNow({ endpoint, account, organization }: ChangeCall, scene: Scene): Refused | undefined {
  if (!account) return undefined
  const permitted = permits(endpoint.access, scene.reach(account.id), organization)
  return permitted ? undefined : notPermitted(endpoint)
}

/** Whether a support access has ended between the request's arrival and the lock. */
async function supportIsOver(caller: Caller, tx: Tx): Promise<boolean> {
  return caller.kind === 'support' && !(await isSupportStillOpen(tx, caller.account, caller.access))
}

function unwritten(reply: Finished | Refused): Outcome {
  return { reply, written: [] }
}

function withRevision({ finished }: Finished, written: readonly Written[]): Finished {
  if (written.length === 0) return { finished }
  const headers = { ...finished.headers, 'keyholder-revision': revisionTokens(written) }
  return { finished: { ...finished, headers } }
}
