import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse, succeed, type OrganizationId, type Result } from '@keyholder/core'
import { slots, slotsOf, type Access, type Endpoint } from '@keyholder/contract'
import { admit, notPermitted, permits, type Admitted, type Place } from './admit.ts'
import type { Call, Handler, Refused, Reply } from './call.ts'
import { homeOf } from './caller.ts'
import { readConditions } from './conditions.ts'
import { isDenial } from './denial.ts'
import type { HttpDeps } from './http-deps.ts'
import { inputReader, type Input } from './read-input.ts'
import { sendProblem } from './problem-reply.ts'
import { routeUrl } from './route-url.ts'
import { sendReply } from './send-reply.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route demands of its caller; a route without it stops the start. */
    access?: Access
  }
}

/** Ties an endpoint to the function that carries it out. */
export type Bind = <const E extends Endpoint>(endpoint: E, handler: Handler<E>) => void

/**
 * Makes the function that features bind their endpoints with.
 *
 * The order of the checks is a promise: who calls and whether they may know of the place is settled before the body
 * is read, so that every request of a stranger is answered alike.
 */
export function binder(app: FastifyInstance, deps: HttpDeps): Bind {
  return (endpoint, handler) => {
    assertKnownSlots(endpoint)
    const read = inputReader(endpoint)
    const admitted = new WeakMap<FastifyRequest, Admitted>()

    app.route({
      method: endpoint.method,
      url: routeUrl(endpoint.path),
      config: { access: endpoint.access, takesForms: endpoint.takesForms === true },
      onRequest: async (request, reply) => {
        const admission = await admit(deps, endpoint, request)
        if (!admission.ok) return sendProblem(reply, admission.refusal, deps.publicUrl)
        admitted.set(request, admission.value)
      },
      handler: async (request, reply) => {
        const who = admitted.get(request) ?? unreachable(endpoint)
        const answer = await answerTo(
          deps,
          endpoint,
          handler as unknown as Handler<Endpoint>,
          who,
          request,
          read,
        )
        await recordDenialIn(deps, endpoint, who, request, answer)
        return sendReply(deps, endpoint, reply, answer)
      },
    })
  }
}

async function answerTo(
  deps: HttpDeps,
  endpoint: Endpoint,
  handler: Handler<Endpoint>,
  { browser, caller, place }: Admitted,
  request: FastifyRequest,
  read: (request: FastifyRequest) => Result<Input, Refused['refusal']>,
): Promise<Reply<Endpoint>> {
  if (place && !mayBePermitted(endpoint, place)) return notPermitted(endpoint)
  const input = read(request)
  if (!input.ok) return input
  const conditions = readConditions(endpoint, request, input.value.preview)
  if (!conditions.ok) return conditions

  const organization = await organizationOf(deps, endpoint, place, input.value)
  if (!organization.ok) return organization
  if (place && !permits(endpoint.access, place.reach, organization.value)) return notPermitted(endpoint)

  const call = {
    endpoint,
    requestId: request.id,
    browser,
    caller,
    ...place,
    organization: organization.value,
    ...input.value,
    conditions: conditions.value,
  }
  return handler(call as unknown as Call<Endpoint>)
}

/** Whether the caller holds what the endpoint demands; anywhere at all, where the place in question is not read yet. */
function mayBePermitted(endpoint: Endpoint, { reach, organization }: Place): boolean {
  const { access } = endpoint
  if (typeof access === 'string' || !namesOrganizationInside(endpoint))
    return permits(access, reach, organization)
  return permits({ ...access, at: 'anywhere' }, reach, undefined)
}

/** Whether the place that the access is about is named in the body or the query, which are read later. */
function namesOrganizationInside({ access, path }: Endpoint): boolean {
  return typeof access !== 'string' && access.at === 'organization' && !slotsOf(path).includes('organization')
}

async function organizationOf(
  deps: HttpDeps,
  endpoint: Endpoint,
  place: Place | undefined,
  { body, query }: Input,
): Promise<Result<OrganizationId | undefined, Refused['refusal']>> {
  if (!place || !namesOrganizationInside(endpoint)) return succeed(place?.organization)

  const name = (body as { organization?: string } | undefined)?.organization ?? query.organization
  if (typeof name !== 'string') return succeed(undefined)
  const organization = await deps.findOrganization(place.account.id, name)
  const known = organization !== undefined && place.reach.enters(organization)
  return known ? succeed(organization) : refuse({ code: 'reference_unknown', pointer: '/organization' })
}

/** Every refusal for want of rights passes here, wherever it was decided, and none goes out before its event is written. */
async function recordDenialIn(
  deps: HttpDeps,
  endpoint: Endpoint,
  { caller, place }: Admitted,
  request: FastifyRequest,
  answer: Reply<Endpoint>,
): Promise<void> {
  const account = place?.account.id ?? (caller && homeOf(caller))
  if (!caller || !account || !('ok' in answer) || !isDenial(answer.refusal.code)) return
  await deps.recordDenial({
    caller,
    account,
    action: endpoint.id,
    organization: place?.organization,
    reason: answer.refusal.code,
    requestId: request.id,
  })
}

function assertKnownSlots({ id, path }: Endpoint): void {
  const unknown = slotsOf(path).filter((slot) => !Object.hasOwn(slots, slot))
  if (unknown.length > 0) throw new Error(`${id} has slots that slot.ts does not know: ${unknown.join(', ')}`)
}

function unreachable({ id }: Endpoint): never {
  throw new Error(`${id} was reached by a request that was not let in`)
}
