import { describe, expect, it } from 'vitest'

import { controlRecords } from '../../../shared/report/evidence-controls.ts'
import { PROVIDER_LOG } from '../../../shared/report/evidence-events.ts'
import { HEADER } from '../../../shared/report/evidence-header.ts'
import { CLOSURES, DECISIONS, ITEMS } from '../../../shared/report/evidence-items.ts'
import type { EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { ACCOUNTS, ROSTER_TABLE, ROSTERS } from '../../../shared/report/evidence-rosters.ts'
import { SIGN_OFF } from '../../../shared/report/evidence-sign-off.ts'

const TABLES: readonly EvidenceTable[] = [HEADER, ITEMS, DECISIONS, CLOSURES, ROSTER_TABLE, ACCOUNTS, PROVIDER_LOG]

/** The two tables of fields and values name what they contain in their rows. */
const OF_VALUES: readonly string[] = [HEADER, SIGN_OFF].map(({ name }) => name)

describe('the control matrix', () => {
  it('names files, columns and rosters that a pack has', () => {
    for (const { framework, control, file, columns } of controlRecords()) {
      const which = `${String(framework)} ${String(control)}`
      if (OF_VALUES.includes(String(file))) continue
      const table = TABLES.find(({ name }) => name === file)
      expect([which, table !== undefined]).toEqual([which, true])
      const known = [...Object.values(table?.fields ?? {}), ...Object.values(ROSTERS).map((name) => `Roster ${name}`)]
      for (const column of String(columns).split(', ')) {
        expect([which, column, known.some((name) => column.startsWith(name))]).toEqual([which, column, true])
      }
    }
  })

  it('has the points of NIS2 about access rights, privileged accounts and identities, each once', () => {
    const points = controlRecords().flatMap(({ framework, control }) =>
      String(framework).startsWith('NIS2') ? [control] : [],
    )
    expect(points).toEqual([
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `11.2.2 (${letter})`),
      '11.2.3',
      '11.3.2 (c)',
      '11.3.3',
      '11.5.2 (c)',
      '11.5.4',
    ])
  })
})
