import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const syncStale = defineRule({
  id: 'sync-stale',
  title: 'Connection not read lately',
  severity: 'medium',
  subject: 'connection',
  looksFor: 'A connection that was not read lately',
  reads: 'Syncs',
  remediation: 'Sync the connection; look at its credential if that fails.',
  actions: [],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2'],
  where: `ifnull(c.synced_at, c.created_at) <= :now - c.stale_sync_days * ${DAY}`,
  evidence: { lastSyncAt: 'c.synced_at', days: 'c.stale_sync_days' },
  say: (e) =>
    e.lastSyncAt === null
      ? `It was never read; the policy wants a sync every ${count(e.days, 'day', 'days')}.`
      : `It was last read on ${dayWord(e.lastSyncAt)}; the policy wants a sync every ${count(e.days, 'day', 'days')}.`,
})
