import {
  readInvitees,
  refuse,
  succeed,
  type AccountId,
  type InvitationContent,
  type ListedInvitee,
  type Result,
} from '@keyholder/core'
import { inviteMany, problems, type BodyOf, type ProblemCode } from '@keyholder/contract'
import type { Tx } from '@keyholder/storage'
import { authorOf } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import { formOf, invite, type Invited } from './invite.ts'
import { offerNamed, wordsOf } from './offer-named.ts'
import { sendingFrom } from './write-invitation.ts'

type Body = BodyOf<typeof inviteMany>
type Offer = Pick<InvitationContent, 'grants' | 'groups'>
type RefusedRow = Refused['refusal'] & {
  readonly line: number
  readonly email: string
  /** Where the same address stands already. */
  readonly first?: number
}
type Row = { readonly line: number; readonly invited: Invited }

/** Invites everybody on a list, or where one of them cannot be invited, nobody: told for each line. */
export function bindInvitingMany(bind: Bind, deps: ChangeDeps): void {
  bind(inviteMany, (call) => {
    const account = call.account.id
    const { kind, list, ...shared } = call.body
    const listed = readInvitees(list)

    return changeAccess(deps, call, [account], async (scene) => {
      if (!listed.ok) return listed
      const offer = await offerNamed(scene, scene.index(account), shared)
      if (!offer.ok) return offer
      const author = authorOf(call.caller)
      const sending = await sendingFrom(scene.tx, account, author)
      const setting = { scene, account, author, sending }

      const rows = await eachOnce(listed.value, async (invitee) => {
        const own = await offerOf(scene, account, invitee, offer.value)
        if (!own.ok) return own
        return invite(setting, { kind, email: invitee.email, ...own.value, ...wordsOf(call.body) })
      })
      if (!rows.ok) return rows
      return succeed({
        rows: async (tx) => {
          for (const { invited } of rows.value) await invited.write(tx)
        },
        promised: rows.value.map(({ invited }) => invited.promised),
        events: rows.value.map(({ invited }) => invited.event),
        mails: rows.value.map(({ invited }) => invited.mail),
        answer: async (tx) => answer(201, await shown(tx, rows.value)),
      })
    })
  })
}

/** Decides on every line, so that all that is wrong with a list is told at once. */
async function eachOnce(
  invitees: readonly ListedInvitee[],
  decide: (invitee: ListedInvitee) => Promise<Result<Invited, Refused['refusal']>>,
): Promise<Result<readonly Row[], Refused['refusal']>> {
  const rows: Row[] = []
  const refused: RefusedRow[] = []
  const lines = new Map<string, number>()
  for (const invitee of invitees) {
    const { line, email: typed } = invitee
    const invited = await decide(invitee)
    const email = invited.ok ? invited.value.invitation.email : typed
    const earlier = lines.get(email)
    lines.set(email, earlier ?? line)
    if (earlier !== undefined) refused.push({ line, email, code: 'invitation_repeated', first: earlier })
    else if (invited.ok) rows.push({ line, invited: invited.value })
    else refused.push({ line, email, ...invited.refusal })
  }
  return refused.length === 0
    ? succeed(rows)
    : refuse({ code: 'invitations_refused', rows: refused.map(worded) })
}

/** A refusal as it would be answered alone: with its sentence, and its facts beside it. */
function worded({ code, ...facts }: { readonly code: ProblemCode }) {
  return { code, detail: problems[code].detail, ...facts }
}

/** What this one gets: the line's own roles and groups in the place of those for all. */
async function offerOf(
  scene: Scene,
  account: AccountId,
  { role, organization, organizationRole, groups }: ListedInvitee,
  shared: Offer,
): Promise<Result<Offer, Refused['refusal']>> {
  const own: Partial<Body> = {
    ...(role !== undefined && { default_role: { role } }),
    ...(organization !== undefined &&
      organizationRole !== undefined && { grants: [{ organization, role: organizationRole }] }),
    ...(groups && { groups: [...groups] }),
  }
  return offerNamed(scene, scene.index(account), own, shared)
}

async function shown(tx: Tx, rows: readonly Row[]) {
  const forms = []
  for (const { line, invited } of rows) forms.push({ line, invitation: await formOf(tx, invited.invitation) })
  return { invited: rows.length, rows: forms }
}
