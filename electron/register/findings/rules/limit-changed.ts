import { count, DAY, dayWord, defineRule } from '../rule.ts'

export const limitChanged = defineRule({
  id: 'limit-changed',
  title: 'Limit changed lately',
  severity: 'low',
  subject: 'connection',
  reads: 'Limits of two syncs',
  remedy: 'Ask who changed it and why; accept the finding with the answer.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  join: `JOIN (SELECT y.connection_id, count(DISTINCT l.external_id) AS limits, max(y.finished_at) AS at
    FROM temp.f_connection f CROSS JOIN sync y ON y.connection_id = f.id AND y.finished_at > :now - f.limit_change_days * ${DAY}
    CROSS JOIN limit_version l ON l.from_sync = y.id
    CROSS JOIN limit_version o ON o.to_sync = y.id AND o.connection_id = l.connection_id AND o.external_id = l.external_id
    WHERE o.amount <> l.amount GROUP BY y.connection_id) a ON a.connection_id = c.id`,
  where: 'a.limits > 0',
  evidence: { limits: 'a.limits', seenAt: 'a.at' },
  say: (e) => `${count(e.limits, 'limit has', 'limits have')} another amount since the sync of ${dayWord(e.seenAt)}.`,
})
