export { ConnectionUses } from './access/connection-uses.ts'
export { buildApp, type App } from './app.ts'
export type { AppDeps } from './app-deps.ts'
export { readConfig, type Config, type ConfigFault } from './config.ts'
export {
  createOperatorKey,
  type CreatedKey,
  type OperatorKeyRefusal,
  type OperatorKeyRequest,
} from './key/create-operator-key.ts'
export { secretHash } from './http/secret-token.ts'
export { newId, type NewId } from './new-id.ts'
export { AfterAnswer } from './http/after-answer.ts'
export { HashQueue } from './password/hash-queue.ts'
export { nowhereInside, readAllowedPlaces } from './outgoing/allowed-places.ts'
export { openOutside, type Outside } from './outgoing/outside.ts'
export { openSealing } from './sealing/open-sealing.ts'
export type { Sealing } from './sealing/sealing.ts'
export { addOperatorAtCommandLine, removeOperatorAtCommandLine } from './support/operators-at-command-line.ts'
export { nodeLog, type LogFormat } from './node-log.ts'
export { openReplica, type OpenReplica, type ReplicaOptions } from './open-replica.ts'
export { runsOn, storedBlueprint } from './settle-blueprint.ts'
export { startServer, type Prepared, type RunningServer, type StartOptions } from './start.ts'
export { stopOnSignals } from './stop-on-signals.ts'
export { exportWorld, type ExportRefusal } from './world/export-world.ts'
export { importSentence, type ImportRefusal } from './world/import-refusal.ts'
export { importWorld, type ImportedAccount } from './world/import-world.ts'
