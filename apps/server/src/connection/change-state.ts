import {
  chooseDelegates,
  endConnection as ended,
  pauseConnection as paused,
  refuse,
  resumeConnection as resumed,
  succeed,
  type Agreement,
} from '@keyholder/core'
import { endConnection, pauseConnection, resumeConnection, setConnectionDelegates } from '@keyholder/contract'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { delegatesNamed } from './answer-offer.ts'
import { changeConnection, shown } from './change-connection.ts'

/** Pauses, resumes and ends connections, and says who of the guest's people may use them. */
export function bindStateChanges(bind: Bind, deps: ChangeDeps): void {
  bind(pauseConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (_, { agreement, by }) => {
        const done = paused(agreement, by)
        return done.ok
          ? succeed({ ...done.value, action: 'connection.pause', change: 'paused' as const })
          : done
      },
      shown,
    ),
  )

  bind(resumeConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (_, { agreement, by }) => {
        const done = resumed(agreement, by)
        return done.ok
          ? succeed({ ...done.value, action: 'connection.resume', change: 'resumed' as const })
          : done
      },
      shown,
    ),
  )

  bind(setConnectionDelegates, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        if (by.side !== 'guest') return refuse({ code: 'connection_other_side', side: 'guest' })
        const delegates = delegatesNamed(scene, agreement.connection.guest, call.body.delegates)
        if (!delegates.ok) return delegates
        const done = chooseDelegates(agreement, delegates.value ?? 'everyone', by)
        return done.ok ? succeed({ ...done.value, action: 'connection.set_delegates' }) : done
      },
      shown,
    ),
  )

  bind(endConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const held = heldBy(scene, agreement)
        const done = ended(agreement, by, { now: scene.at, ...held })
        const reason = call.body?.reason
        return done.ok
          ? succeed({ ...done.value, action: 'connection.end', change: 'ended' as const, reason })
          : done
      },
      (connection, { changes }, version) =>
        answer(
          200,
          {
            connection,
            grants: changes.flatMap((change) => (change.kind === 'grant_removed' ? change.id : [])),
            groups: changes.flatMap((change) => (change.kind === 'group_member_removed' ? change.group : [])),
          },
          { version },
        ),
    ),
  )
}

/** What a connection holds in the host account itself. */
function heldBy(scene: Scene, { connection }: Agreement) {
  const index = scene.index(connection.host)
  const subject = { kind: 'connection', id: connection.id } as const
  return { grants: index.grantsTo(subject).map(({ id }) => id), groups: index.groupsOf(subject) }
}
