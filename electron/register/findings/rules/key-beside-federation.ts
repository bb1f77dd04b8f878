import { REPLACES_KEY } from '../../access/federated.ts'
import { defineRule } from '../kit/rule.ts'

export const keyBesideFederation = defineRule({
  id: 'key-beside-federation',
  title: 'Key beside a federation rule',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'Another program may still use the key.',
  subject: 'key',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Owners of keys; federation rules',
  remediation: 'Check that the workload uses the federation rule, then delete the key.',
  actions: ['key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  join: `JOIN (SELECT DISTINCT s.id, s.connection_id, s.external_id FROM temp.f_federation f
      CROSS JOIN temp.f_account s ON s.id = f.account_id WHERE f.live = 1) o
    ON o.connection_id = k.connection_id AND o.external_id = k.owner_external_id
    CROSS JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL`,
  where: `k.owner_kind = 'service-account' AND EXISTS (SELECT 1 FROM federation_version f WHERE ${REPLACES_KEY})`,
  evidence: { workload: `(SELECT min(f.workload) FROM federation_version f WHERE ${REPLACES_KEY})` },
  say: (e) => `Its service account can be used without a key by ${String(e.workload)}, and the key is left.`,
})
