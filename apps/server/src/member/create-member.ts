import { normaliseEmail, refuse, succeed, type AccountId, type Email, type UserId } from '@keyholder/core'
import { createMember, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { AddressTaken, fromLookUp } from '../change/address-taken.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { Scene } from '../change/scene.ts'
import type { Bind } from '../http/bind.ts'
import { firstAccess } from './first-access.ts'
import { shownMember } from './find-member.ts'
import { loginOf } from '../change/login-of.ts'

type Body = BodyOf<typeof createMember>

/** Adds users whose home is the account, with their first access, in one act. */
export function bindMemberCreation(bind: Bind, deps: ChangeDeps): void {
  bind(createMember, async (call) => {
    const account = call.account.id
    const email = normaliseEmail(call.body.email)
    if (!email.ok) return email
    return fromLookUp(async () => {
      const login = await loginOf(deps.db, email.value)

      return changeAccess(deps, call, [account], async (scene) => {
        const index = scene.index(account)
        if (login && index.member(login.id)) return refuse({ code: 'member_exists', user: login.id })
        if (login && login.home !== account) return refuse({ code: 'email_taken' })
        if (await isTaken(scene, account, call.body.external_id, login?.id)) {
          return refuse({ code: 'external_id_taken' })
        }
        const user = login?.id ?? scene.newId<UserId>('user')
        const access = await firstAccess(scene, index, { user, email: email.value }, call.body)
        if (!access.ok) return access

        const member = { user, kind: 'home', status: 'active', home: account } as const
        return succeed({
          access: [{ account, changes: [{ kind: 'member_set', member }, ...access.value.changes] }],
          before: (tx) => writePerson(tx, account, user, email.value, call.body, login),
          events: [
            {
              action: 'member.create',
              target: { type: 'member', id: user },
              after: { email: email.value, name: call.body.name ?? null, ...access.value.told },
            },
            ...access.value.events,
          ],
          answer: (tx) => shownMember(201, tx, account, user),
        })
      })
    })
  })
}

async function isTaken(
  { tx }: Scene,
  account: AccountId,
  externalId: string | undefined,
  user: UserId | undefined,
): Promise<boolean> {
  if (externalId === undefined) return false
  const found = await storage.usersNamed(tx, account, [], [externalId])
  return found.some(
    (other) => other.externalId === externalId && other.home === account && other.user !== user,
  )
}

/** Somebody who was removed from here but stayed elsewhere has their login still; anybody else gets a new one. */
async function writePerson(
  tx: storage.Tx,
  home: AccountId,
  id: UserId,
  email: Email,
  { name, external_id: externalId }: Body,
  login: storage.User | undefined,
): Promise<void> {
  if (login) {
    await storage.updateUser(tx, {
      ...login,
      name: name ?? login.name,
      externalId: externalId ?? login.externalId,
    })
    return
  }
  const isNew = await storage.insertUser(tx, { id, home, email, name, externalId })
  if (!isNew) throw new AddressTaken('somebody took the address at this very moment')
}
