import {
  approveRequest,
  bindRole,
  declineRequest,
  placeOfApproval,
  refuse,
  succeed,
  withdrawRequest,
  type AccessRequestId,
  type AccountId,
  type Answerer,
  type ApprovedPlace,
  type GrantId,
  type Result,
} from '@keyholder/core'
import { approveAccessRequest, declineAccessRequest, withdrawAccessRequest } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { organizationsNamedIn, roleNamed, unknownAt, type ReferenceUnknown } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { toldOfGrant } from '../change/told-of-grant.ts'
import { boundsWanted } from '../change/wanted-bounds.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Caller } from '../http/caller.ts'
import type { Reach } from '../http/reach.ts'
import { memberAsking, shown } from './request-access.ts'
import { settledMail } from './request-mails.ts'

/** Settles requests: approved with a role, declined with a reason, or taken back. */
export function bindAccessRequestAnswers(bind: Bind, deps: AppDeps): void {
  bind(approveAccessRequest, (call) => {
    const account = call.account.id
    const { body } = call

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await requestToAnswer(scene, account, call.params.access_request)
      if (!found.ok) return found
      const { request } = found.value
      const index = scene.index(account)
      const id = scene.newId<GrantId>('grant')
      const approved = approveRequest(request, answererOf(call.caller), {
        now: scene.at,
        grant: id,
        text: body.message,
      })
      if (!approved.ok) return approved

      const said = await placeSaid(scene, account, body.organization)
      if (!said.ok) return said
      const place = placeOfApproval(request.place, said.value)
      if (!place.ok) return place
      const organization = place.value ?? undefined
      if (!scene.reach(account).may('grant.create', organization)) {
        return refuse({ code: 'not_permitted' as const, permission: 'grant.create' })
      }
      const role = roleNamed(index, body.role, '/role')
      if (!role.ok) return role

      const member = index.member(request.user)
      if (!member) return refuse({ code: 'not_found' })
      const subject = { kind: 'user', id: request.user } as const
      const grant = { id, role: role.value, organization, ...boundsWanted(body) }
      const decided = bindRole({ user: member.user, home: member.home, member }, grant, {
        account,
        held: index.grantsTo(subject),
        now: scene.at,
      })
      if (!decided.ok) return decided
      const placed = organization && (await storage.findOrganization(scene.tx, account, organization))
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: (tx) => storage.saveSettlement(tx, approved.value),
        events: [
          {
            action: 'access_request.approve',
            target: { type: 'access_request', id: request.id },
            organization,
            after: { grant: id, ...toldOfGrant({ ...grant, subject }) },
            reason: body.message,
          },
        ],
        mails: [
          await settledMail(scene, call.account, approved.value, {
            role: index.role(role.value)?.name ?? role.value,
            organization: placed ? { key: placed.key, name: placed.name } : null,
            endsAt: grant.endsAt,
          }),
        ],
        answer: async (tx) => answer(200, await shown(tx, request)),
      })
    })
  })

  bind(declineAccessRequest, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await requestToAnswer(scene, account, call.params.access_request)
      if (!found.ok) return found
      const { request } = found.value
      const declined = declineRequest(request, answererOf(call.caller), {
        now: scene.at,
        text: call.body.reason,
      })
      if (!declined.ok) return declined
      return succeed({
        rows: (tx) => storage.saveSettlement(tx, declined.value),
        events: [
          {
            action: 'access_request.decline',
            target: { type: 'access_request', id: request.id },
            organization: organizationIn(found.value),
            reason: call.body.reason,
          },
        ],
        mails: [await settledMail(scene, call.account, declined.value, undefined)],
        answer: async (tx) => answer(200, await shown(tx, request)),
      })
    })
  })

  bind(withdrawAccessRequest, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const id = call.params.access_request as AccessRequestId
      const found = await storage.findAccessRequest(scene.tx, account, id)
      const isOwn = found && memberAsking(scene, account)?.user === found.request.user
      if (!isOwn) return refuse({ code: 'not_found' })
      const withdrawn = withdrawRequest(found.request, scene.at)
      if (!withdrawn.ok) return withdrawn
      return succeed({
        rows: (tx) => storage.saveSettlement(tx, withdrawn.value),
        events: [
          {
            action: 'access_request.withdraw',
            target: { type: 'access_request', id },
            organization: organizationIn(found),
          },
        ],
        answer: async (tx) => answer(200, await shown(tx, found.request)),
      })
    })
  })
}

/** A request that the caller may answer; any other one is not there for them. */
async function requestToAnswer(
  scene: Scene,
  account: AccountId,
  id: string,
): Promise<Result<storage.DescribedAccessRequest, { readonly code: 'not_found' }>> {
  const found = await storage.findAccessRequest(scene.tx, account, id as AccessRequestId)
  return found && mayAnswer(scene.reach(account), found) ? succeed(found) : refuse({ code: 'not_found' })
}

/** Whether somebody may give roles where a request asks for it; in words, it could be anywhere. */
export function mayAnswer(reach: Reach, described: storage.DescribedAccessRequest): boolean {
  return reach.may('grant.create', organizationIn(described))
}

function organizationIn({ request: { place } }: storage.DescribedAccessRequest) {
  return place.kind === 'organization' ? place.organization : undefined
}

/** A key answers with the power of whoever made it, and so never what that person asked for. */
function answererOf(caller: Caller): Answerer {
  if (caller.kind === 'person' || caller.kind === 'support') return { id: caller.user }
  return { id: caller.key, person: caller.kind === 'key' ? caller.maker?.user : undefined }
}

async function placeSaid(
  scene: Scene,
  account: AccountId,
  name: string | null | undefined,
): Promise<Result<ApprovedPlace | undefined, ReferenceUnknown>> {
  if (typeof name !== 'string') return succeed(name)
  const named = await organizationsNamedIn(scene.tx, scene.index(account), [name], () => '/organization')
  if (!named.ok) return named
  const [organization] = named.value
  const isSeen = organization !== undefined && scene.reach(account).enters(organization)
  return isSeen ? succeed(organization) : unknownAt('/organization')
}
