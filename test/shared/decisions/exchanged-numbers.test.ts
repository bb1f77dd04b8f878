import { expect, it } from 'vitest'
import type { z } from 'zod'

import { localNumber, localPath } from '../../../shared/decisions/kind.ts'
import { OPERATIONS } from '../../../shared/decisions/operations.ts'
import { READING_OPERATIONS } from '../../../shared/decisions/readings.ts'
import { card } from '../../../shared/team/card.ts'
import { named } from '../../../shared/team/named.ts'
import { EXCHANGED_KINDS } from '../../../shared/team/rights.ts'

/** The fields, at any depth, that can hold a number and are exchanged; `[]` for the values of a list, `{}` for those of a record. */
function listNumbers(schema: z.core.$ZodType, field: string): readonly string[] {
  if (schema === localNumber || schema === localPath) return []
  const def = (schema as z.ZodType).def as unknown as Readonly<Record<string, unknown>> & { readonly type: string }
  const within = (name: string, at = field) => listNumbers(def[name] as z.core.$ZodType, at)
  switch (def.type) {
    case 'number':
      return [field]
    case 'literal':
      return (def['values'] as readonly unknown[]).some((value) => typeof value === 'number') ? [field] : []
    case 'object': {
      const shape = Object.entries(def['shape'] as Record<string, z.core.$ZodType>)
      const others = def['catchall'] === undefined ? [] : within('catchall', `${field}{}`)
      return [...shape.flatMap(([name, member]) => listNumbers(member, name)), ...others]
    }
    case 'array':
      return within('element', `${field}[]`)
    case 'record':
      return within('valueType', `${field}{}`)
    case 'union':
      return (def['options'] as readonly z.core.$ZodType[]).flatMap((option) => listNumbers(option, field))
    case 'tuple':
      return (def['items'] as readonly z.core.$ZodType[]).flatMap((item) => listNumbers(item, `${field}[]`))
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return within('innerType')
    case 'pipe':
      return within('in')
    case 'string':
    case 'boolean':
    case 'enum':
    case 'null':
    case 'never':
      return []
    default:
      throw new Error(`No rule for a field of type ${def.type}: ${field}.`)
  }
}

/** Counts, sizes, days, instants, amounts, versions, ports, widths, and places in a list that the operation or its review has itself. */
const NO_NUMBERS_OF_ROWS: readonly string[] = [
  'acceptanceDays',
  'adminKeyDays',
  'amount',
  'amountMicros',
  'at',
  'began',
  'bytes',
  'cacheWrite',
  'cached',
  'ceilingDays',
  'changed',
  'closed',
  'contractorMaxProjects',
  'decided',
  'ended',
  'endedAt',
  'errors',
  'expiryNoticeDays',
  'federationTokenMinutes',
  'flagged',
  'generation',
  'idleProjectDays',
  'input',
  'intervalDays',
  'items',
  'kept',
  'leadDays[]',
  'least',
  'limitChangeDays',
  'markupBasisPoints',
  'maxAdminKeys',
  'maxPrivileged',
  'memberUnusedDays',
  'months',
  'neverUsedDays',
  'numbers{}',
  'opened',
  'otherKeyDays',
  'output',
  'overdueEveryDays',
  'port',
  'position',
  'positions[]',
  'positions[][]',
  'productionKeyDays',
  'rateMillionths',
  'removed',
  'reviewAdminsMonths',
  'reviewKeysMonths',
  'reviewLeadDays[]',
  'reviewMembershipMonths',
  'reviewRolesMonths',
  'risk',
  'rotationDays',
  'self[]',
  'self[][]',
  'since',
  'staleInviteDays',
  'staleSyncDays',
  'syncEveryHours',
  'thresholds[]',
  'unknown',
  'unusedFlagDays',
  'unusedRemoveDays',
  'v',
  'warnings',
  'widths{}',
  'within',
]

it('no field of what a team exchanges can hold the number of a row in one register', () => {
  const schemas = { ...OPERATIONS, ...READING_OPERATIONS }
  const decided = EXCHANGED_KINDS.flatMap((kind) => listNumbers(schemas[kind].body, kind))
  const ofTeam = [card, named].flatMap((body) => listNumbers(body, 'team'))
  expect([...new Set([...decided, ...ofTeam])].toSorted()).toEqual(NO_NUMBERS_OF_ROWS)
})
