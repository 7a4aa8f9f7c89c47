import type { FastifyRequest } from 'fastify'
import type { Endpoint } from '@keyholder/contract'
import { has, refuse, succeed, type AccountId, type Result } from '@keyholder/core'
import { authenticate, type AuthenticationRefusal } from '../../http/authenticate.ts'
import { accountsBehind, homeOf, type Caller } from '../../http/caller.ts'
import type { HttpDeps } from '../../http/http-deps.ts'
import { reachOf, type Reach } from '../../http/reach.ts'
import { supportHeader } from '../../http/under-support.ts'
import { browserOf } from '../../session/browser.ts'
import type { CallerCache } from './caller-cache.ts'

/** Whose questions are answered, about every account or about one, and how much of people and grants they may see. */
export interface Asker extends Pick<Reach, 'may'> {
  readonly own: AccountId | undefined
}

export type LetInDeps = Pick<
  HttpDeps,
  'blueprint' | 'findKey' | 'findPerson' | 'findSupportAccess' | 'openSession' | 'views' | 'recordDenial'
> & {
  readonly callers: CallerCache
}

export type LetInRefusal = AuthenticationRefusal | { readonly code: 'decisions_not_permitted' }

const deployment: Asker = { own: undefined, may: () => true }

/** Who asks, where that is known without waiting. */
export function recallAsker(deps: LetInDeps, request: FastifyRequest): Asker | undefined {
  const key = keyIn(request)
  const caller = key === undefined ? undefined : deps.callers.recall(key)
  if (key !== undefined && caller && deps.callers.isDue(key)) renew(deps, request, key)
  if (caller?.kind === 'operator') return deployment
  if (caller?.kind !== 'key' || caller.maker) return undefined
  const { account: own, scopes } = caller
  // Nothing bounds such a key but its scopes, so that no view of the account has to be waited for.
  const may = (permission: string) => {
    const declared = deps.blueprint.permission.get(permission)
    return declared !== undefined && has(scopes, declared.bit)
  }
  return { own, may }
}

/** Looks up beside the request who its key belongs to; whoever cannot be looked up is asked for anew when it counts. */
function renew(deps: LetInDeps, request: FastifyRequest, key: string): void {
  deps.callers.check(key, () => lookUp(deps, request)).catch(() => {})
}

/**
 * Finds out who asks: a deployment key may ask about every account, an account's key about its own.
 *
 * Whoever may not is told of in the log of the account that they belong to.
 */
export async function letIn(
  deps: LetInDeps,
  request: FastifyRequest,
  { id: action }: Pick<Endpoint, 'id'>,
): Promise<Result<Asker, LetInRefusal>> {
  const caller = await callerOf(deps, request)
  if (!caller.ok) return caller
  const asker = await askerWith(deps, caller.value)
  const account = homeOf(caller.value)
  if (!asker.ok && account) {
    const { code: reason } = asker.refusal
    await deps.recordDenial({ caller: caller.value, account, action, reason, requestId: request.id })
  }
  return asker
}

async function callerOf(
  deps: LetInDeps,
  request: FastifyRequest,
): Promise<Result<Caller, AuthenticationRefusal>> {
  const key = keyIn(request)
  if (key === undefined) return lookUp(deps, request)
  const known = deps.callers.recall(key)
  return known ? succeed(known) : deps.callers.check(key, () => lookUp(deps, request))
}

function lookUp(deps: LetInDeps, request: FastifyRequest): Promise<Result<Caller, AuthenticationRefusal>> {
  const { url, headers } = request
  return authenticate(deps, { url, headers, browser: browserOf(request) })
}

/** The header that says all there is to say of the caller. */
function keyIn({ url, headers }: FastifyRequest): string | undefined {
  const isAlone = [headers['keyholder-act-as'], headers[supportHeader]].every((one) => one === undefined)
  return isAlone && !url.includes('?') ? headers.authorization : undefined
}

async function askerWith(
  deps: LetInDeps,
  caller: Caller,
): Promise<Result<Asker, { readonly code: 'decisions_not_permitted' }>> {
  if (caller.kind === 'operator') return succeed(deployment)
  if (caller.kind !== 'key') return refuse({ code: 'decisions_not_permitted' })

  // A key is worth no more than whoever made it is, at this moment.
  const view = await deps.views.of(accountsBehind(caller, caller.account))
  const reach = reachOf(view, caller, caller.account)
  if (!reach.known) return refuse({ code: 'decisions_not_permitted' })
  const may: Reach['may'] = (permission, organization) => reach.may(permission, organization)
  return succeed({ own: caller.account, may })
}
