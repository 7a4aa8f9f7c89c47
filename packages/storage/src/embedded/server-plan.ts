import type { Address } from './address.ts'
import type { ServerUser } from './server-user.ts'

/** Settings of PostgreSQL by name, as in `postgresql.conf`. */
export type ServerSettings = Readonly<Record<string, string>>

/** All that is decided about a server before it runs. */
export interface ServerPlan {
  /** The data folder as it was asked for, to name it to people. */
  readonly folder: string
  readonly home: string
  readonly data: string
  readonly binaries: string
  readonly secret: string
  readonly user: ServerUser | undefined
  readonly address: Address
  readonly settings: ServerSettings
  readonly log: (sentence: string) => void
}
