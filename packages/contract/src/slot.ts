/** What may stand in the path where an endpoint has a slot of this name. */
export const slots = {
  account: 'The account, by its id or slug',
  organization: 'The organization, by its id or key',
  site: 'The site, by its id',
  user: 'The user, by id, e-mail or external id',
  role: 'The role: a built-in role by its key, a custom role by its id or key',
  group: 'The group, by its id or key',
  member: 'A member of the group: a user by id, e-mail or external id, or a connection by its id',
  grant: 'The grant, by its id',
  connection: 'The connection, by its id',
  invitation: 'The invitation, by its id',
  key: 'The API key, by its id',
  event: 'The event, by its id',
  session: 'The session, by its id',
  support_access: 'The support access, by its id',
  access_request: 'The request for access, by its id',
  token: 'The second factor, by its id',
  sso_connection: 'The single sign-on connection, by its id',
  domain: 'The domain, in lower case, its own script as `xn--`',
  identity: 'The identity at an identity provider, by its id',
} as const

export type Slot = keyof typeof slots
