import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'

/** Each refers to something of account `$of`; in one's own account it is written, into another it is refused. */
const references: Readonly<Record<string, string>> = {
  'a grant to a user': `insert into grants (account_id, id, user_id, builtin_role) values ('acc_acme', 'grt_1', 'usr_$of', 'viewer')`,
  'a grant to a group': `insert into grants (account_id, id, group_id, builtin_role) values ('acc_acme', 'grt_1', 'grp_$of', 'viewer')`,
  'a grant to a connection': `insert into grants (account_id, id, connection_id, builtin_role) values ('acc_acme', 'grt_1', 'con_$of', 'viewer')`,
  'a grant of a role': `insert into grants (account_id, id, user_id, role_id) values ('acc_acme', 'grt_1', 'usr_acme', 'rol_$of')`,
  'a grant over an organization': `insert into grants (account_id, id, user_id, builtin_role, organization_id) values ('acc_acme', 'grt_1', 'usr_acme', 'viewer', 'org_$of')`,
  'a user in a group': `insert into group_members (account_id, group_id, user_id) values ('acc_acme', 'grp_second', 'usr_$of')`,
  'a connection in a group': `insert into group_members (account_id, group_id, connection_id) values ('acc_acme', 'grp_second', 'con_$of')`,
  'a group with a member': `insert into group_members (account_id, group_id, user_id) values ('acc_acme', 'grp_$of', 'usr_second')`,
  'a site of an organization': `insert into sites (account_id, id, organization_id, key, name, sort_name) values ('acc_acme', 'sit_1', 'org_$of', 'x', 'X', 'x')`,
  'a role bound to an organization': `insert into role_organizations (account_id, role_id, organization_id) values ('acc_acme', 'rol_second', 'org_$of')`,
  'an invitation with a role': `insert into invitation_grants (account_id, invitation_id, position, role_id) values ('acc_acme', 'inv_acme', 1, 'rol_$of')`,
  'an invitation to an organization': `insert into invitation_grants (account_id, invitation_id, position, builtin_role, organization_id) values ('acc_acme', 'inv_acme', 2, 'viewer', 'org_$of')`,
  'an invitation into a group': `insert into invitation_groups (account_id, invitation_id, position, group_id) values ('acc_acme', 'inv_second', 1, 'grp_$of')`,
  'an API key made by a user': `insert into api_keys (id, account_id, name, secret_hash, hint, scopes, made_by) values ('key_1', 'acc_acme', 'x', 'x', 'x', '{}', 'usr_$of')`,
  'a connection under a maximum role': `insert into connections (account_id, id, guest_account_id, maximum_role_id, status) values ('acc_acme', 'con_1', 'acc_third', 'rol_$of', 'proposed')`,
  'a rule that fills a group': `insert into sso_rules (account_id, connection_id, position, attribute, comparison, group_id) values ('acc_acme', 'sso_acme', 1, 'x', 'exists', 'grp_$of')`,
  'a rule of an identity provider': `insert into sso_rules (account_id, connection_id, position, attribute, comparison, group_id) values ('acc_acme', 'sso_$of', 2, 'x', 'exists', 'grp_acme')`,
  'an identity of a user': `insert into sso_identities (account_id, id, connection_id, subject, user_id) values ('acc_acme', 'sid_1', 'sso_second', 'x', 'usr_$of')`,
  'an identity at an identity provider': `insert into sso_identities (account_id, id, connection_id, subject, user_id) values ('acc_acme', 'sid_2', 'sso_$of', 'x', 'usr_second')`,
  'an identity provider with a default role': `update sso_connections set default_role_id = 'rol_$of' where id = 'sso_acme'`,
  'a connection with delegates of the guest': `update connections set delegates_group_id = replace('grp_$of', 'acme', 'third') where id = 'con_acme'`,
}

describe('a reference from an account', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 1 })
  beforeAll(async () => {
    await makeTwoAccounts(database)
    await database.asOwner(`
      insert into accounts (id, slug, name) values ('acc_third', 'third', 'Third');
      insert into users (id, home_account_id, email, sort_name, search_text)
        values ('usr_second', 'acc_acme', 'second@acme.example', '', '');
      insert into memberships (account_id, user_id, home_account_id) values ('acc_acme', 'usr_second', 'acc_acme');
      insert into groups (account_id, id, key, name, sort_name, kind)
        values ('acc_acme', 'grp_second', 'second', 'Second', '', 'manual'), ('acc_third', 'grp_third', 'x', 'X', '', 'manual');
      insert into roles (account_id, id, key, name, canonical_key, canonical_name, permissions)
        values ('acc_acme', 'rol_second', 'second', 'Second', 'second', 'second', '{}');
      insert into connections (account_id, id, guest_account_id, maximum_builtin, status)
        values ('acc_acme', 'con_acme', 'acc_third', 'viewer', 'ended'), ('acc_globex', 'con_globex', 'acc_third', 'viewer', 'ended');
      insert into sso_connections (account_id, id, kind, name, provider) values ('acc_acme', 'sso_second', 'oidc', '', '{}');
      insert into invitations (account_id, id, kind, email, token_hash, language, show_inviter, inviter_kind, inviter_id, sent_at, expires_at, created_at)
        select account_id, 'inv_second', kind, 'second@x.example', 'second', language, show_inviter, inviter_kind, inviter_id, sent_at, expires_at, created_at
          from invitations where id = 'inv_acme'`)
  })

  const write = (reference: string, of: string) =>
    transaction(db, [acme, globex], (tx) => sql.raw(reference.replaceAll('$of', of)).execute(tx))

  test.each(Object.entries(references))(
    '%s: to its own is stored, to another’s is not',
    async (_, reference) => {
      await expect(write(reference, 'globex')).rejects.toThrow(/foreign key/)
      const { numAffectedRows } = await write(reference, 'acme')
      expect(numAffectedRows).toBe(1n)
      await database.asOwner(
        `delete from grants where id = 'grt_1'; delete from group_members where group_id = 'grp_second'`,
      )
    },
  )

  test('nobody is at home where they do not belong', async () => {
    const moving = transaction(db, [acme, globex], (tx) =>
      sql`insert into memberships (account_id, user_id, home_account_id) values (${acme}, 'usr_globex', ${acme})`.execute(
        tx,
      ),
    )

    await expect(moving).rejects.toThrow(/foreign key/)
  })

  test('an account takes part in a connection to itself on neither side', async () => {
    const looping = transaction(db, [acme], (tx) =>
      sql`insert into connections (account_id, id, guest_account_id, maximum_builtin, status)
          values (${acme}, 'con_loop', ${acme}, 'viewer', 'active')`.execute(tx),
    )

    await expect(looping).rejects.toThrow(/check constraint/)
  })
})
