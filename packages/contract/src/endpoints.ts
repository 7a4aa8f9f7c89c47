import { authzenEndpoints } from './access/authzen-endpoints.ts'
import { explainAccess } from './access/explain-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { pageEndpoints } from './status/page-endpoints.ts'
import { statusEndpoints } from './status/status-endpoints.ts'
import { invitationEndpoints } from './invitation/invitation-endpoints.ts'
import { invitationTokenEndpoints } from './invitation/token-endpoints.ts'
import { joinEndpoints } from './invitation/join-endpoints.ts'
import { outboxEndpoints } from './outbox/outbox-endpoints.ts'
import { connectionEndpoints } from './connection/connection-endpoints.ts'
import { keyEndpoints } from './key/key-endpoints.ts'
import { eventEndpoints } from './event/event-endpoints.ts'
import { accountEndpoints } from './account/account-endpoints.ts'
import { licenceEndpoints } from './licence/licence-endpoints.ts'
import { siteEndpoints } from './site/site-endpoints.ts'
import { grantEndpoints } from './grant/grant-endpoints.ts'
import { groupEndpoints } from './group/group-endpoints.ts'
import { memberEndpoints } from './member/member-endpoints.ts'
import { roleEndpoints } from './role/role-endpoints.ts'
import { signInEndpoints } from './sign-in/sign-in-endpoints.ts'
import { passkeyEndpoints } from './sign-in/passkey-endpoints.ts'
import { passwordResetEndpoints } from './sign-in/password-reset-endpoints.ts'
import { secondFactorEndpoints } from './sign-in/second-factor-endpoints.ts'
import { credentialEndpoints } from './me/credential-endpoints.ts'
import { emailEndpoints } from './me/email-endpoints.ts'
import { operatorEndpoints } from './support/operator-endpoints.ts'
import { samlEndpoints } from './sso/saml-endpoints.ts'
import { ssoConnectionEndpoints } from './sso/sso-connection-endpoints.ts'
import { ssoDomainEndpoints } from './sso/sso-domain-endpoints.ts'
import { ssoFlowEndpoints } from './sso/sso-flow-endpoints.ts'
import { supportEndpoints } from './support/support-endpoints.ts'
import { accessRequestEndpoints } from './access-request/access-request-endpoints.ts'
import { meEndpoints } from './me/me-endpoints.ts'
import { organizationEndpoints } from './organization/organization-endpoints.ts'

/** Every endpoint by feature, in the order in which the reference shows them. */
export const endpointsByFeature: Readonly<Record<string, readonly Endpoint[]>> = {
  Decisions: [...authzenEndpoints, explainAccess],
  'Sign-in': [...signInEndpoints, ...passkeyEndpoints, ...secondFactorEndpoints, ...passwordResetEndpoints],
  'One’s own login': [...meEndpoints, ...credentialEndpoints, ...emailEndpoints],
  'Single sign-on': [...ssoConnectionEndpoints, ...ssoDomainEndpoints, ...ssoFlowEndpoints, ...samlEndpoints],
  Accounts: accountEndpoints,
  Organizations: organizationEndpoints,
  Members: memberEndpoints,
  Groups: groupEndpoints,
  Grants: grantEndpoints,
  Sites: siteEndpoints,
  Roles: roleEndpoints,
  Invitations: [...invitationEndpoints, ...invitationTokenEndpoints, ...joinEndpoints],
  Connections: connectionEndpoints,
  'API keys': keyEndpoints,
  'Access requests': accessRequestEndpoints,
  'Support access': [...supportEndpoints, ...operatorEndpoints],
  'Licence and entity': licenceEndpoints,
  'Activity log': eventEndpoints,
  Outbox: outboxEndpoints,
  Service: [...statusEndpoints, ...pageEndpoints],
}

export const endpoints: readonly Endpoint[] = Object.values(endpointsByFeature).flat()
