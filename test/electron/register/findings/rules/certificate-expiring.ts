import type { CertificateFact } from '../../../../../shared/domain/facts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago, type World } from '../worlds.ts'

const certificates = (...over: readonly Partial<CertificateFact>[]): World => ({
  more: [
    {
      source: 'certificates',
      facts: over.map((each, n) => ({
        type: 'certificate',
        externalId: `cert_${n}`,
        project: null,
        name: 'gateway',
        active: true,
        validAt: ago(300),
        expiresAt: ago(-300),
        createdAt: ago(300),
        ...each,
      })),
    },
  ],
})

export const cases: RuleCases = {
  rule: 'certificate-expiring',
  found: {
    'one that expires in a week': certificates({ expiresAt: ago(-7) }),
    'one that has expired': certificates({ expiresAt: ago(7) }),
    'one that is active in a project too, where alone its end is reported': certificates(
      { externalId: 'cert', expiresAt: null },
      { externalId: 'cert', project: 'proj_a', expiresAt: ago(-7) },
    ),
    'one of several': certificates({}, { expiresAt: ago(-1) }),
    'within the days of the policy': { ...certificates({ expiresAt: ago(-20) }), policy: { expiryNoticeDays: 30 } },
  },
  notFound: {
    'one that is not active': certificates({ expiresAt: ago(-7), active: false }),
    'one whose end is not reported': certificates({ expiresAt: null }),
    none: {},
  },
  boundary: {
    notYet: { 'in 14 days and a moment': certificates({ expiresAt: ago(-14) + 1 }) },
    just: { 'in 14 days': certificates({ expiresAt: ago(-14) }) },
  },
}
