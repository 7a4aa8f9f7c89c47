import {
  bindRole as bound,
  normaliseEmail,
  refuse,
  succeed,
  type AccountId,
  type Author,
  type GrantId,
  type OrganizationId,
} from '@keyholder/core'
import { bindRole } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { authorOf } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { roleNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { AccountOfPath } from '../http/call.ts'
import { momentForm } from '../http/moment-form.ts'
import { loginOf } from '../change/login-of.ts'
import { shownGrant } from './change-grants.ts'
import { toldOfGrant } from '../change/told-of-grant.ts'
import { boundsWanted } from '../change/wanted-bounds.ts'

/** Gives roles to people who have a login already, wherever their home is. */
export function bindRoleBindings(bind: Bind, deps: ChangeDeps): void {
  bind(bindRole, async (call) => {
    const account = call.account.id
    const email = normaliseEmail(call.body.email)
    if (!email.ok) return email
    const login = await loginOf(deps.db, email.value)
    if (!login) return refuse({ code: 'login_unknown' })
    await deps.replica.ready(login.home)

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const member = index.member(login.id)
      // An address that nobody has proved could be anybody's; the account itself vouches for its own people.
      if (!member && !login.verifiedAt) return refuse({ code: 'login_unknown' })
      if (!member && !scene.reach(account).may('member.invite', call.organization)) {
        return refuse({ code: 'not_permitted' as const, permission: 'member.invite' })
      }
      const role = roleNamed(index, call.body.role, '/role')
      if (!role.ok) return role

      const id = scene.newId<GrantId>('grant')
      const grant = { id, role: role.value, organization: call.organization, ...boundsWanted(call.body) }
      const subject = { kind: 'user', id: login.id } as const
      const context = { account, held: index.grantsTo(subject), now: scene.at }
      const decided = bound({ user: login.id, home: login.home, member }, grant, context)
      if (!decided.ok) return decided
      const place = await placeOf(scene.tx, call.account, call.organization)
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [
          {
            action: 'role_binding.create',
            target: { type: 'grant', id },
            organization: call.organization,
            after: { ...toldOfGrant({ ...grant, subject }), email: login.email, joined: !member },
          },
        ],
        mails: [
          outgoingMail(
            scene.newId,
            { account, recipient: login.email },
            {
              template: 'role_bound',
              language: login.language,
              name: login.name ?? null,
              ...place,
              role: index.role(role.value)?.name ?? role.value,
              ends_at: momentForm(grant.endsAt),
              by: await personOf(scene.tx, authorOf(call.caller)),
            },
          ),
        ],
        answer: async (tx) => {
          const { body } = await shownGrant(201, tx, account, id)
          return answer(201, { grant: body, joined: !member })
        },
      })
    })
  })
}

/** Where the role was given, as the mail tells it. */
async function placeOf(
  tx: storage.Tx,
  { id, slug, name }: AccountOfPath,
  organization: OrganizationId | undefined,
) {
  const found = organization && (await storage.findOrganization(tx, id satisfies AccountId, organization))
  return {
    account: { slug, name },
    organization: found ? { key: found.key, name: found.name } : null,
  }
}

/** Who gave the role, as the mail tells it: nobody where a key did, or somebody whom the account does not know. */
async function personOf(tx: storage.Tx, author: Author) {
  const person = author.kind === 'person' ? await storage.findUser(tx, author.id) : undefined
  return person ? { name: person.name ?? null, email: person.email } : null
}
