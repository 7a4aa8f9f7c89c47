import {
  judgeChanges,
  refuse,
  succeed,
  type AccountId,
  type AccountIndex,
  type Member,
  type OrganizationId,
  type Result,
  type UserId,
} from '@keyholder/core'
import { changeMembers, problems, type BodyOf, type ProblemCode } from '@keyholder/contract'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { groupNamed, membersNamed, organizationsNamedIn, roleNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { boundsWanted } from '../change/wanted-bounds.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import { bulkRow, type BulkAction, type BulkRow } from './bulk-row.ts'
import { defaultRoleWanted } from './change-members.ts'

type Wanted = BodyOf<typeof changeMembers>['action']
type Decided<Value> = Result<Value, Refused['refusal']>

/** Does one thing to many people, to all of them or to none. */
export function bindBulkChanges(bind: Bind, deps: ChangeDeps): void {
  bind(changeMembers, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const action = await actionWanted(scene, index, call.body.action)
      if (!action.ok) return action
      const forbidden = forbiddenIn(scene, account, action.value)
      if (forbidden) return forbidden
      const members = await everybodyNamed(scene, index, call.body.users)
      if (!members.ok) return members
      const rows = await rowsFor(scene, index, members.value, action.value)
      if (!rows.ok) return rows

      return succeed({
        access: [{ account, changes: rows.value.flatMap(({ changes }) => changes) }],
        rows: async (tx) => {
          for (const row of rows.value) await row.rows?.(tx)
        },
        events: rows.value.flatMap(({ events }) => events),
        answer: async () => answer(200, { results: rows.value.map(resultOf) }),
      })
    })
  })
}

async function actionWanted(scene: Scene, index: AccountIndex, wanted: Wanted): Promise<Decided<BulkAction>> {
  switch (wanted.kind) {
    case 'set_default_role': {
      const role = defaultRoleWanted(index, wanted.default_role, '/action/default_role/role')
      return role.ok ? succeed({ kind: wanted.kind, role: role.value }) : role
    }
    case 'grant': {
      const role = roleNamed(index, wanted.role, '/action/role')
      if (!role.ok) return role
      const names = wanted.organization === undefined ? [] : [wanted.organization]
      const found = await organizationsNamedIn(scene.tx, index, names, () => '/action/organization')
      if (!found.ok) return found
      const [organization] = found.value
      return succeed({ kind: 'grant', role: role.value, organization, bounds: boundsWanted(wanted) })
    }
    case 'add_to_group':
    case 'remove_from_group': {
      const group = groupNamed(index, wanted.group, '/action/group')
      return group.ok ? succeed({ kind: wanted.kind, group: group.value }) : group
    }
    case 'suspend':
    case 'reactivate':
    case 'remove':
      return succeed({ kind: wanted.kind })
  }
}

const permissions = {
  set_default_role: 'member.edit',
  grant: 'grant.create',
  add_to_group: 'group.edit',
  remove_from_group: 'group.edit',
  suspend: 'member.edit',
  reactivate: 'member.edit',
  remove: 'member.remove',
} as const satisfies Record<BulkAction['kind'], string>

/** The permission of the same change of one person; an organization out of sight is as good as none. */
function forbiddenIn(scene: Scene, account: AccountId, action: BulkAction) {
  const reach = scene.reach(account)
  const permission = permissions[action.kind]
  const organization: OrganizationId | undefined = action.kind === 'grant' ? action.organization : undefined
  if (reach.may(permission, organization)) return undefined
  return organization !== undefined && !reach.enters(organization)
    ? refuse({ code: 'reference_unknown' as const, pointer: '/action/organization' })
    : refuse({ code: 'not_permitted' as const, permission })
}

/** Each person once, in the order in which they were named first. */
async function everybodyNamed(
  { tx }: Scene,
  index: AccountIndex,
  names: readonly string[],
): Promise<Decided<readonly Member[]>> {
  const users = await membersNamed(tx, index, names, (place) => `/users/${place}`)
  return users.ok ? succeed([...new Set(users.value)].flatMap((user) => index.member(user) ?? [])) : users
}

interface RowInTheWay {
  readonly user: UserId
  readonly code: ProblemCode
  readonly title: string
}

/** What is done to each of them; where it cannot be done to some, all of these are named. */
async function rowsFor(
  scene: Scene,
  index: AccountIndex,
  members: readonly Member[],
  action: BulkAction,
): Promise<Decided<readonly BulkRow[]>> {
  const rows: BulkRow[] = []
  const inTheWay: RowInTheWay[] = []
  for (const member of members) {
    const row = await judgedRow(scene, index, member, action)
    if (row.ok) rows.push(row.value)
    else {
      const { code } = row.refusal
      inTheWay.push({ user: member.user, code, title: problems[code].title })
    }
  }
  if (inTheWay.length === 0) return succeed(rows)
  const isBeyond = inTheWay.some(({ code }) => problems[code].status === 403)
  return refuse({ code: isBeyond ? 'bulk_beyond_own_access' : 'bulk_refused', rows: inTheWay })
}

/** Each is judged by itself as well, because the whole is refused at the first who is in the way. */
async function judgedRow(
  { directory, actor, at, ...scene }: Scene,
  index: AccountIndex,
  member: Member,
  action: BulkAction,
): Promise<Decided<BulkRow>> {
  const row = await bulkRow({ directory, actor, at, ...scene }, index, member, action)
  if (!row.ok) return row
  const judged = judgeChanges(directory, { actor, account: index.id, changes: row.value.changes, at })
  return judged.ok ? row : judged
}

function resultOf({ user, changes, ended }: BulkRow) {
  const outcome = changes.length > 0 ? ('done' as const) : ('unchanged' as const)
  return { user, outcome, ...(ended && { ended: ended() }) }
}
