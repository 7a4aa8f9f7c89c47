import { refuse, succeed, type SsoConnectionId } from '@keyholder/core'
import { createSsoConnection, deleteSsoConnection, updateSsoConnection } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../../change/change-access.ts'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { outdated } from '../../http/etag.ts'
import { connectionForm, toldOfConnection } from './connection-form.ts'
import { emptiedGroups } from './emptied-groups.ts'
import type { ManageDeps } from './manage-deps.ts'
import { defaultRoleNamed, mayChange } from './may-change.ts'
import { changedSecret, newProviderSecret } from './provider-secret.ts'
import { timeOf } from './read-connections.ts'
import { isSsoRequired } from './sso-required.ts'
import { identityFault, losesCertificate, readWantedProvider } from './wanted-provider.ts'

/** Identity providers of one account, of which one is used: room for those that come and go. */
const most = 10

/** Sets identity providers up, changes and deletes them. */
export function bindSsoConnectionChanges(bind: Bind, deps: ManageDeps): void {
  bindCreation(bind, deps)
  bindUpdate(bind, deps)
  bindDeletion(bind, deps)
}

function bindCreation(bind: Bind, deps: ManageDeps): void {
  bind(createSsoConnection, async (call) => {
    const account = call.account.id
    const { name } = call.body
    const now = await timeOf(deps.db)
    const wanted = readWantedProvider(call.body.provider, now)
    if (!wanted.ok) return wanted
    const id = deps.newId<SsoConnectionId>('sso_connection')
    const sealedSecret = await newProviderSecret(deps, id, wanted.value, now)

    return changeAccess(deps, call, [account], async (scene) => {
      const role = defaultRoleNamed(scene.index(account), call.body.default_role)
      if (!role.ok) return role
      const may = await mayChange(scene, account, { provider: true, roles: [role.value] })
      if (!may.ok) return may
      const { total } = await storage.listSsoConnections(scene.tx, account, { limit: 1, sort: 'name' })
      if (total >= most) return refuse({ code: 'sso_connection_limit' })

      const { provider } = wanted.value
      const connection = { id, account, name, provider, defaultRole: role.value, sealedSecret }
      return succeed({
        rows: (tx) => storage.insertSsoConnection(tx, connection),
        events: [
          {
            action: 'sso_connection.create',
            target: { type: 'sso_connection', id },
            after: toldOfConnection(connection),
          },
        ],
        answer: (tx) => shown(201, deps, tx, connection),
      })
    })
  })
}

function bindUpdate(bind: Bind, deps: ManageDeps): void {
  bind(updateSsoConnection, async (call) => {
    const account = call.account.id
    const wanted = call.body.provider && readWantedProvider(call.body.provider, await timeOf(deps.db))
    if (wanted && !wanted.ok) return wanted

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await storage.findSsoConnection(scene.tx, call.params.sso_connection, account)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale
      const { name = found.name, default_role: wantedRole = found.defaultRole ?? null } = call.body
      const role = defaultRoleNamed(scene.index(account), wantedRole)
      if (!role.ok) return role

      const provider = wanted?.value.provider ?? found.provider
      const isSame = identityFault(found.provider, provider)
      if (!isSame.ok) return isSame
      const sealed = wanted
        ? await changedSecret(deps.sealing, found.id, found, wanted.value)
        : succeed(found.sealedSecret)
      if (!sealed.ok) return sealed
      const roles = role.value === found.defaultRole ? [] : [found.defaultRole, role.value]
      const may = await mayChange(scene, account, { provider: wanted !== undefined, roles })
      if (!may.ok) return may

      const changed = {
        id: found.id,
        account,
        name,
        provider,
        defaultRole: role.value,
        sealedSecret: sealed.value,
      }
      return succeed({
        rows: async (tx) => {
          await storage.updateSsoConnection(tx, changed)
          if (losesCertificate(found.provider, provider)) await storage.endSessionsThrough(tx, found.id)
        },
        events: [
          {
            action: 'sso_connection.update',
            target: { type: 'sso_connection', id: found.id },
            before: toldOfConnection(found),
            after: {
              ...toldOfConnection(changed),
              client_secret_changed: sealed.value !== found.sealedSecret,
            },
          },
        ],
        answer: (tx) => shown(200, deps, tx, changed),
      })
    })
  })
}

function bindDeletion(bind: Bind, deps: ManageDeps): void {
  bind(deleteSsoConnection, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx, index }) => {
      const found = await storage.findSsoConnection(tx, call.params.sso_connection, account)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale
      if (found.status === 'active' && (await isSsoRequired(tx, account))) {
        return refuse({ code: 'sso_still_required' })
      }
      return succeed({
        access: found.status === 'active' ? emptiedGroups(index(account)) : [],
        rows: async (tx) => {
          await storage.endSessionsThrough(tx, found.id)
          await storage.deleteSsoConnection(tx, account, found.id)
        },
        events: [
          {
            action: 'sso_connection.delete',
            target: { type: 'sso_connection', id: found.id },
            before: toldOfConnection(found),
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

/** Answers with a connection as it stands after the change. */
export async function shown<const Status extends number>(
  status: Status,
  { publicUrl }: Pick<ManageDeps, 'publicUrl'>,
  tx: storage.Tx,
  { id, account }: Pick<storage.StoredSsoConnection, 'id' | 'account'>,
) {
  const connection = await storage.findSsoConnection(tx, id, account)
  if (!connection) throw new Error('a connection that was just written is not there')
  return answer(status, connectionForm(publicUrl, connection), { version: connection.version })
}
