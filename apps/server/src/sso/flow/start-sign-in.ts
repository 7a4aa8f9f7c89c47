import { startSignIn } from '@keyholder/contract'
import { activeSsoConnection, ownerOfDomain, readAccount, transaction, type Tx } from '@keyholder/storage'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { policyOf } from '../../session/policy-of.ts'
import { domainOfEmail } from '../domain/read-domain.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Tells how an address signs in, from its domain alone: nothing of whether somebody has it. */
export function bindSignInStart(bind: Bind, { db }: Pick<SsoDeps, 'db'>): void {
  bind(startSignIn, async ({ body }) => {
    const sso = await transaction(db, 'deployment', (tx) => ssoOfDomain(tx, body.email), { readOnly: true })
    return answer(200, { methods: ['password', 'passkey'], sso })
  })
}

async function ssoOfDomain(tx: Tx, email: string) {
  const domain = domainOfEmail(email)
  const account = domain && (await ownerOfDomain(tx, domain))
  const connection = account && (await activeSsoConnection(tx, account))
  if (!account || !connection) return null
  const settings = (await readAccount(tx, account))?.settings ?? {}
  return {
    connection: connection.id,
    name: connection.name,
    required: policyOf(settings).ssoRequired === true,
  }
}
