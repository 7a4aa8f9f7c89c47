import { openSealingKeys, transaction, type Database } from '@keyholder/storage'
import { newSealingKey, sealingKeys } from './sealing-key.ts'
import { Sealing } from './sealing.ts'

/** Seals with the deployment's keys; at its very first start it gets one. */
export async function openSealing(db: Database): Promise<Sealing> {
  const kept = await transaction(db, 'deployment', (tx) => openSealingKeys(tx, newSealingKey()))
  return new Sealing(sealingKeys(kept))
}
