import type { UsageBy } from '../../shared/contract/usage.ts'
import { SOURCE_LABELS } from '../../shared/domain/usage/source.ts'

const BY: Readonly<Record<UsageBy, string>> = {
  project: 'Project',
  key: 'Key',
  'logical-key': 'Logical key',
  principal: 'Account',
  person: 'Person',
  model: 'Model',
  feature: 'Feature',
  environment: 'Environment',
  team: 'Team',
  connection: 'Connection',
  client: 'Client',
}

export function byWord(by: UsageBy): string {
  return BY[by]
}

/** Usage without a value is labelled by the missing value. */
export function bucketWord(by: UsageBy): string {
  return by === 'connection' ? SOURCE_LABELS.claimed : `No ${BY[by].toLowerCase()}`
}
