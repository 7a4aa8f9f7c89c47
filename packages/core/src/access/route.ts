import type { Connection } from '../connection/connection.ts'
import type { Group, GroupMember } from '../group/group.ts'
import type { ConnectionObstacle, PersonObstacle } from './obstacle.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import type { SubjectKind } from './rows/subject-key.ts'
import type { Standing } from './standing.ts'

/** One way in which grants reach a person: their own, those of a group, those of a connection. */
export interface Route {
  /** Whose grants come this way. */
  readonly kind: SubjectKind
  readonly subject: number
  readonly group?: Omit<Group, 'members'> | undefined
  readonly through?: Through | undefined
  /** What closes the way at this moment. */
  readonly obstacles: readonly (PersonObstacle | ConnectionObstacle)[]
}

/** A connection to a person's home account, and what they bring from there. */
export interface Through {
  readonly connection: Connection
  /** Nothing where the maximum role is gone: the connection then carries nothing. */
  readonly maximum: Role | undefined
  readonly home: AccountRows
  readonly standing: Standing
}

/** The ways of the grants to a user or a connection, and of those to the groups that it is in. */
export function routesOf(
  rows: AccountRows,
  kind: GroupMember['kind'],
  number: number,
  obstacles: Route['obstacles'],
  through?: Through,
): Route[] {
  const routes: Route[] = [{ kind, subject: number, group: undefined, through, obstacles }]
  rows.groupsOf[kind].each(number, (subject) => {
    const group = rows.groups[subject]
    if (group) routes.push({ kind: 'group', subject, group, through, obstacles })
  })
  return routes
}
