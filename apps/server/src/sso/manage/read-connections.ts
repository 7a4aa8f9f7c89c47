import { refuse } from '@keyholder/core'
import { getSsoConnection, getSsoRules, listSsoConnections, readSsoProvider } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { listBody, pageRequest } from '../../http/listing.ts'
import { askOidcProvider, fetchIdpMetadata } from './ask-provider.ts'
import { certificateForms, connectionForm } from './connection-form.ts'
import type { ManageDeps } from './manage-deps.ts'
import { ruleForm } from './rule-form.ts'

/** Shows an account's identity providers and their rules, and what a provider says of itself. */
export function bindSsoReads(bind: Bind, { db, cursorSecret, publicUrl, outside }: ManageDeps): void {
  bind(listSsoConnections, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listSsoConnections(tx, call.account.id, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(
      200,
      listBody(cursorSecret, call, page, (connection) => connectionForm(publicUrl, connection)),
    )
  })

  bind(getSsoConnection, async ({ account, params }) => {
    const found = await storage.transaction(
      db,
      [account.id],
      (tx) => storage.findSsoConnection(tx, params.sso_connection, account.id),
      { readOnly: true },
    )
    return found
      ? answer(200, connectionForm(publicUrl, found), { version: found.version })
      : refuse({ code: 'not_found' })
  })

  bind(getSsoRules, ({ account, params }) =>
    storage.transaction(
      db,
      [account.id],
      async (tx) => {
        const found = await storage.findSsoConnection(tx, params.sso_connection, account.id)
        if (!found) return refuse({ code: 'not_found' })
        const rules = await storage.readSsoRules(tx, found.id)
        return answer(200, { items: rules.map(ruleForm) }, { version: found.version })
      },
      { readOnly: true },
    ),
  )

  bind(readSsoProvider, async ({ body }) => {
    if (body.kind === 'oidc') {
      const found = await askOidcProvider(outside, body.issuer)
      if (!found.ok) return found
      const { issuer, authorization_endpoint } = found.value
      return answer(200, { kind: 'oidc' as const, issuer, sign_on_url: authorization_endpoint })
    }
    const found = await fetchIdpMetadata(outside, body.metadata_url, await timeOf(db))
    if (!found.ok) return found
    const { metadata, settings } = found.value
    return answer(200, {
      kind: 'saml' as const,
      metadata,
      entity_id: settings.entityId,
      sign_on_url: settings.signOnUrl,
      certificates: certificateForms(settings.certificates),
    })
  })
}

/** The database's time. */
export async function timeOf(db: storage.Database): Promise<Date> {
  return new Date(await storage.transaction(db, 'deployment', storage.databaseTime, { readOnly: true }))
}
