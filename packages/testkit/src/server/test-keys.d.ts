import type { AccountId, KeyId, UserId } from '@keyholder/core'
import { type Database } from '@keyholder/storage'
export interface TestKey {
  readonly id: KeyId
  readonly secret: string
}
/** What a key is to be good for; without an account, a key of the deployment. */
export interface WantedKey {
  readonly account?: AccountId | undefined
  readonly scopes: readonly string[]
  readonly madeBy?: UserId | undefined
  readonly endsAt?: Date | undefined
}
/** Stores a key and tells its secret. */
export declare function makeKey(
  db: Database,
  { account, scopes, madeBy, endsAt }: WantedKey,
): Promise<TestKey>
