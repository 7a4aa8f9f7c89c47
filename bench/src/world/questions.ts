import type { OrganizationId, Permission, Question, UserId } from '@keyholder/core'
import { now, type GeneratedWorld } from './generate-world.ts'
import { randomOf } from './random.ts'

/** A question that every contender can be asked: about one person, one organization and one permission. */
export interface Asked {
  readonly user: UserId
  readonly organization: OrganizationId
  readonly permission: Permission
}

/** Random questions about a world, the same for the same seed; a power of two of them, to be asked round and round. */
export function questionsAbout(world: GeneratedWorld, count: 512 | 4096 | 8192, seed: number): Asked[] {
  const random = randomOf(seed)
  const permissions = world.facts.blueprint.permissions.filter(({ level }) => level === 'organization')
  return Array.from({ length: count }, () => ({
    user: random.pick(world.users),
    organization: random.pick(world.organizations),
    permission: random.pick(permissions),
  }))
}

export function asQuestion(world: GeneratedWorld, { user, organization, permission }: Asked): Question {
  return { user, organization, permission: permission.key, account: world.host, at: now }
}
