import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

/** Its secret was replaced on a day after that of its creation. */
const IS_ROTATED = `k.last_rotated_on > date(k.created_at / 1000, 'unixepoch')`
/** The end of that day, else the creation. */
const ISSUED = `iif(${IS_ROTATED}, unixepoch(k.last_rotated_on) * 1000 + ${DAY}, k.created_at)`

export const keyExpiryPastCeiling = defineRule({
  id: 'key-expiry-past-ceiling',
  title: 'Key expires later than the maximum interval',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Expiry later than the maximum interval, or missing on production keys',
  reads: 'Creation and expiry of keys',
  remediation:
    'Replace it with a key that expires within the maximum interval, or set an earlier expiry at the provider.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6'],
  where: `k.expires_at > ${ISSUED} + c.ceiling_days * ${DAY}`,
  evidence: {
    createdAt: 'k.created_at',
    rotatedOn: `iif(${IS_ROTATED}, k.last_rotated_on, NULL)`,
    expiresAt: 'k.expires_at',
    ceilingDays: 'c.ceiling_days',
  },
  say: (e) =>
    `${e.rotatedOn === null ? `Created on ${dayWord(e.createdAt)}` : `Rotated on ${formatDay(String(e.rotatedOn))}`}, it expires on ${dayWord(e.expiresAt)}: later than the maximum interval of ${count(e.ceilingDays, 'day', 'days')}.`,
})
