import type { AccountId } from '@keyholder/core'
import type { TestDatabase } from '@keyholder/testkit/database'

export const acme = 'acc_acme' as AccountId
export const globex = 'acc_globex' as AccountId

/** Two accounts that have nothing to do with each other, each with one of everything. */
export async function makeTwoAccounts(database: TestDatabase): Promise<void> {
  for (const slug of ['acme', 'globex']) {
    const [account, id] = [`acc_${slug}`, (kind: string) => `${kind}_${slug}`]
    await database.asOwner(`insert into accounts (id, slug, name) values ($1, $2, initcap($2))`, [
      account,
      slug,
    ])
    await database.asOwner(
      `insert into users (id, home_account_id, email, name, sort_name, search_text)
       values ($1, $2, $3, initcap($4), $4, $4 || ' ' || $3)`,
      [id('usr'), account, `dana@${slug}.example`, `dana ${slug}`],
    )
    const statements = [
      `insert into memberships (account_id, user_id, home_account_id) values ($1, 'usr_' || $2, $1)`,
      `insert into organizations (account_id, id, key, name, sort_name) values ($1, 'org_' || $2, 'rome', 'Rome', 'rome')`,
      `insert into sites (account_id, id, organization_id, key, name, sort_name)
       values ($1, 'sit_' || $2, 'org_' || $2, 'roof', 'Roof', 'roof')`,
      `insert into roles (account_id, id, key, name, canonical_key, canonical_name, permissions, bound)
       values ($1, 'rol_' || $2, 'archivist', 'Archivist', 'archivist', 'archivist', '{ticket.view}', true)`,
      `insert into role_organizations (account_id, role_id, organization_id) values ($1, 'rol_' || $2, 'org_' || $2)`,
      `insert into groups (account_id, id, key, name, sort_name, kind)
       values ($1, 'grp_' || $2, 'field', 'Field', 'field', 'manual')`,
      `insert into group_members (account_id, group_id, user_id) values ($1, 'grp_' || $2, 'usr_' || $2)`,
      `insert into grants (account_id, id, user_id, role_id, organization_id)
       values ($1, 'grt_' || $2, 'usr_' || $2, 'rol_' || $2, 'org_' || $2)`,
      `insert into invitations (account_id, id, kind, email, token_hash, language, show_inviter, inviter_kind,
         inviter_id, sent_at, expires_at, created_at)
       values ($1, 'inv_' || $2, 'home', 'erik@' || $2 || '.example', $2, 'en', true, 'person', 'usr_' || $2,
         now(), now() + interval '7 days', now())`,
      `insert into invitation_grants (account_id, invitation_id, position, builtin_role, organization_id)
       values ($1, 'inv_' || $2, 0, 'viewer', 'org_' || $2)`,
      `insert into invitation_groups (account_id, invitation_id, position, group_id)
       values ($1, 'inv_' || $2, 0, 'grp_' || $2)`,
      `insert into api_keys (id, account_id, name, secret_hash, hint, scopes, made_by)
       values ('key_' || $2, $1, 'CI', $2, 'abcd', '{}', 'usr_' || $2)`,
      `insert into events (account_id, seq, content, hash, link)
       values ($1, 1, json_build_object('id', 'evt_' || $2, 'at', 1, 'action', 'grant.create', 'outcome', 'done',
         'actor', json_build_object('kind', 'system'), 'accounts', json_build_array($1)), '', '')`,
      `insert into outbox (id, account_id, kind, recipient, payload) values ('mail_' || $2, $1, 'mail', 'x@y.example', '{}')`,
      `insert into changes (account_id, revision, changes) values ($1, 1, '[]')`,
      `insert into sessions (id, token_hash, user_id, first_factor, first_factor_at, started_at, signed_in_at, last_used_at)
       values ('ses_' || $2, $2, 'usr_' || $2, 'password', now(), now(), now(), now())`,
      `insert into passwords (user_id, hash) values ('usr_' || $2, '')`,
      `insert into mfa_tokens (id, user_id, kind, name, sealed_secret) values ('mft_' || $2, 'usr_' || $2, 'totp', '', '')`,
      `insert into recovery_codes (user_id, code_hash) values ('usr_' || $2, '')`,
      `insert into one_time_tokens (token_hash, purpose, user_id, email, expires_at)
       values ($2, 'password_reset', 'usr_' || $2, '', now())`,
      `insert into sso_connections (account_id, id, kind, name, provider) values ($1, 'sso_' || $2, 'oidc', '', '{}')`,
      `insert into sso_domains (account_id, domain, token) values ($1, $2 || '.example', '')`,
      `insert into sso_rules (account_id, connection_id, position, attribute, comparison, group_id)
       values ($1, 'sso_' || $2, 0, 'groups', 'exists', 'grp_' || $2)`,
      `insert into sso_identities (account_id, id, connection_id, subject, user_id)
       values ($1, 'sid_' || $2, 'sso_' || $2, 'dana', 'usr_' || $2)`,
      `insert into access_requests (account_id, id, user_id, organization_id, message)
       values ($1, 'arq_' || $2, 'usr_' || $2, 'org_' || $2, '')`,
      `insert into support_accesses (account_id, id, user_id, email, scope, reason, started_at, ends_at)
       values ($1, 'sup_' || $2, 'usr_staff', '', 'read', '', now(), now() + interval '1 hour')`,
      `insert into idempotency_keys (caller, key, account_id, request_hash) values ('key_' || $2, 'once', $1, '')`,
    ]
    for (const sql of statements) {
      await database.asOwner(sql.replaceAll('$1', `'${account}'`).replaceAll('$2', `'${slug}'`))
    }
  }
}
