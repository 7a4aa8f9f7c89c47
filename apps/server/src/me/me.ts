import { getMe, updateMe } from '@keyholder/contract'
import {
  accountsOf,
  appendEvents,
  databaseTime,
  findSignIn,
  findUser,
  hasMfa,
  transaction,
  updateUser,
  type Tx,
  type User,
} from '@keyholder/storage'
import type { EventId } from '@keyholder/core'
import type { AppDeps } from '../app-deps.ts'
import { eventActor } from '../change/event-actor.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { SignedIn } from '../http/caller.ts'
import { replicaViews } from '../http/replica-views.ts'
import { accountsInReach } from './accounts-in-reach.ts'

type Deps = Pick<AppDeps, 'db' | 'replica' | 'newId'>

/** Who one is, everything that one may enter, and what one is called. */
export function bindMe(bind: Bind, deps: Deps): void {
  bind(getMe, async ({ caller }) => answer(200, await meForm(deps, caller)))

  bind(updateMe, async ({ caller, body, requestId }) => {
    await transaction(deps.db, 'deployment', async (tx) => {
      const before = await myself(tx, caller)
      const after = {
        ...before,
        ...(body.name !== undefined && { name: body.name ?? undefined }),
        ...(body.language && { language: body.language }),
      }
      if (after.name === before.name && after.language === before.language) return
      await updateUser(tx, after)
      await appendEvents(tx, [
        {
          id: deps.newId<EventId>('event'),
          at: await databaseTime(tx),
          action: 'user.update',
          outcome: 'done',
          actor: eventActor(caller),
          target: { type: 'user', id: caller.user },
          accounts: [caller.home],
          before: { name: before.name, language: before.language },
          after: { name: after.name, language: after.language },
          request: requestId,
        },
      ])
    })
    return answer(200, await meForm(deps, caller))
  })
}

async function meForm(deps: Deps, caller: SignedIn) {
  const { person, accounts, hasPassword, holdsToken } = await transaction(
    deps.db,
    'deployment',
    async (tx) => ({
      person: await myself(tx, caller),
      accounts: await accountsOf(tx, caller.user, caller.home),
      hasPassword: (await findSignIn(tx, { user: caller.user }))?.passwordHash !== undefined,
      holdsToken: await hasMfa(tx, caller.user),
    }),
    { readOnly: true },
  )
  return {
    id: person.id,
    email: person.email,
    name: person.name ?? null,
    language: person.language,
    verified: person.verifiedAt !== undefined,
    home: person.home,
    has_password: hasPassword,
    has_mfa: holdsToken,
    accounts: await accountsInReach(deps.db, replicaViews(deps.replica), caller, accounts),
  }
}

async function myself(tx: Tx, { user }: SignedIn): Promise<User> {
  const person = await findUser(tx, user)
  if (!person) throw new Error('a session is of a person who is not there')
  return person
}
