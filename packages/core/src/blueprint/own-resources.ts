import type { ResourceInFile } from './blueprint-file.ts'

const guarded = (label: string) => ({ label, guarded: true })

/** Keyholder's own resources, present beside the host product's. All that changes access or security is guarded. */
export const ownResources: Readonly<Record<string, ResourceInFile>> = {
  member: {
    label: 'Members',
    actions: {
      view: 'View members',
      invite: guarded('Invite members'),
      edit: guarded('Edit members'),
      remove: guarded('Remove members'),
      reset_credentials: guarded("Reset members' credentials"),
    },
  },
  role: {
    label: 'Roles',
    actions: {
      view: 'View roles',
      create: guarded('Create roles'),
      edit: guarded('Edit roles'),
      delete: guarded('Delete roles'),
    },
  },
  group: {
    label: 'Groups',
    actions: {
      view: 'View groups',
      create: guarded('Create groups'),
      edit: guarded('Edit groups and their members'),
      delete: guarded('Delete groups'),
    },
  },
  grant: {
    label: 'Grants',
    actions: {
      view: 'View grants',
      create: guarded('Grant roles'),
      edit: guarded('Change grants'),
      delete: guarded('Take grants away'),
    },
  },
  connection: {
    label: 'Connections',
    actions: {
      view: 'View connections',
      propose: guarded('Propose connections'),
      answer: guarded('Answer proposed connections'),
      edit: guarded('Pause, narrow and widen connections'),
      end: guarded('End connections'),
    },
  },
  invitation: {
    label: 'Invitations',
    actions: {
      view: 'View invitations',
      create: guarded('Create invitations'),
      edit: guarded('Edit and resend invitations'),
      delete: guarded('Revoke invitations'),
    },
  },
  organization: {
    label: 'Organizations',
    actions: {
      view: 'View organizations',
      create: { label: 'Create organizations', level: 'account' },
      update: 'Change organizations',
      delete: 'Delete organizations',
    },
  },
  site: {
    label: 'Sites',
    actions: { view: 'View sites', create: 'Create sites', update: 'Change sites', delete: 'Delete sites' },
  },
  event: {
    label: 'Activity log',
    actions: { view: 'View the activity log', export: 'Export the activity log' },
  },
  api_token: {
    label: 'API tokens',
    actions: {
      view: guarded('View API tokens'),
      create: guarded('Create API tokens'),
      delete: guarded('Delete API tokens'),
    },
  },
  export_token: {
    label: 'Export tokens',
    actions: {
      view: guarded('View export tokens'),
      create: guarded('Create export tokens'),
      delete: guarded('Delete export tokens'),
    },
  },
  account: {
    label: 'Account',
    level: 'account',
    actions: {
      view: 'View the account',
      manage_settings: guarded('Change account settings'),
      manage_sign_in: guarded('Change the sign-in policy'),
      manage_sso: guarded('Change single sign-on'),
      manage_api_keys: guarded('Manage account API keys'),
      manage_support: guarded('Change support access'),
      manage_licence: 'Manage the licence',
      manage_entity: 'Manage the legal entity',
      delete: guarded('Delete the account'),
    },
  },
}
