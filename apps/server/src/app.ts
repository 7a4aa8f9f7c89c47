import type { FastifyInstance } from 'fastify'
import { endpoints, type Endpoint } from '@keyholder/contract'
import { bindDecisions } from './access/authzen/bind-decisions.ts'
import { decisionDeps } from './access/authzen/decision-deps.ts'
import type { AppDeps } from './app-deps.ts'
import { recordDenial } from './change/record-denial.ts'
import { binder, type Bind } from './http/bind.ts'
import { createHttp } from './http/create-http.ts'
import { databaseLookups } from './http/database-lookups.ts'
import type { HttpDeps } from './http/http-deps.ts'
import { refuseOtherMethods } from './http/refuse-other-methods.ts'
import { replicaViews } from './http/replica-views.ts'
import { bindOrganizationChanges } from './organization/change-organizations.ts'
import { bindOrganizationReads } from './organization/read-organizations.ts'
import { bindAccountChanges } from './account/change-accounts.ts'
import { bindAccountReads } from './account/read-accounts.ts'
import { bindLicenceChanges } from './licence/change-licence.ts'
import { bindLicenceReads } from './licence/read-licence.ts'
import { bindSiteChanges } from './site/change-sites.ts'
import { bindSiteReads } from './site/read-sites.ts'
import { bindEventReads } from './event/read-events.ts'
import { bindInvitations } from './invitation/bind-invitations.ts'
import { bindOutboxReads } from './outbox/read-outbox.ts'
import { bindConnections } from './connection/bind-connections.ts'
import { bindKeyChanges } from './key/change-keys.ts'
import { bindKeyReads } from './key/read-keys.ts'
import { bindGrants } from './grant/bind-grants.ts'
import { bindGroups } from './group/bind-groups.ts'
import { bindMembers } from './member/bind-members.ts'
import { bindRoleChanges } from './role/change-roles.ts'
import { bindRoleDeletion } from './role/delete-role.ts'
import { bindRoleReads } from './role/read-roles.ts'
import { bindSignIn } from './sign-in/bind-sign-in.ts'
import { bindOwnLogin } from './me/bind-me.ts'
import { bindSsoFlow } from './sso/flow/bind-sso-flow.ts'
import { bindSsoManagement } from './sso/manage/bind-sso-management.ts'
import { bindAccessRequesting } from './access-request/bind-access-requests.ts'
import { bindSupport } from './support/bind-support.ts'
import { bindPages } from './pages/bind-pages.ts'
import { bindStatus } from './status/bind-status.ts'
import { Readiness } from './status/readiness.ts'

export interface App {
  readonly http: FastifyInstance
  readonly readiness: Readiness
}

/** Puts the application together; throws where an endpoint of the contract has nobody who answers it. */
export function buildApp(deps: AppDeps): App {
  const http = createHttp(deps)
  const readiness = new Readiness()
  const bound: Endpoint[] = []
  const parts = httpDeps(deps)
  const bindTo = binder(http, parts)
  const bind: Bind = (endpoint, handler) => {
    bound.push(endpoint)
    bindTo(endpoint, handler)
  }

  bindStatus(bind, deps.db, readiness)
  bindPages(bind, deps)
  bound.push(...bindDecisions(http, bind, decisionDeps(deps, parts)))
  bindSignIn(bind, deps)
  bindOwnLogin(bind, deps)
  bindAccountReads(bind, deps)
  bindAccountChanges(bind, deps)
  bindSiteReads(bind, deps)
  bindSiteChanges(bind, deps)
  bindLicenceReads(bind, deps)
  bindLicenceChanges(bind, deps)
  bindOrganizationReads(bind, deps)
  bindOrganizationChanges(bind, deps)
  bindEventReads(bind, deps)
  bindInvitations(bind, deps)
  bindOutboxReads(bind, deps)
  bindConnections(bind, deps)
  bindKeyReads(bind, deps)
  bindKeyChanges(bind, deps)
  bindMembers(bind, deps)
  bindSsoFlow(bind, deps)
  bindSsoManagement(bind, deps)
  bindSupport(bind, deps)
  bindAccessRequesting(bind, deps)
  bindGroups(bind, deps)
  bindGrants(bind, deps)
  bindRoleReads(bind, deps)
  bindRoleChanges(bind, deps)
  bindRoleDeletion(bind, deps)

  const unbound = endpoints.filter((endpoint) => !bound.includes(endpoint)).map(({ id }) => id)
  if (unbound.length > 0) throw new Error(`nobody answers ${unbound.join(', ')}`)
  refuseOtherMethods(http, bound, deps.publicUrl)
  return { http, readiness }
}

function httpDeps(deps: AppDeps): HttpDeps {
  return {
    ...deps,
    ...databaseLookups(deps.db, deps.log),
    views: replicaViews(deps.replica),
    noteUse: (passage) => deps.connectionUses.note(passage),
    recordDenial: (denial) => recordDenial(deps, denial),
  }
}
