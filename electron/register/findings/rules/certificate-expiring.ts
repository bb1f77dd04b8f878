import { count, DAY, dayWord, defineRule, named } from '../kit/rule.ts'

export const certificateExpiring = defineRule({
  id: 'certificate-expiring',
  title: 'Certificate about to expire',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'A certificate that opens the API and is about to expire, or has expired',
  reads: 'Certificates that are active in the organization or in a project',
  remediation: 'Upload and activate a new certificate, move its programs to it, and deactivate this one.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'ISO 27001 A.8.24', 'NIST IA-5'],
  join: `JOIN (SELECT s.connection_id, count(*) AS certificates, min(s.expires_at) AS expires_at FROM temp.f_certificate s
      CROSS JOIN temp.f_connection f ON f.id = s.connection_id
    WHERE s.expires_at <= :now + f.expiry_notice_days * ${DAY} GROUP BY s.connection_id) a ON a.connection_id = c.id`,
  where: 'true',
  evidence: {
    certificates: 'a.certificates',
    expiresAt: 'a.expires_at',
    certificate:
      '(SELECT min(s.name) FROM temp.f_certificate s WHERE s.connection_id = c.id AND s.expires_at = a.expires_at)',
  },
  say: (e, { now }) => {
    const expires = Number(e.expiresAt) <= now ? 'expired' : 'expires'
    return `${named(e.certificate, 'A certificate')} ${expires} on ${dayWord(e.expiresAt)}${
      Number(e.certificates) > 1
        ? `; ${count(Number(e.certificates) - 1, 'other is', 'others are')} near their end too`
        : ''
    }.`
  },
})
