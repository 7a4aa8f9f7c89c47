import type { AttributeRule } from '@keyholder/core'

/** A rule as the API shows it. */
export function ruleForm(rule: AttributeRule) {
  const { attribute, comparison, group } = rule
  return { attribute, comparison, value: rule.comparison === 'exists' ? null : rule.value, group }
}
