export type EmbeddedPostgresRefusalCode =
  | 'platform_not_supported'
  | 'binaries_missing'
  | 'folder_not_usable'
  | 'folder_in_use'
  | 'other_major_version'
  | 'disk_full'
  | 'port_in_use'
  | 'server_did_not_start'

/** Why the embedded PostgreSQL does not run, in one sentence for the person who started it. */
export class EmbeddedPostgresRefusal extends Error {
  readonly code: EmbeddedPostgresRefusalCode

  constructor(code: EmbeddedPostgresRefusalCode, sentence: string) {
    super(sentence)
    this.name = 'EmbeddedPostgresRefusal'
    this.code = code
  }
}
