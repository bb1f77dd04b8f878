type Row = Record<string, unknown>

export interface ExampleFile {
  readonly format: string
  readonly version: number
  readonly platform: string
  readonly organization: Row
  readonly projects: Row[]
  readonly principals: Row[]
  readonly grants: Row[]
  readonly keys: Row[]
  readonly limits: Row[]
  readonly usage: Row[]
}

/** A file as made from Azure, with something of everything. */
export function exampleFile(): ExampleFile {
  return {
    format: 'castellan-file',
    version: 1,
    platform: 'azure',
    organization: { id: 'tenant-1', name: 'Acme' },
    projects: [
      { id: 'prod', name: 'Production', createdAt: '2026-01-05T09:00:00+01:00', residency: 'westeurope' },
      { id: 'dev', name: 'Development', default: true },
    ],
    principals: [
      { id: 'ada', kind: 'user', name: 'Ada', email: 'ada@acme.example', role: 'Owner', addedAt: '2026-01-05' },
      { id: 'ben', kind: 'user', name: 'Ben', email: 'ben@acme.example', status: 'disabled' },
      { id: 'web', kind: 'service-account', name: 'web backend' },
      { id: 'devs', kind: 'group', name: 'Developers', members: ['ben'] },
    ],
    grants: [
      { principal: 'web', project: 'prod', role: 'Cognitive Services OpenAI User', level: 'member' },
      { principal: 'devs', project: 'dev', role: 'Reader' },
      { principal: 'ben', project: null, role: 'Usages Reader', since: '2026-02-01' },
    ],
    keys: [
      { id: 'key1', name: 'prod-web', hint: '…9f3a', project: 'prod', owner: 'web', lastUsedAt: '2026-11-20' },
      { id: 'key2', name: 'dev-old', project: 'dev', owner: 'cy', lastUsedAt: null, createdAt: '2024-01-01' },
      { id: 'key3', name: 'global' },
    ],
    limits: [
      { id: 'budget', kind: 'spend', project: 'prod', amountUsd: '500.25', period: 'month' },
      { id: 'tpm', kind: 'rate', metric: 'tokens_per_minute', amount: 120_000, model: 'gpt-5.4', period: 'minute' },
    ],
    usage: [
      {
        day: '2026-11-20',
        project: 'prod',
        key: 'key1',
        model: 'gpt-5.4',
        requests: 12,
        input: 1000,
        output: 50,
        costUsd: '1.2345678',
      },
      { day: '2026-11-20', project: 'prod', key: 'key1', model: 'gpt-5.4', requests: 3, input: 100, output: 20 },
      { day: '2026-11-22', project: 'dev', key: 'key2', requests: 1, costUsd: 0.3 },
    ],
  }
}
