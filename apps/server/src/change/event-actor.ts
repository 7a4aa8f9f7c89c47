import type { ConnectionId, EventActor } from '@keyholder/core'
import type { Caller } from '../http/caller.ts'

/** The caller as the activity log names them, with the connection through which they came, if they did. */
export function eventActor(caller: Caller, connection?: ConnectionId): EventActor {
  switch (caller.kind) {
    case 'operator':
      return { kind: 'operator', key: caller.key }
    case 'key':
      return { kind: 'key', key: caller.key, madeBy: caller.maker?.user }
    case 'person':
      return {
        kind: 'person',
        user: caller.user,
        connection,
        actedFor: caller.through,
        session: caller.session?.id,
      }
    case 'support':
      return { kind: 'support', user: caller.user, access: caller.access, session: caller.session.id }
  }
}
