import type { MfaTokenId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** A generator of one-time codes, with its secret as it is sealed. */
export interface StoredTotp {
  readonly id: MfaTokenId
  readonly sealedSecret: string
  /** The period whose code was used last. */
  readonly lastStep: number | undefined
}

/** Begins a generator that counts for nothing until a code of it was seen; one that was begun before is dropped. */
export async function beginTotp(
  tx: Tx,
  wanted: {
    readonly id: MfaTokenId
    readonly user: UserId
    readonly name: string
    readonly sealedSecret: string
  },
): Promise<void> {
  await tx
    .deleteFrom('mfa_tokens')
    .where('user_id', '=', wanted.user)
    .where('confirmed_at', 'is', null)
    .execute()
  await tx
    .insertInto('mfa_tokens')
    .values({
      id: wanted.id,
      user_id: wanted.user,
      kind: 'totp',
      name: wanted.name,
      sealed_secret: wanted.sealedSecret,
    })
    .execute()
}

/** A generator that somebody has begun and not proven yet; held until the transaction ends. */
export async function findBegunTotp(tx: Tx, user: UserId, id: MfaTokenId): Promise<StoredTotp | undefined> {
  const [row] = await rowsOf(tx, user, sql`id = ${id} and confirmed_at is null`)
  return row
}

/** Every generator that somebody can prove a second factor with; held until the transaction ends. */
export function findTotps(tx: Tx, user: UserId): Promise<readonly StoredTotp[]> {
  return rowsOf(tx, user, sql`confirmed_at is not null`)
}

/** Lets a generator count from now on, after its first code. */
export async function confirmTotp(
  tx: Tx,
  id: MfaTokenId,
  { step, name }: { readonly step: number; readonly name: string | undefined },
): Promise<void> {
  await sql`
    update mfa_tokens
       set confirmed_at = clock_timestamp(), last_used_at = clock_timestamp(), last_step = ${step},
           name = coalesce(${name ?? null}, name)
     where id = ${id}`.execute(tx)
}

/** Notes that the code of a period was used, so that it is not used again. */
export async function noteTotpUse(tx: Tx, id: MfaTokenId, step: number): Promise<void> {
  await sql`
    update mfa_tokens set last_step = ${step}, last_used_at = clock_timestamp() where id = ${id}`.execute(tx)
}

/** Keeps a generator's secret as it is sealed by now. */
export async function resealTotp(tx: Tx, id: MfaTokenId, sealedSecret: string): Promise<void> {
  await tx.updateTable('mfa_tokens').set({ sealed_secret: sealedSecret }).where('id', '=', id).execute()
}

async function rowsOf(tx: Tx, user: UserId, which: ReturnType<typeof sql>): Promise<StoredTotp[]> {
  const { rows } = await sql<{ id: MfaTokenId; sealed_secret: string; last_step: number | null }>`
    select id, sealed_secret, last_step from mfa_tokens
     where user_id = ${user} and kind = 'totp' and ${which} order by id for update`.execute(tx)
  return rows.map(({ id, sealed_secret, last_step }) => ({
    id,
    sealedSecret: sealed_secret,
    lastStep: last_step ?? undefined,
  }))
}
