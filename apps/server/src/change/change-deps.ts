import type { Database } from '@keyholder/storage'
import type { ConnectionUses } from '../access/connection-uses.ts'
import type { Replica } from '../access/replica/replica.ts'
import type { NewId } from '../new-id.ts'

/** What carrying out changes needs. */
export interface ChangeDeps {
  readonly db: Database
  readonly replica: Replica
  readonly newId: NewId
  readonly connectionUses: ConnectionUses
  readonly checksAnswers: boolean
}
