declare const kind: unique symbol

/** An identifier that cannot be mistaken for that of another kind of thing. */
type Id<Kind extends string> = string & { readonly [kind]: Kind }

export type AccountId = Id<'account'>
export type OrganizationId = Id<'organization'>
export type SiteId = Id<'site'>
export type UserId = Id<'user'>
/** A built-in role's id is its key in the blueprint; a custom role's starts with `rol_`. */
export type RoleId = Id<'role'>
export type GroupId = Id<'group'>
export type GrantId = Id<'grant'>
export type ConnectionId = Id<'connection'>
export type InvitationId = Id<'invitation'>
export type KeyId = Id<'key'>
export type EventId = Id<'event'>
export type SessionId = Id<'session'>
export type MfaTokenId = Id<'mfa_token'>
export type ChallengeId = Id<'challenge'>
export type SsoConnectionId = Id<'sso_connection'>
export type SupportAccessId = Id<'support_access'>
export type AccessRequestId = Id<'access_request'>
export type SsoIdentityId = Id<'sso_identity'>
