import type { ResolveTxt } from '../../outgoing/resolve-txt.ts'
import { refuse, succeed, type Result } from '@keyholder/core'
import type { Domain } from './read-domain.ts'

export interface ProofFault {
  readonly code: 'domain_unproven'
  readonly reason: 'record_missing' | 'record_different' | 'dns_unavailable'
}

/** The record that proves a domain: its name, and the text that it has to have. */
export interface ProofRecord {
  readonly name: string
  readonly value: string
}

/** The record for this domain in this account; the token is the account's own, so that nobody else's record proves anything. */
export function proofRecordOf(domain: Domain, token: string): ProofRecord {
  return { name: `_keyholder-challenge.${domain}`, value: `keyholder-domain-verification=${token}` }
}

/** Looks whether the domain's owner has set the record; other texts beside it do not matter. */
export async function proveDomain(
  resolveTxt: ResolveTxt,
  record: ProofRecord,
): Promise<Result<undefined, ProofFault>> {
  const texts = await textsAt(resolveTxt, record.name)
  if (texts === undefined) return unproven('dns_unavailable')
  if (texts.length === 0) return unproven('record_missing')
  return texts.includes(record.value) ? succeed(undefined) : unproven('record_different')
}

/** A long text comes in pieces. Nothing at the name is an answer, and no answer is none. */
async function textsAt(resolveTxt: ResolveTxt, name: string): Promise<readonly string[] | undefined> {
  try {
    return (await resolveTxt(name)).map((pieces) => pieces.join(''))
  } catch (error) {
    return isEmptyAnswer(error) ? [] : undefined
  }
}

function isEmptyAnswer(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOTFOUND' || code === 'ENODATA'
}

function unproven(reason: ProofFault['reason']) {
  return refuse<ProofFault>({ code: 'domain_unproven', reason })
}
