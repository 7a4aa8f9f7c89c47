import { refuse, succeed, type Result } from '@keyholder/core'
import { setSsoConnectionStatus } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../../change/change-access.ts'
import type { Scene } from '../../change/scene.ts'
import type { Bind } from '../../http/bind.ts'
import type { Refused } from '../../http/call.ts'
import { askOidcProvider } from './ask-provider.ts'
import { shown } from './change-connections.ts'
import { emptiedGroups } from './emptied-groups.ts'
import type { ManageDeps } from './manage-deps.ts'
import { mayChange } from './may-change.ts'
import { isSsoRequired } from './sso-required.ts'

/** Switches identity providers on and off. */
export function bindSsoSwitch(bind: Bind, deps: ManageDeps): void {
  bind(setSsoConnectionStatus, async (call) => {
    const account = call.account.id
    const { status } = call.body
    const answers =
      status === 'active' ? await doesAnswer(deps, account, call.params.sso_connection) : succeed(undefined)
    if (!answers.ok) return answers

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await storage.findSsoConnection(scene.tx, call.params.sso_connection, account)
      if (!found) return refuse({ code: 'not_found' })
      const may = await maySwitch(scene, found, status)
      if (!may.ok) return may

      const isSame = found.status === status
      const isSwitchedOff = !isSame && status === 'disabled'
      return succeed({
        access: isSwitchedOff ? emptiedGroups(scene.index(account)) : [],
        rows: (tx) => (isSame ? Promise.resolve() : write(tx, found, status)),
        events: isSame
          ? []
          : [
              {
                action: status === 'active' ? 'sso_connection.enable' : 'sso_connection.disable',
                target: { type: 'sso_connection', id: found.id },
              },
            ],
        answer: (tx) => shown(200, deps, tx, found),
      })
    })
  })
}

/** A provider that says nothing of itself would lock people out who come by nothing else. */
async function doesAnswer(
  { db, outside }: ManageDeps,
  account: storage.StoredSsoConnection['account'],
  id: string,
): Promise<Result<unknown, Refused['refusal']>> {
  const found = await storage.transaction(db, [account], (tx) => storage.findSsoConnection(tx, id, account), {
    readOnly: true,
  })
  return found?.provider.kind === 'oidc'
    ? askOidcProvider(outside, found.provider.issuer)
    : succeed(undefined)
}

async function maySwitch(
  scene: Scene,
  { id, account, status: before, defaultRole }: storage.StoredSsoConnection,
  status: 'active' | 'disabled',
): Promise<Result<unknown, Refused['refusal']>> {
  if (status === before) return succeed(undefined)
  if (status === 'disabled') {
    return (await isSsoRequired(scene.tx, account))
      ? refuse({ code: 'sso_still_required' })
      : succeed(undefined)
  }
  const other = await storage.activeSsoConnection(scene.tx, account)
  if (other) return refuse({ code: 'sso_connection_active', connection: other.id })
  const rules = await storage.readSsoRules(scene.tx, id)
  const groups = rules.map(({ group }) => group)
  return mayChange(scene, account, { provider: true, roles: [defaultRole], groups })
}

async function write(
  tx: storage.Tx,
  { id, account }: storage.StoredSsoConnection,
  status: 'active' | 'disabled',
): Promise<void> {
  await storage.setSsoConnectionStatus(tx, account, id, status)
  if (status === 'disabled') await storage.endSessionsThrough(tx, id)
}
