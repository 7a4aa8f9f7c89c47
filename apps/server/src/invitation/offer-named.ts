import {
  createGrant,
  refuse,
  succeed,
  type AccountIndex,
  type Grant,
  type GrantId,
  type GroupId,
  type InvitationContent,
  type InvitationEdit,
  type OfferedGrant,
  type Result,
  type UserId,
} from '@keyholder/core'
import type { createInvitation, updateInvitation, BodyOf } from '@keyholder/contract'
import { groupNamed, organizationsNamedIn, roleNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import type { Refused } from '../http/call.ts'

type Named = BodyOf<typeof createInvitation> | BodyOf<typeof updateInvitation>
type Wanted = Partial<Pick<Named, 'default_role' | 'grants' | 'groups'>>
type Decided<Value> = Result<Value, Refused['refusal']>

/**
 * What an invitation brings, with every name in it looked up. What the body leaves out stays as it was.
 */
export async function offerNamed(
  scene: Scene,
  index: AccountIndex,
  body: Wanted,
  before: Pick<InvitationContent, 'grants' | 'groups'> = { grants: [], groups: [] },
): Promise<Decided<Pick<InvitationContent, 'grants' | 'groups'>>> {
  const over = await grantsNamed(scene, index, { default_role: body.default_role })
  if (!over.ok) return over
  const single = await grantsNamed(scene, index, { grants: body.grants })
  if (!single.ok) return single
  const groups = body.groups ? groupsNamed(index, body.groups) : succeed(before.groups)
  if (!groups.ok) return groups

  const [overBefore, singleBefore] = [
    before.grants.filter(isOver),
    before.grants.filter((one) => !isOver(one)),
  ]
  return succeed({
    grants: [
      ...(body.default_role === undefined ? overBefore : over.value),
      ...(body.grants === undefined ? singleBefore : single.value),
    ],
    groups: groups.value,
  })
}

function isOver({ organization }: OfferedGrant): boolean {
  return organization === undefined
}

/** What an invitation says, as the body has it; what is left out stays as it is. */
export function wordsOf(body: Named): Omit<InvitationEdit, 'grants' | 'groups'> {
  const { language, show_inviter: showInviter, subject, body: text, expires_at } = body
  return {
    ...(language !== undefined && { language }),
    ...(showInviter !== undefined && { showInviter }),
    ...(subject !== undefined && { subject: subject ?? undefined }),
    ...(text !== undefined && { body: text ?? undefined }),
    ...(expires_at !== undefined && { expiresAt: Date.parse(expires_at) }),
  }
}

async function grantsNamed(
  scene: Scene,
  index: AccountIndex,
  { default_role, grants = [] }: Wanted,
): Promise<Decided<readonly OfferedGrant[]>> {
  const organizations = await organizationsNamedIn(
    scene.tx,
    index,
    grants.map(({ organization }) => organization),
    (place) => `/grants/${place}/organization`,
  )
  if (!organizations.ok) return organizations

  const wanted = [
    ...(default_role ? [{ ...default_role, organization: undefined, pointer: '/default_role/role' }] : []),
    ...grants.map((grant, place) => ({
      ...grant,
      organization: organizations.value[place],
      pointer: `/grants/${place}/role`,
    })),
  ]
  const offered: OfferedGrant[] = []
  for (const { role: name, organization, pointer, starts_at, ends_at } of wanted) {
    const role = roleNamed(index, name, pointer)
    if (!role.ok) return role
    const grant = { role: role.value, organization, startsAt: parsed(starts_at), endsAt: parsed(ends_at) }
    const fault = faultIn(grant, offered, scene.at)
    if (fault) return refuse({ code: fault, pointer })
    offered.push(grant)
  }
  return succeed(offered)
}

/** The same role on offer there already, at some of the same time; or one that would have ended before it began. */
function faultIn(grant: OfferedGrant, offered: readonly OfferedGrant[], now: number) {
  const decided = createGrant(asGrant(grant, offered.length), { held: offered.map(asGrant), now })
  return decided.ok ? undefined : decided.refusal.code
}

function asGrant(offered: OfferedGrant, place: number): Grant {
  return { ...offered, id: `grt_${place}` as GrantId, subject: { kind: 'user', id: '' as UserId } }
}

function groupsNamed(index: AccountIndex, names: readonly string[]): Decided<readonly GroupId[]> {
  const groups = new Set<GroupId>()
  for (const [place, name] of names.entries()) {
    const group = groupNamed(index, name, `/groups/${place}`)
    if (!group.ok) return group
    groups.add(group.value)
  }
  return succeed([...groups])
}

function parsed(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : Date.parse(moment)
}
