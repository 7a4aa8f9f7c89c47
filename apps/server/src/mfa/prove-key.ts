import { refuse, type Result } from '@keyholder/core'
import { findKeyToken, noteKeyUse, type Tx } from '@keyholder/storage'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { takeKept, type Asked } from './ask-key.ts'
import type { KeyRefused } from './webauthn/key-refused.ts'
import type { RelyingParty } from './webauthn/relying-party.ts'
import { readKeyUse, type KeyUse, type UsedKey } from './webauthn/use-key.ts'

/** An answer by a key, as it came over HTTP. */
export interface KeyProof {
  readonly challenge: string
  readonly response: AuthenticationResponseJSON
}

/** Takes a key's answer: the challenge is used up, and the key's count noted where the answer is right. */
export async function proveKey(
  tx: Tx,
  party: RelyingParty,
  wanted: Asked & { readonly purpose: KeyUse },
  { challenge, response }: KeyProof,
): Promise<Result<UsedKey, KeyRefused>> {
  const kept = await takeKept(tx, challenge)
  if (!kept) return refuse({ code: 'key_refused', reason: 'The challenge is unknown, used or over.' })
  const key = await findKeyToken(tx, response.id)
  const used = await readKeyUse(party, kept, wanted, key, response)
  if (used.ok) await noteKeyUse(tx, used.value.credentialId, used.value)
  return used
}
