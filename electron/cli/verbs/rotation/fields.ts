import type { RotationRecord } from '../../../../shared/contract/rotation-record.ts'
import type { Field } from '../../kit/listing.ts'
import { isoTime } from '../../kit/text/when.ts'

export const ROTATION_FIELDS: readonly Field<RotationRecord>[] = [
  { key: 'rotationId', json: (row) => row.id, column: { title: 'ID', align: 'right' } },
  { key: 'keyId', json: (row) => row.keyId },
  { key: 'key', json: (row) => row.keyName, column: { title: 'Key', flexible: true } },
  { key: 'trigger', json: (row) => row.trigger, column: { title: 'Trigger' } },
  { key: 'rotatedOn', json: (row) => row.rotatedOn, column: { title: 'Rotated' } },
  { key: 'recognized', json: (row) => row.recognized, column: { title: 'Found by sync' } },
  { key: 'operator', json: (row) => row.operator, column: { title: 'By', flexible: true } },
  { key: 'note', json: (row) => row.note, column: { title: 'Note', flexible: true } },
  { key: 'recordedAt', json: (row) => isoTime(row.recordedAt) },
  { key: 'undoneAt', json: (row) => isoTime(row.undoneAt) },
]
