import {
  beginSupport as begun,
  refuse,
  succeed,
  type AccountId,
  type SupportAccess,
  type SupportAccessId,
} from '@keyholder/core'
import { beginSupport } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { outgoingMail, type OutgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { OpenSession } from '../session/open-session.ts'
import { supportForm } from './support-form.ts'

/** Lets the operator's staff into an account, with a reason and an end, and tells its superusers. */
export function bindSupportBeginning(bind: Bind, deps: AppDeps): void {
  bind(beginSupport, async (call) => {
    const { session } = call.caller
    const { operator, account } = await transactionOfDeployment(deps.db, async (tx) => ({
      operator: await storage.findOperator(tx, session.user),
      account: await storage.findAccount(tx, call.body.account),
    }))
    if (!operator) return refuse({ code: 'support_not_operator' })
    if (session.state.secondFactor === undefined) return refuse(secondFactorOf(session))
    if (!account) return refuse({ code: 'reference_unknown', pointer: '/account' })

    const request = { ...call, account: undefined, organization: undefined }
    return changeAccess(deps, request, [account.id], async (scene) => {
      const entered = await entering(scene.tx, account.id)
      const { reason, minutes, scope } = call.body
      const id = scene.newId<SupportAccessId>('support_access')
      const decided = begun(
        { id, account: account.id, user: operator.user, scope, reason, minutes },
        { home: operator.home, isEnabled: entered.settings['support_access'] !== false, now: scene.at },
      )
      if (!decided.ok) return decided

      const access = decided.value
      const { email, name } = operator
      return succeed({
        rows: (tx) => storage.insertSupportAccess(tx, { access, email, name }),
        events: [
          {
            action: 'support_access.begin',
            target: { type: 'support_access', id },
            accounts: [account.id],
            after: {
              operator: { user: operator.user, email, name: name ?? null },
              scope,
              ends_at: new Date(access.endsAt).toISOString(),
            },
            reason,
          },
        ],
        mails: await mailsOf(scene, entered, access, operator),
        answer: async () =>
          answer(
            201,
            supportForm({ access, email, name, account: { slug: entered.slug, name: entered.name } }),
          ),
      })
    })
  })
}

function transactionOfDeployment<Found>(
  db: storage.Database,
  look: (tx: storage.Tx) => Promise<Found>,
): Promise<Found> {
  return storage.transaction(db, 'deployment', look, { readOnly: true })
}

/** Whoever is let into other people's accounts has shown more than a password, whatever the policies say. */
function secondFactorOf({ holdsToken }: OpenSession) {
  const stepUp = holdsToken ? ('second_factor' as const) : ('set_up_mfa' as const)
  return { code: 'step_up_required' as const, stepUp }
}

async function entering(tx: storage.Tx, id: AccountId): Promise<storage.Account> {
  const account = await storage.readAccount(tx, id)
  if (!account) throw new Error('an account that is locked is not there')
  return account
}

async function mailsOf(
  { tx, newId }: Scene,
  { id, slug, name }: storage.Account,
  access: SupportAccess,
  operator: storage.Operator,
): Promise<readonly OutgoingMail[]> {
  const readers = await storage.superusersOf(tx, id)
  return readers.map(({ email, language }) =>
    outgoingMail(
      newId,
      { account: id, recipient: email },
      {
        template: 'support_access_begun',
        language,
        account: { slug, name },
        operator: { email: operator.email, name: operator.name ?? null },
        reason: access.reason,
        at: new Date(access.startedAt).toISOString(),
        ends_at: new Date(access.endsAt).toISOString(),
      },
    ),
  )
}
