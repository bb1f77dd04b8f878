import { REPORTS } from '../../../shared/decisions/settings.ts'
import { referToClient } from './refer.ts'
import { tableOf } from './table-of.ts'

export const reportTable = tableOf({
  decisions: REPORTS,
  from: 'report_setting s JOIN client c ON c.id = s.client_id',
  columns: ['currency', 'weekly', 'monthly', 'invoice', 'set_at', 'set_by'],
  named: {
    client: 'c.slug',
    markupBasisPoints: 's.markup_basis_points',
    rateMillionths: 's.rate_millionths',
    rateOn: 's.rate_on',
    weeklyTo: 's.weekly_to',
    monthlyTo: 's.monthly_to',
  },
  json: ['weeklyTo', 'monthlyTo'],
  flags: ['weekly', 'monthly', 'invoice'],
  refer: (reader, row) => {
    const client = referToClient(reader, row)
    return (
      client && {
        ...client,
        markup_basis_points: row.markupBasisPoints,
        rate_millionths: row.rateMillionths,
        rate_on: row.rateOn,
        weekly_to: JSON.stringify(row.weeklyTo),
        monthly_to: JSON.stringify(row.monthlyTo),
      }
    )
  },
  identity: ['client_id'],
  group: ({ client }) => ['c.slug = ?', [client ?? '']],
  words: ({ client }) => `the reports of client ${client}`,
})
