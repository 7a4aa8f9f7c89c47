import { needsMfa, refuse, type MfaTokenId } from '@keyholder/core'
import { listMyTokens, makeRecoveryCodes, removeMyToken, renameMyToken } from '@keyholder/contract'
import {
  countRecoveryCodes,
  hasMfa,
  holdCredentials,
  listMfaTokens,
  removeMfa,
  removeMfaToken,
  renameMfaToken,
  replaceRecoveryCodes,
  transaction,
} from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { newRecoveryCodes } from '../mfa/recovery-codes.ts'
import { rotateOwn } from '../session/rotate-own.ts'
import { undoingWhereSessionIsGone } from '../session/session-gone.ts'
import { endOthers, recordDeed, sendNotice, tokenForm } from './own-credentials.ts'

type Deps = Pick<AppDeps, 'db' | 'newId'>

/** One's own second factors: which there are, what they are called, and how to be rid of them. */
export function bindMyTokens(bind: Bind, deps: Deps): void {
  bind(listMyTokens, ({ caller }) =>
    transaction(
      deps.db,
      'deployment',
      async (tx) => {
        const items = (await listMfaTokens(tx, caller.user)).map(tokenForm)
        return answer(200, { items, recovery_codes: await countRecoveryCodes(tx, caller.user) })
      },
      { readOnly: true },
    ),
  )

  bind(renameMyToken, (call) =>
    transaction(deps.db, 'deployment', async (tx) => {
      const id = call.params.token as MfaTokenId
      await holdCredentials(tx, call.caller.user)
      const before = (await listMfaTokens(tx, call.caller.user)).find((token) => token.id === id)
      const after = await renameMfaToken(tx, call.caller.user, id, call.body.name)
      if (!before || !after) return refuse({ code: 'not_found' })
      await recordDeed(tx, deps, call, {
        action: 'mfa_token.rename',
        target: { type: 'mfa_token', id },
        before: { name: before.name },
        after: { name: after.name },
      })
      return answer(200, tokenForm(after))
    }),
  )

  bindTokenRemoval(bind, deps)
  bindRecoveryCodes(bind, deps)
}

function bindTokenRemoval(bind: Bind, deps: Deps): void {
  bind(removeMyToken, (call) =>
    undoingWhereSessionIsGone(() =>
      transaction(deps.db, 'deployment', async (tx) => {
        const { user, session } = call.caller
        const id = call.params.token as MfaTokenId
        await holdCredentials(tx, user)
        const held = await listMfaTokens(tx, user)
        const token = held.find((one) => one.id === id)
        if (!token) return refuse({ code: 'not_found' })
        const isLast = held.length === 1
        if (isLast && needsMfa(session.homePolicy, session.state.firstFactor))
          return refuse({ code: 'last_token' })
        const headers = await rotateOwn(tx, call)

        // Recovery codes stand in for a token, and for nothing where there is none.
        await (isLast ? removeMfa(tx, user) : removeMfaToken(tx, user, id))
        const { kind, name, standsAlone } = token
        await recordDeed(tx, deps, call, {
          action: 'mfa_token.remove',
          target: { type: 'mfa_token', id },
          before: { kind, name },
        })
        await endOthers(tx, deps, call)
        const key = standsAlone ? 'passkey' : 'security_key'
        const method = kind === 'totp' ? 'totp' : key
        await sendNotice(tx, deps, call, { template: 'mfa_removed', method, label: name })
        return answer(204, undefined, { headers })
      }),
    ),
  )
}

function bindRecoveryCodes(bind: Bind, deps: Deps): void {
  bind(makeRecoveryCodes, (call) =>
    undoingWhereSessionIsGone(() =>
      transaction(deps.db, 'deployment', async (tx) => {
        const { user } = call.caller
        await holdCredentials(tx, user)
        if (!(await hasMfa(tx, user))) return refuse({ code: 'token_missing' })
        const headers = await rotateOwn(tx, call)
        const codes = newRecoveryCodes()
        await replaceRecoveryCodes(
          tx,
          user,
          codes.map(({ hash }) => hash),
        )
        await recordDeed(tx, deps, call, {
          action: 'recovery_codes.make',
          target: { type: 'user', id: user },
        })
        await sendNotice(tx, deps, call, { template: 'mfa_added', method: 'recovery_codes', label: null })
        return answer(201, { codes: codes.map(({ code }) => code) }, { headers })
      }),
    ),
  )
}
