import type { Obstacle } from '@keyholder/core'
import { momentText } from './moment-text.ts'
import type { NameOf } from './names-in.ts'

/** What stands between a grant and an allowed question, as a sentence without its full stop. */
export function obstacleLine(obstacle: Obstacle, nameOf: NameOf): string {
  switch (obstacle.code) {
    case 'member_suspended':
      return `${nameOf(obstacle.user)} is suspended in ${nameOf(obstacle.account)}`
    case 'inactive_at_home':
      return `${nameOf(obstacle.user)} is suspended in ${nameOf(obstacle.account)}, their home`
    case 'account_suspended':
    case 'guest_suspended':
      return `the account ${nameOf(obstacle.account)} is suspended`
    case 'connection_not_active':
      return `the connection to ${nameOf(obstacle.connection)} is ${obstacle.status}`
    case 'connection_not_started':
      return `the connection to ${nameOf(obstacle.connection)} begins at ${momentText(obstacle.startsAt)}`
    case 'connection_over':
      return `the connection to ${nameOf(obstacle.connection)} ended at ${momentText(obstacle.endsAt)}`
    case 'not_a_delegate':
      return `only the group ${nameOf(obstacle.group)} is delegated to`
    case 'not_started':
      return `the grant begins at ${momentText(obstacle.startsAt)}`
    case 'ended':
      return `the grant ended at ${momentText(obstacle.endsAt)}`
    case 'role_bound_elsewhere':
      return `the role is bound to ${obstacle.organizations.map(nameOf).join(', ') || 'no organization'}`
    case 'beyond_maximum':
      return `the maximum role ${nameOf(obstacle.maximum)} does not have it`
    case 'beyond_standing':
      return `it is not held over the whole of ${nameOf(obstacle.account)}`
    case 'guarded':
      return 'it is guarded, and never goes through a connection'
    case 'other_organization':
    case 'not_over_the_account':
      return `the grant is over ${nameOf(obstacle.organization)} only`
    case 'own_only':
      return 'it is held for their own only'
  }
}
