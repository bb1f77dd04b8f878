import { AGREED_RULE } from '../kit/agreed.ts'
import { defineRule } from '../kit/rule.ts'

export const organizationLimitDisagrees = defineRule({
  ...AGREED_RULE,
  id: 'organization-limit-disagrees',
  title: 'Organization limit differs from the budget',
  subject: 'connection',
  join: 'JOIN temp.f_agreed a ON a.connection_id = c.id AND a.project_id = 0',
  where: 'true',
})
