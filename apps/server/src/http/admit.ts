import type { FastifyRequest } from 'fastify'
import { refuse, succeed, type AccountId, type OrganizationId, type Result } from '@keyholder/core'
import { slotsOf, type Access, type Endpoint } from '@keyholder/contract'
import type { Passage } from '@keyholder/storage'
import { authenticate } from './authenticate.ts'
import type { AccountOfPath, Refused } from './call.ts'
import { accountsBehind, homeOf, type Caller } from './caller.ts'
import type { HttpDeps } from './http-deps.ts'
import { reachOf, type Reach } from './reach.ts'
import { sessionOpens, stepUpInto } from './session-opens.ts'
import { browserOf, type Browser } from '../session/browser.ts'
import { isCrossSite } from '../session/is-cross-site.ts'
import type { View } from './view.ts'
import { isWellFormed } from './well-formed.ts'

/** A request whose caller may know of the place that its path names. */
export interface Admitted {
  readonly browser: Browser
  readonly caller?: Caller
  readonly place?: Place
}

export interface Place {
  readonly account: AccountOfPath
  readonly reach: Reach
  /** By which way somebody comes in who is no member. */
  readonly passage?: Passage | undefined
  /** The organization that the path names. */
  readonly organization?: OrganizationId | undefined
}

export type AdmissionRefusal = Refused['refusal']

/** Who calls, and whether they may know of the account and the organization in the path; nothing of the body is read. */
export async function admit(
  deps: HttpDeps,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<Result<Admitted, AdmissionRefusal>> {
  const browser = browserOf(request)
  if (isForged(endpoint, request, browser, deps.publicUrl)) return refuse({ code: 'cross_site_request' })
  if (endpoint.access === 'public') return succeed({ browser })
  if (!isJson(request.headers['content-type'])) return refuse({ code: 'media_type_unsupported' })

  const tellOfStray: TellOfStray = (stray, reason) => recordAtHome(deps, endpoint, stray, request.id, reason)
  const credentials = { url: request.url, headers: request.headers, browser }
  const authenticated = await authenticate(deps, credentials, tellOfStray)
  if (!authenticated.ok) return authenticated
  const caller = authenticated.value
  const standing = standingFor(endpoint, caller)
  if (!standing.ok) {
    const { code } = standing.refusal
    if (code !== 'sign_in_unfinished' && code !== 'step_up_required') await tellOfStray(caller, code)
    return standing
  }

  const params = request.params as Readonly<Record<string, string>>
  if (!isWellFormed(params)) return refuse({ code: 'not_found' })
  if (params.account === undefined) return succeed({ browser, caller })
  const entered = await enter(deps, caller, params as typeof params & { account: string }, tellOfStray)
  if (!entered.ok) return entered
  if (!browser.isBackground) notePresence(deps, caller, entered.value)
  return succeed({ browser, caller, place: entered.value })
}

/** Whether a caller is of the kind that an endpoint is for, and their session far enough for it. */
function standingFor(endpoint: Endpoint, caller: Caller) {
  if (caller.kind === 'support' && !slotsOf(endpoint.path).includes('account')) {
    return refuse({ code: 'support_in_account_only' as const })
  }
  const opened = sessionOpens(endpoint.access, caller)
  if (!opened.ok) return opened
  if (endpoint.access === 'deployment' && !isOwner(caller))
    return refuse({ code: 'deployment_only' as const })
  return succeed(caller)
}

/** The place that a path names, where the caller may know of it and what its policy asks for is met. */
async function enter(
  deps: HttpDeps,
  caller: Caller,
  { account, organization }: { readonly account: string; readonly organization?: string },
  tellOfStray: TellOfStray,
): Promise<Result<Place, AdmissionRefusal>> {
  const place = await findPlace(deps, caller, account, organization)
  if (!place) {
    await tellOfStray(caller, 'not_found')
    return refuse({ code: 'not_found' })
  }
  const stepUp = await stepUpInto(deps, caller, place.account.id)
  return stepUp ? refuse({ code: 'step_up_required', stepUp }) : succeed(place)
}

/** Remembers that somebody is at work there, beside the request. */
function notePresence(deps: HttpDeps, caller: Caller, { account, passage }: Place): void {
  if (caller.kind !== 'person') return
  deps.noteMember({ account: account.id, user: caller.user })
  if (passage) deps.noteUse(passage)
}

/** Whether a page of another site sends this by the hands of somebody who is signed in, or to sign them in. */
function isForged(
  { takesForms }: Endpoint,
  { method, headers }: FastifyRequest,
  { sessionToken }: Browser,
  publicUrl: string,
): boolean {
  if (takesForms || method === 'GET' || method === 'HEAD' || headers.authorization !== undefined) return false
  return isCrossSite(headers, { publicUrl, hasSession: sessionToken !== undefined })
}

/** A body of any other type is not read at all, so that no form and no image can send one for somebody. */
function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/json(?:; ?charset="?utf-8"?)?$/i.test(contentType)
}

function isOwner(caller: Caller): boolean {
  return caller.kind === 'operator' && caller.opens === 'everything'
}

/** The place that a path names, unless it is not there or the caller may not know that it is. */
async function findPlace(
  deps: HttpDeps,
  caller: Caller,
  accountName: string,
  organizationName: string | undefined,
): Promise<Place | undefined> {
  const account = await deps.findAccount(accountName)
  if (!account) return undefined

  const view = await deps.views.of(accountsBehind(caller, account.id))
  const reach = reachOf(view, caller, account.id)
  if (!reach.known) return undefined
  const passage = passageOf(view, caller, account.id)
  if (organizationName === undefined) return { account, reach, passage }

  const organization = await deps.findOrganization(account.id, organizationName)
  return organization && reach.enters(organization) ? { account, reach, passage, organization } : undefined
}

/** The way of somebody who is no member: through a connection to their home. */
function passageOf({ directory }: View, caller: Caller, account: AccountId): Passage | undefined {
  if (caller.kind !== 'person' || caller.home === account) return undefined
  return directory.account(account)?.member(caller.user) ? undefined : { host: account, guest: caller.home }
}

type Stray =
  | 'not_found'
  | 'deployment_only'
  | 'session_required'
  | 'support_access_invalid'
  | 'support_in_account_only'

type TellOfStray = (stray: Caller, reason: Stray) => Promise<void>

/** Somebody who tries what is not theirs is told of in their own account's log, whether or not it exists. */
async function recordAtHome(
  deps: HttpDeps,
  endpoint: Endpoint,
  caller: Caller,
  requestId: string,
  reason: Stray,
): Promise<void> {
  const account = homeOf(caller)
  if (!account) return
  await deps.recordDenial({ caller, account, action: endpoint.id, reason, requestId })
}

/** Whether the caller holds what the endpoint demands, in the organization in question or over the whole account. */
export function permits(access: Access, reach: Reach, organization: OrganizationId | undefined): boolean {
  if (typeof access === 'string') return true
  switch (access.at) {
    case 'account':
      return reach.may(access.permission)
    case 'organization':
      return reach.may(access.permission, organization)
    case 'anywhere':
      return reach.where(access.permission).length > 0
  }
}

export function notPermitted({ access }: Endpoint): Refused {
  return refuse({
    code: 'not_permitted',
    permission: typeof access === 'string' ? access : access.permission,
  })
}
