import { z } from 'zod'
import type { Sealing } from '../../sealing/sealing.ts'
import type { KeyPair } from './key-pair.ts'

const stored = z.strictObject({ privateKey: z.string(), certificate: z.string() })

/** Seals the key of a connection's own requests, with its certificate, to be kept beside the connection. */
export function sealRequestKey(sealing: Sealing, connection: string, pair: KeyPair): Promise<string> {
  return sealing.seal(JSON.stringify(pair), { purpose: 'sso_private_key', owner: connection })
}

/** The key that a connection signs its requests with; throws where what is kept does not open. */
export async function openRequestKey(sealing: Sealing, connection: string, sealed: string): Promise<KeyPair> {
  return stored.parse(
    JSON.parse(await sealing.open(sealed, { purpose: 'sso_private_key', owner: connection })),
  )
}
