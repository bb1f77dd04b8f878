import { AGREED_RULE } from '../kit/agreed.ts'
import { defineRule } from '../kit/rule.ts'

export const projectLimitDisagrees = defineRule({
  ...AGREED_RULE,
  id: 'project-limit-disagrees',
  title: 'Project limit differs from the budget',
  subject: 'project',
  join: 'JOIN temp.f_agreed a ON a.connection_id = c.id AND a.project_id = n.id',
  where: "n.status = 'active'",
})
