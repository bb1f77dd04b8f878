import { z } from 'zod'

import { ROTATION_TRIGGERS } from '../domain/rotation.ts'
import { day, id, instant } from './common.ts'

export const rotationRecord = z.object({
  id,
  keyId: id,
  keyName: z.string(),
  trigger: z.enum(ROTATION_TRIGGERS),
  rotatedOn: day,
  /** True when a sync recognized the successor, false when a person marked it. */
  recognized: z.boolean(),
  operator: z.string(),
  note: z.string(),
  recordedAt: instant,
  undoneAt: instant.nullable(),
})
export type RotationRecord = z.infer<typeof rotationRecord>

/** The purpose of a key. It survives rotation; keys are its versions. */
export const logicalKey = z.object({
  id,
  name: z.string(),
  environment: z.string().nullable(),
  team: z.string().nullable(),
  purpose: z.string().nullable(),
  contact: z.string().nullable(),
  intervalDays: z.number().int().nullable(),
  dueOn: day.nullable(),
  notes: z.string(),
})
export type LogicalKey = z.infer<typeof logicalKey>
