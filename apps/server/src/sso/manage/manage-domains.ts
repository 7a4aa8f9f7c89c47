import { randomBytes } from 'node:crypto'
import { refuse, succeed, type AccountId } from '@keyholder/core'
import {
  addSsoDomain,
  listSsoDomains,
  removeSsoDomain,
  setSsoDomainProof,
  verifySsoDomain,
} from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { AddressTaken, fromLookUp } from '../../change/address-taken.ts'
import { changeAccess } from '../../change/change-access.ts'
import type { ChangeCall } from '../../change/change-call.ts'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { listBody, pageRequest } from '../../http/listing.ts'
import { proofRecordOf, proveDomain } from '../domain/prove-domain.ts'
import { readDomain, type Domain } from '../domain/read-domain.ts'
import type { ManageDeps } from './manage-deps.ts'

/** Lists, adds, proves and removes the domains of an account. */
export function bindSsoDomains(bind: Bind, deps: ManageDeps): void {
  bindDomainList(bind, deps)
  bindDomainProofs(bind, deps)

  bind(addSsoDomain, async (call) => {
    const account = call.account.id
    const domain = readDomain(call.body.domain)
    if (!domain.ok) return domain
    const name = domain.value

    return changeAccess(deps, call, [account], async ({ tx }) => {
      if (await storage.findSsoDomain(tx, account, name)) return refuse({ code: 'domain_exists' })
      const token = randomBytes(20).toString('hex')
      return succeed({
        rows: async (tx) => {
          await storage.insertSsoDomain(tx, account, name, token)
        },
        events: [{ action: 'sso_domain.add', target: { type: 'sso_domain', id: name } }],
        answer: (tx) => shown(201, tx, account, name),
      })
    })
  })

  bind(removeSsoDomain, (call) => {
    const account = call.account.id
    const { domain } = call.params

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await storage.findSsoDomain(tx, account, domain)
      if (!found) return refuse({ code: 'not_found' })
      return succeed({
        rows: async (tx) => {
          await storage.deleteSsoDomain(tx, account, domain)
        },
        events: [
          {
            action: 'sso_domain.remove',
            target: { type: 'sso_domain', id: domain },
            before: { proven_by: found.provenBy ?? null },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

function bindDomainList(bind: Bind, { db, cursorSecret }: ManageDeps): void {
  bind(listSsoDomains, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listSsoDomains(tx, call.account.id, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, domainForm))
  })
}

function bindDomainProofs(bind: Bind, deps: ManageDeps): void {
  bind(verifySsoDomain, async (call) => {
    const account = call.account.id
    const found = await find(deps, account, call.params.domain)
    if (!found) return refuse({ code: 'not_found' })
    const record = proofRecordOf(found.domain as Domain, found.token)
    const proof = await proveDomain(deps.resolveTxt, record)
    if (!proof.ok) return refuse({ ...proof.refusal, record: record.name })
    return settle(deps, call, account, found.domain, 'dns')
  })

  bind(setSsoDomainProof, async (call) => {
    const account = call.account.id
    const found = await find(deps, account, call.params.domain)
    if (!found) return refuse({ code: 'not_found' })
    return settle(deps, call, account, found.domain, call.body.proven ? 'operator' : undefined)
  })
}

/** Writes that a domain is proven, or is no more; unless it is another account's, which only the deployment can see. */
function settle(
  deps: ManageDeps,
  call: ChangeCall,
  account: AccountId,
  domain: string,
  by: 'dns' | 'operator' | undefined,
) {
  return fromLookUp(async () => {
    const owner = await storage.transaction(
      deps.db,
      'deployment',
      (tx) => storage.ownerOfDomain(tx, domain),
      {
        readOnly: true,
      },
    )
    if (by && owner !== undefined && owner !== account)
      return refuse({ code: 'domain_proven_elsewhere' as const })

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await storage.findSsoDomain(tx, account, domain)
      if (!found) return refuse({ code: 'not_found' })
      return succeed({
        rows: async (tx) => {
          const isWritten = await storage.markDomainProven(tx, account, domain, by)
          if (!isWritten) throw new AddressTaken('another account proved the domain at this very moment')
        },
        events: [
          {
            action: by ? 'sso_domain.prove' : 'sso_domain.unprove',
            target: { type: 'sso_domain', id: domain },
            before: { proven_by: found.provenBy ?? null },
            after: { proven_by: by ?? null },
          },
        ],
        answer: (tx) => shown(200, tx, account, domain),
      })
    })
  })
}

function find({ db }: ManageDeps, account: AccountId, domain: string) {
  return storage.transaction(db, [account], (tx) => storage.findSsoDomain(tx, account, domain), {
    readOnly: true,
  })
}

function domainForm({ domain, token, provenAt, provenBy, createdAt }: storage.SsoDomain) {
  return {
    domain,
    proven_at: provenAt?.toISOString() ?? null,
    proven_by: provenBy ?? null,
    record: { type: 'TXT' as const, ...proofRecordOf(domain as Domain, token) },
    created_at: createdAt.toISOString(),
  }
}

async function shown<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  account: AccountId,
  domain: string,
) {
  const found = await storage.findSsoDomain(tx, account, domain)
  if (!found) throw new Error('a domain that was just written is not there')
  return answer(status, domainForm(found))
}
