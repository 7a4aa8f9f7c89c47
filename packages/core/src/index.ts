export type * from './access/access-change.ts'
export type * from './access/actor.ts'
export { applyChanges } from './access/apply-changes.ts'
export type * from './access/facts.ts'
export { modelAllows, modelDirect, modelEffective, modelStanding, modelThrough } from './access/model.ts'
export type * from './blueprint/blueprint-file.ts'
export type * from './blueprint/blueprint.ts'
export { ownResources } from './blueprint/own-resources.ts'
export { resolveBlueprint, superuserKey, type BlueprintFault } from './blueprint/resolve-blueprint.ts'
export type * from './connection/connection.ts'
export { isCurrent, type Bounds, type Grant, type Subject } from './grant/grant.ts'
export type * from './group/group.ts'
export type * from './id.ts'
export * from './result.ts'
export * from './role/permission-set.ts'
export type * from './role/role.ts'
export type * from './user/member.ts'
export type * from './access/change-refusal.ts'
export { canonicalJson, type Json } from './audit/canonical-json.ts'
export {
  chain,
  chainStart,
  eventHash,
  nextLink,
  verifyChain,
  type ChainFault,
  type ChainHead,
  type Hash,
} from './audit/chain.ts'
export type * from './audit/event.ts'
export {
  accountOf,
  type Acting,
  type Agreement,
  type Assurance,
  type ConnectionRefusal,
} from './connection/agreement.ts'
export type { ConnectionTerms, Offer, Opening, Side, TermName } from './connection/agreement.ts'
export * from './invitation/invitation.ts'
export { normaliseEmail, type Email, type EmailFault } from './user/email.ts'
export { languages, type Language } from './user/language.ts'
