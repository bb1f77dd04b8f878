import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { defineRule } from '../kit/rule.ts'

export const reviewOverdue = defineRule({
  id: 'review-overdue',
  title: 'Review overdue',
  severity: 'high',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'A review that is overdue',
  reads: 'The client’s reviews and review policy; leavers from HR files',
  remediation: 'Open the review, decide every item, and sign it.',
  actions: [],
  controls: ['NIS2 11.2.3', 'SOC 2 CC6.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 5'],
  join: `JOIN (SELECT connection_id, group_concat(title, ', ' ORDER BY due_on, title) AS titles, min(due_on) AS due_on
    FROM temp.f_review f WHERE due_on < :today GROUP BY connection_id) a ON a.connection_id = c.id`,
  where: 'a.due_on < :today',
  evidence: { reviews: 'a.titles', dueOn: 'a.due_on' },
  say: (e) => `Overdue since ${formatDay(String(e.dueOn))}: ${e.reviews}.`,
})
