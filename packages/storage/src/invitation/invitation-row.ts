import type {
  Author,
  Email,
  GroupId,
  Invitation,
  OfferedGrant,
  OrganizationId,
  RoleId,
} from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import { roleColumns } from '../access/role-columns.ts'
import type { InvitationTable } from '../invitation-tables.ts'

type OfferedRow = readonly [
  role: RoleId,
  organization: OrganizationId | null,
  startsAt: number | null,
  endsAt: number | null,
]

export type InvitationRow = Selectable<InvitationTable> & {
  readonly grants: readonly OfferedRow[] | null
  readonly groups: readonly GroupId[] | null
}

/** The columns of `invitations as i`, with what it brings gathered into arrays. */
export const invitationColumns = sql<InvitationRow>`i.*,
  (select json_agg(json_build_array(coalesce(g.role_id, g.builtin_role), g.organization_id,
      (extract(epoch from g.starts_at) * 1000)::bigint, (extract(epoch from g.ends_at) * 1000)::bigint)
      order by g.position)
     from invitation_grants g where g.account_id = i.account_id and g.invitation_id = i.id) as grants,
  (select array_agg(g.group_id order by g.position)
     from invitation_groups g where g.account_id = i.account_id and g.invitation_id = i.id) as groups`

export function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    account: row.account_id,
    kind: row.kind,
    email: row.email as Email,
    invitedBy: { kind: row.inviter_kind, id: row.inviter_id } as Author,
    tokenHash: row.token_hash,
    createdAt: row.created_at.getTime(),
    sentAt: row.sent_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    language: row.language,
    showInviter: row.show_inviter,
    grants: (row.grants ?? []).map(offeredGrantOf),
    groups: row.groups ?? [],
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.body !== null && { body: row.body }),
    ...(row.settled !== null &&
      row.settled_at !== null && {
        settled: {
          state: row.settled,
          at: row.settled_at.getTime(),
          ...(row.settled_by !== null && { by: row.settled_by }),
        },
      }),
  }
}

function offeredGrantOf([role, organization, startsAt, endsAt]: OfferedRow): OfferedGrant {
  return {
    role,
    ...(organization !== null && { organization }),
    ...(startsAt !== null && { startsAt }),
    ...(endsAt !== null && { endsAt }),
  }
}

/** What may change of an invitation while it lives. */
export function invitationValues(invitation: Invitation) {
  const { settled } = invitation
  return {
    token_hash: invitation.tokenHash,
    language: invitation.language,
    show_inviter: invitation.showInviter,
    subject: invitation.subject ?? null,
    body: invitation.body ?? null,
    inviter_kind: invitation.invitedBy.kind,
    inviter_id: invitation.invitedBy.id,
    settled: settled?.state ?? null,
    settled_at: settled ? new Date(settled.at) : null,
    settled_by: settled?.by ?? null,
    sent_at: new Date(invitation.sentAt),
    expires_at: new Date(invitation.expiresAt),
  }
}

export function offeredGrantValues({ role, organization, startsAt, endsAt }: OfferedGrant) {
  const { builtin, custom } = roleColumns(role)
  return {
    builtin_role: builtin,
    role_id: custom,
    organization_id: organization ?? null,
    starts_at: startsAt === undefined ? null : new Date(startsAt),
    ends_at: endsAt === undefined ? null : new Date(endsAt),
  }
}
