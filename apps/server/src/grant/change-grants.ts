import {
  createGrant as created,
  editGrant,
  refuse,
  succeed,
  type AccountId,
  type AccountIndex,
  type Grant,
  type GrantId,
  type Result,
  type Subject,
} from '@keyholder/core'
import { createGrant, deleteGrant, updateGrant, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { bothSides } from '../change/both-sides.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import {
  connectionNamed,
  groupNamed,
  memberNamed,
  roleNamed,
  type ReferenceUnknown,
} from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import { outdated } from '../http/etag.ts'
import { grantForm } from './grant-form.ts'
import { boundsWanted, momentWanted } from '../change/wanted-bounds.ts'
import { toldOfGrant } from '../change/told-of-grant.ts'

/** Gives roles, changes them and takes them away. One that is given to a connection stands in both accounts' logs. */
export function bindGrantChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createGrant, async (call) => {
    const account = call.account.id
    const { body, organization } = call
    const accounts = await bothSides(deps.db, account, body.connection === undefined ? [] : [body.connection])

    return changeAccess(deps, call, accounts, async (scene) => {
      const index = scene.index(account)
      const subject = await subjectNamed(scene.tx, index, body)
      if (!subject.ok) return subject
      const role = body.role === undefined ? succeed(undefined) : roleNamed(index, body.role, '/role')
      if (!role.ok) return role

      const id = scene.newId<GrantId>('grant')
      const grant: Grant = {
        id,
        subject: subject.value,
        role: role.value,
        organization,
        ...boundsWanted(body),
      }
      const decided = created(grant, { held: index.grantsTo(subject.value), now: scene.at })
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [{ ...event('grant.create', grant), accounts, after: toldOfGrant(grant) }],
        answer: (tx) => shownGrant(201, tx, account, id),
      })
    })
  })

  bind(updateGrant, async (call) => {
    const account = call.account.id
    const accounts = await sidesOfGrant(deps.db, account, call.params.grant)

    return changeAccess(deps, call, accounts, async (scene) => {
      const found = await grantToChange(scene, account, call.params.grant, 'grant.edit')
      if (!found.ok) return found
      const { grant, version } = found.value
      const stale = outdated(call, version)
      if (stale) return stale
      const { body } = call
      const role =
        body.role === undefined ? succeed(undefined) : roleNamed(scene.index(account), body.role, '/role')
      if (!role.ok) return role

      const bounds = { startsAt: momentWanted(body.starts_at), endsAt: momentWanted(body.ends_at) }
      const decided = editGrant(grant, { role: role.value, ...bounds }, scene.at)
      if (!decided.ok) return decided
      const after = decided.value.flatMap((change) =>
        change.kind === 'grant_set' ? toldOfGrant(change.grant) : [],
      )
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [{ ...event('grant.update', grant), accounts, before: toldOfGrant(grant), after: after[0] }],
        answer: (tx) => shownGrant(200, tx, account, grant.id),
      })
    })
  })

  bind(deleteGrant, async (call) => {
    const account = call.account.id
    const accounts = await sidesOfGrant(deps.db, account, call.params.grant)

    return changeAccess(deps, call, accounts, async (scene) => {
      const found = await grantToChange(scene, account, call.params.grant, 'grant.delete')
      if (!found.ok) return found
      const { grant } = found.value
      return succeed({
        access: [{ account, changes: [{ kind: 'grant_removed', id: grant.id }] }],
        events: [{ ...event('grant.delete', grant), accounts, before: toldOfGrant(grant) }],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

async function subjectNamed(
  tx: storage.Tx,
  index: AccountIndex,
  { user, group, connection = '' }: BodyOf<typeof createGrant>,
): Promise<Result<Subject, ReferenceUnknown>> {
  if (user !== undefined) {
    const found = await memberNamed(tx, index, user, '/user')
    return found.ok ? succeed({ kind: 'user', id: found.value }) : found
  }
  if (group !== undefined) {
    const found = groupNamed(index, group, '/group')
    return found.ok ? succeed({ kind: 'group', id: found.value }) : found
  }
  const found = connectionNamed(index, connection, '/connection')
  return found.ok ? succeed({ kind: 'connection', id: found.value }) : found
}

/** A grant that the caller may change; one that they may not even see is not there. */
async function grantToChange(
  scene: Scene,
  account: AccountId,
  id: string,
  permission: string,
): Promise<Result<storage.DescribedGrant, Refused['refusal']>> {
  const found = await storage.findGrant(scene.tx, account, id as GrantId)
  if (!found) return refuse({ code: 'not_found' })
  const reach = scene.reach(account)
  const { organization } = found.grant
  if (reach.may(permission, organization)) return succeed(found)
  return reach.may('grant.view', organization)
    ? refuse({ code: 'not_permitted' as const, permission })
    : refuse({ code: 'not_found' })
}

/** The accounts that a grant concerns; its subject never changes. */
async function sidesOfGrant(
  db: storage.Database,
  account: AccountId,
  id: string,
): Promise<readonly AccountId[]> {
  const read = { readOnly: true }
  const found = await storage.transaction(
    db,
    [account],
    (tx) => storage.findGrant(tx, account, id as GrantId),
    read,
  )
  return bothSides(db, account, found?.grant.subject.kind === 'connection' ? [found.grant.subject.id] : [])
}

function event(action: string, { id, organization }: Grant) {
  return { action, target: { type: 'grant', id }, organization }
}

/** Answers with a grant as it stands after the change. */
export async function shownGrant<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  account: AccountId,
  id: GrantId,
) {
  const grant = await storage.findGrant(tx, account, id)
  if (!grant) throw new Error('a grant that was just written is not there')
  return answer(status, grantForm(grant), { version: grant.version })
}
