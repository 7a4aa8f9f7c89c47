import {
  approveRequest,
  bindRole,
  placeOfApproval,
  refuse,
  succeed,
  type AccessRequest,
  type AccountId,
  type ApprovedPlace,
  type Grant,
  type GrantId,
  type Result,
} from '@keyholder/core'
import { approveAccessRequest, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { organizationsNamedIn, roleNamed, unknownAt, type ReferenceUnknown } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { toldOfGrant } from '../change/told-of-grant.ts'
import { boundsWanted } from '../change/wanted-bounds.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import { shown } from './request-access.ts'
import { settledMail } from './request-mails.ts'
import { answererOf, requestToAnswer } from './request-to-answer.ts'

/** Approves requests: with a role, where the approver may give it, judged like any grant of theirs. */
export function bindAccessRequestApproval(bind: Bind, deps: AppDeps): void {
  bind(approveAccessRequest, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await requestToAnswer(scene, account, call.params.access_request)
      if (!found.ok) return found
      const { request } = found.value
      const index = scene.index(account)
      const member = index.member(request.user)
      if (!member) return refuse({ code: 'not_found' })
      const id = scene.newId<GrantId>('grant')
      const settling = { now: scene.at, grant: id, text: call.body.message }
      const approved = approveRequest(request, answererOf(call.caller), settling)
      if (!approved.ok) return approved

      const wanted = await grantWanted(scene, request, id, call.body)
      if (!wanted.ok) return wanted
      const grant = wanted.value
      const held = index.grantsTo(grant.subject)
      const decided = bindRole({ ...member, member }, grant, { account, held, now: scene.at })
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: (tx) => storage.saveSettlement(tx, approved.value),
        events: [
          {
            action: 'access_request.approve',
            target: { type: 'access_request', id: request.id },
            organization: grant.organization,
            after: { grant: id, ...toldOfGrant(grant) },
            reason: call.body.message,
          },
        ],
        mails: [await settledMail(scene, call.account, approved.value, grant)],
        answer: async (tx) => answer(200, await shown(tx, request)),
      })
    })
  })
}

/** The grant that an approval gives, in a place where its approver may give any. */
async function grantWanted(
  scene: Scene,
  { account, user, place: asked }: AccessRequest,
  id: GrantId,
  body: BodyOf<typeof approveAccessRequest>,
): Promise<Result<Grant, Refused['refusal']>> {
  const said = await placeSaid(scene, account, body.organization)
  if (!said.ok) return said
  const place = placeOfApproval(asked, said.value)
  if (!place.ok) return place
  const organization = place.value ?? undefined
  if (!scene.reach(account).may('grant.create', organization)) {
    return refuse({ code: 'not_permitted', permission: 'grant.create' })
  }
  const role = roleNamed(scene.index(account), body.role, '/role')
  if (!role.ok) return role
  const subject = { kind: 'user', id: user } as const
  return succeed({ id, subject, role: role.value, organization, ...boundsWanted(body) })
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
