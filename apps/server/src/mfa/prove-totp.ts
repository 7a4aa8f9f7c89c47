import type { UserId } from '@keyholder/core'
import { databaseTime, findTotps, noteTotpUse, resealTotp, type Tx } from '@keyholder/storage'
import type { Sealing } from '../sealing/sealing.ts'
import { verifyTotp } from './totp.ts'

/** Whether this is the code of one of the person's generators at this moment; it is then used up. */
export async function proveTotp(tx: Tx, sealing: Sealing, user: UserId, code: string): Promise<boolean> {
  const at = new Date(await databaseTime(tx))
  for (const { id, sealedSecret, lastStep } of await findTotps(tx, user)) {
    const what = { purpose: 'totp_secret', owner: id } as const
    const secret = await sealing.open(sealedSecret, what)
    const verified = verifyTotp(code, { secret, lastStep }, at)
    if (!verified.ok) continue
    await noteTotpUse(tx, id, verified.value.step)
    if (sealing.needsResealing(sealedSecret)) await resealTotp(tx, id, await sealing.seal(secret, what))
    return true
  }
  return false
}
