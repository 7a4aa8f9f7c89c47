import { heldForms, type Blueprint } from '@keyholder/core'

/** A blueprint as programs read it: no patterns, and each permission in the widest form held. */
export function blueprintForm(blueprint: Blueprint) {
  const { account, organization, customRole } = blueprint.terms
  return {
    name: blueprint.name,
    terms: { account, organization, custom_role: customRole },
    permissions: blueprint.permissions.map(({ key, label, level, own, guarded }) => ({
      key,
      label,
      level,
      own,
      guarded,
    })),
    roles: blueprint.roles.map(({ key, name, connects, permissions }) => ({
      key,
      name,
      connects,
      permissions: [...heldForms(permissions, blueprint)],
    })),
  }
}
