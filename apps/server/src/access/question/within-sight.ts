import type { AccountId, Explanation, Limit, NearMiss, Obstacle, OrganizationId, Path } from '@keyholder/core'

/** What whoever asks for an explanation may know of. */
export interface Sight {
  readonly account: AccountId
  /** Whether they see the grants over an organization. */
  sees(organization: OrganizationId): boolean
}

/** An explanation as far as somebody sees. */
export type SeenExplanation = Pick<Explanation, 'allowed' | 'unknown' | 'smallestChange'> & {
  readonly [Ways in 'because' | 'limits' | 'nearMisses']: readonly object[]
}

/**
 * An explanation without what is none of the asker's business: grants over organizations whose grants they do not see,
 * and how other accounts arrange their own people. Of somebody's home it is told which roles count there, and no more.
 */
export function withinSight(explanation: Explanation, sight: Sight): SeenExplanation {
  const isSeen = ({ path }: NearMiss | Limit) =>
    path.grant.organization === undefined || sight.sees(path.grant.organization)
  return {
    allowed: explanation.allowed,
    unknown: explanation.unknown,
    because: explanation.because.map(shortPath),
    limits: explanation.limits.filter(isSeen).map(({ path, by }) => ({
      path: shortPath(path),
      by: by.map((obstacle) => shortObstacle(obstacle, sight)),
    })),
    nearMisses: explanation.nearMisses.filter(isSeen).map(({ path, obstacles }) => ({
      path: shortPath(path),
      obstacles: obstacles.map((obstacle) => shortObstacle(obstacle, sight)),
    })),
    smallestChange: explanation.smallestChange?.every(({ account, changes }) => {
      const organizations = changes.flatMap((change) =>
        change.kind === 'grant_set' ? (change.grant.organization ?? []) : [],
      )
      return account === sight.account && organizations.every((organization) => sight.sees(organization))
    })
      ? explanation.smallestChange
      : undefined,
  }
}

function shortPath(path: Path): object {
  if (!path.through) return path
  const standing = path.through.standing.map(({ role }) => ({ role }))
  return { ...path, through: { ...path.through, standing } }
}

function shortObstacle(obstacle: Obstacle, sight: Sight): Obstacle {
  if (obstacle.code === 'beyond_standing') return { ...obstacle, near: [] }
  if (obstacle.code !== 'role_bound_elsewhere') return obstacle
  return { ...obstacle, organizations: obstacle.organizations.filter((place) => sight.sees(place)) }
}
