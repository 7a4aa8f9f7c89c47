import { MigrationRefused } from './migration-refused.ts'

/** Older minor releases apply the row-level security of another role after `set role` (CVE-2024-10976). */
const firstSound: Readonly<Record<number, number>> = { 15: 9, 16: 5, 17: 1 }

/** Refuses a server that lacks what Keyholder needs; `version` is PostgreSQL's `server_version_num`. */
export function requireSoundServer(version: number): void {
  const major = Math.floor(version / 10_000)
  const minor = version % 10_000
  if (major < 15) {
    throw new MigrationRefused(
      'server_too_old',
      `Keyholder needs PostgreSQL 15 or newer, and this server is ${major}.${minor}: upgrade it.`,
    )
  }

  const sound = firstSound[major] ?? 0
  if (minor < sound) {
    throw new MigrationRefused(
      'server_has_known_hole',
      `PostgreSQL ${major}.${minor} can show one account the rows of another (CVE-2024-10976): upgrade it to ${major}.${sound} or newer.`,
    )
  }
}
