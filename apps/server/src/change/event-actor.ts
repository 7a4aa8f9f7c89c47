import type { EventActor } from '@keyholder/core'
import type { Caller } from '../http/caller.ts'

/** The caller as the activity log names them. */
export function eventActor(caller: Caller): EventActor {
  switch (caller.kind) {
    case 'operator':
      return { kind: 'operator', key: caller.key }
    case 'key':
      return { kind: 'key', key: caller.key, madeBy: caller.maker?.user }
    case 'person':
      return { kind: 'person', user: caller.user, actedFor: caller.through }
  }
}
