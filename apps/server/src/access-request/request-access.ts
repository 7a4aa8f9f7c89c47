import {
  refuse,
  requestAccess as requested,
  succeed,
  type AccessRequest,
  type AccessRequestId,
  type AccountId,
  type Member,
  type Result,
  type WantedPlace,
} from '@keyholder/core'
import { requestAccess, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { organizationsNamedIn, unknownAt, type ReferenceUnknown } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Caller } from '../http/caller.ts'
import { takeTurn } from '../session/attempt-limits.ts'
import { accessRequestForm } from './access-request-form.ts'
import { requestMails } from './request-mails.ts'

/** Lets members ask for access, and tells those who may give it. */
export function bindAccessRequests(bind: Bind, deps: AppDeps): void {
  bind(requestAccess, async (call) => {
    const account = call.account.id
    const taken = await turnOf(deps, call.caller, account)
    if (!taken.ok) return taken

    return changeAccess(deps, call, [account], async (scene) => {
      const member = memberAsking(scene, account)
      if (!member) return refuse({ code: 'access_request_members_only' })
      const place = await placeWanted(scene, account, call.body)
      if (!place.ok) return place

      const wanted: AccessRequest = {
        id: scene.newId<AccessRequestId>('access_request'),
        account,
        user: member.user,
        place: place.value,
        message: call.body.message,
        createdAt: scene.at,
      }
      const decided = requested(wanted, await storage.openAccessRequests(scene.tx, account, member.user))
      if (!decided.ok) return decided
      return succeed({
        rows: (tx) => storage.insertAccessRequest(tx, wanted),
        events: [
          {
            action: 'access_request.create',
            target: { type: 'access_request', id: wanted.id },
            organization: place.value.kind === 'organization' ? place.value.organization : undefined,
            after: { user: member.user, place: { ...place.value }, message: wanted.message },
          },
        ],
        mails: await requestMails(scene, call.account, wanted),
        answer: async (tx) => answer(201, await shown(tx, wanted)),
      })
    })
  })
}

/** Requests that one person may make in a quarter of an hour, withdrawn ones too: each is a mail to many. */
const mostAsked = 20

/** In a transaction of its own, so that it counts whatever follows. */
async function turnOf({ db }: AppDeps, caller: Caller, account: AccountId) {
  if (caller.kind !== 'person') return succeed(undefined)
  const turn = { of: 'access_request', by: `${account}:${caller.user}`, most: mostAsked }
  const taken = await storage.transaction(db, 'deployment', (tx) => takeTurn(tx, turn))
  return taken.ok
    ? taken
    : refuse({ ...taken.refusal, detail: 'Wait, as `Retry-After` says, and ask again.' })
}

/** The member who asks, themself: no key asks for anybody, and who comes by a connection has somebody at home to ask. */
export function memberAsking({ caller, index }: Scene, account: AccountId): Member | undefined {
  return caller.kind === 'person' ? index(account).member(caller.user) : undefined
}

/**
 * Where access is asked for.
 *
 * An organization that the person does not see is answered alike whether or not it exists: what they wrote is kept as
 * words. Only whoever sees them all is told that there is none of that name.
 */
async function placeWanted(
  scene: Scene,
  account: AccountId,
  { organization, wants }: BodyOf<typeof requestAccess>,
): Promise<Result<WantedPlace, ReferenceUnknown>> {
  if (wants !== undefined) return succeed({ kind: 'words', words: wants })
  if (organization === undefined) return succeed({ kind: 'account' })

  const reach = scene.reach(account)
  const named = await organizationsNamedIn(
    scene.tx,
    scene.index(account),
    [organization],
    () => '/organization',
  )
  const [found] = named.ok ? named.value : []
  if (found !== undefined && reach.enters(found))
    return succeed({ kind: 'organization', organization: found })
  if (reach.may('organization.view')) return unknownAt('/organization')
  return succeed({ kind: 'words', words: organization })
}

/** A request as it stands after the change. */
export async function shown(tx: storage.Tx, { account, id }: Pick<AccessRequest, 'account' | 'id'>) {
  const found = await storage.findAccessRequest(tx, account, id)
  if (!found) throw new Error('a request that was just written is not there')
  return accessRequestForm(found)
}
