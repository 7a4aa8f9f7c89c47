export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/start-embedded-postgres.ts'
export { EmbeddedPostgresRefusal, type EmbeddedPostgresRefusalCode } from './embedded/refusal.ts'
