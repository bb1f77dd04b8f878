import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const syncStale = defineRule({
  id: 'sync-stale',
  title: 'Connection not synced recently',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'A connection that was not synced recently',
  reads: 'Syncs',
  remediation: 'Sync the connection; check its credential if that fails.',
  actions: [],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2'],
  where: `ifnull(c.synced_at, c.created_at) <= :now - c.stale_sync_days * ${DAY}`,
  evidence: { lastSyncAt: 'c.synced_at', days: 'c.stale_sync_days' },
  say: (e) =>
    e.lastSyncAt === null
      ? `It was never synced; the policy requires a sync every ${count(e.days, 'day', 'days')}.`
      : `It was last synced on ${dayWord(e.lastSyncAt)}; the policy requires a sync every ${count(e.days, 'day', 'days')}.`,
})
