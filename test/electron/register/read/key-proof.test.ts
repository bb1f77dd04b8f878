import { describe, expect, it } from 'vitest'

import { checkJournal, journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { logicalKeyTable, snoozeTable } from '../../../../electron/register/rows/keys.ts'
import { newConnection, newRegister } from '../registers.ts'

const TODAY = '2026-04-01'
const CONNECTION = '01930000-0000-7000-8000-00000000000c'
const OTHER_CONNECTION = '01930000-0000-7000-8000-00000000000d'
const toRotationUid = (rotation: number) => `01930000-0000-7000-8000-00000000010${rotation}`
const OTHER = 'settings of other keys'

/** A register whose connection has a key, and another key that once joined it, with a journal. */
function holding(entries: readonly (readonly [action: string, body: JournalEntry['body']])[], sql: readonly string[]) {
  const register = newRegister()
  const connection = newConnection(register)
  register.transact((writer) => {
    writer.run('UPDATE connection SET uid = ?', [CONNECTION])
    for (const logical of [1, 2])
      writer.run('INSERT INTO logical_key (id, connection_id, name) VALUES (?, ?, ?)', [logical, connection, 'prod'])
    for (const [key, logical] of [
      [1, 1],
      [2, 1],
      [3, 2],
    ]) {
      writer.run(
        `INSERT INTO key (id, connection_id, external_id, logical_key_id, last_use_state, lineage) VALUES (?, ?, ?, ?, 'never', '')`,
        [key ?? 0, connection, `key_${key}`, logical ?? 0],
      )
    }
    for (const [at, [action, body]] of entries.entries()) {
      journal(writer, { at, operator: 'Mara', action, client: 'acme', subject: 'prod', body })
    }
    for (const statement of sql) writer.run(statement)
  })
  return register
}

function prove(register: Register) {
  const keys = foldJournal([logicalKeyTable, snoozeTable])
  checkJournal(register.reader, keys.visit)
  return Object.fromEntries(
    keys.result(register.reader, TODAY).map(({ table, ...proof }) => [table.split(' ')[0] ?? OTHER, proof]),
  )
}

function mend(register: Register): void {
  const keys = foldJournal([logicalKeyTable, snoozeTable])
  checkJournal(register.reader, keys.visit)
  register.transact((writer) => keys.mend(writer))
}

const named = (key: number) => ({ v: 1, connectionUid: CONNECTION, key: `key_${key}` })
const ofLogicalKey = (key: number) => ({ ...named(key), firstKey: 'key_1', lastReading: null })
const described = (key: number, change: object) => ['key.described', { ...ofLogicalKey(key), ...change }] as const
const rotated = (rotation: number, rotatedOn: string) =>
  [
    'key.rotated',
    {
      ...ofLogicalKey(1),
      rotation,
      rotationUid: toRotationUid(rotation),
      trigger: 'scheduled',
      rotatedOn,
      note: '',
    },
  ] as const
const rotation = (
  id: number,
  on: string,
  more: { met?: string; recognized?: number; at?: number; logical?: number } = {},
) =>
  `INSERT INTO rotation (id, logical_key_id, key_id, key_name, trigger, rotated_on, recognized, operator, note, recorded_at, uid, met_due_on)
   VALUES (${id}, ${more.logical ?? 1}, ${more.logical === 2 ? 3 : 1}, 'prod', 'scheduled', '${on}', ${more.recognized ?? 0}, 'Mara', '', ${more.at ?? 0}, '${toRotationUid(id)}', ${more.met === undefined ? 'NULL' : `'${more.met}'`})`
const IMPORTED = ['file.imported', { organizations: [{ connection: 1 }] }] as const

describe('what people set for a logical key', () => {
  it('is proved by the first of its keys, whichever of them a person described', () => {
    const set = ["UPDATE logical_key SET team = 'Platform', due_on = '2026-05-01' WHERE id = 1"]
    const entries = [described(2, { team: 'Platform' }), described(1, { dueOn: '2026-05-01' })]
    expect(prove(holding(entries, set))['logical_key']).toEqual({ proved: 1, partly: 0, problems: [] })
    expect(prove(holding(entries, []))['logical_key']?.problems).toHaveLength(1)
    expect(prove(holding([], set))['logical_key']?.problems).toHaveLength(1)
  })

  it('is not compared in what a file sets too, once one was imported into its connection', () => {
    const set = ["UPDATE logical_key SET team = 'Platform', contact = 'Priya', due_on = '2026-05-01' WHERE id = 1"]
    const entries = [described(1, { team: 'Platform', contact: 'Mara' }), IMPORTED]
    expect(prove(holding(entries, set))['logical_key']).toEqual({ proved: 0, partly: 1, problems: [] })
    expect(prove(holding([...entries, described(1, { team: 'Web' })], set))['logical_key']?.problems).toHaveLength(1)
  })

  it('is proved in its day also where a rotation that a sync recognized fulfilled it', () => {
    const entries = [described(1, { dueOn: '2026-05-01', team: 'Platform' })]
    const set = ["UPDATE logical_key SET team = 'Platform' WHERE id = 1"]
    expect(prove(holding(entries, set))['logical_key']?.problems).toHaveLength(1)
    const recognized = [...set, rotation(9, '2026-03-01', { recognized: 1, met: '2026-05-01' })]
    const read = [
      "INSERT INTO sync (id, uid, connection_id, started_at, finished_at, state, origin, operator) SELECT 1, 's1', id, 1, 2, 'complete', 'api', 'Mara' FROM connection",
      "INSERT INTO key_version (key_id, from_sync, source, kind, name, status, owner_state) VALUES (1, 1, 'keys', 'project', 'prod', 'active', 'none')",
    ]
    expect(prove(holding(entries, [...read, ...recognized]))['logical_key']).toEqual({
      proved: 1,
      partly: 0,
      problems: [],
    })
  })

  it('is not compared in its day where no reading shows when a rotation was recognized', () => {
    const entries = [described(1, { dueOn: '2026-05-01', team: 'Platform' })]
    const set = ["UPDATE logical_key SET team = 'Platform', due_on = '2026-06-01' WHERE id = 1"]
    const register = holding(entries, [...set, rotation(9, '2026-03-01', { recognized: 1, met: '2026-07-01' })])
    expect(prove(register)['logical_key']).toEqual({ proved: 0, partly: 1, problems: [] })
    mend(register)
    expect(register.reader.all('SELECT due_on, (SELECT met_due_on FROM rotation) AS met FROM logical_key')[0]).toEqual({
      due_on: '2026-06-01',
      met: '2026-07-01',
    })
  })

  it('is named with what differs where all that was set is erased', () => {
    expect(prove(holding([described(1, { team: 'Platform' })], []))['logical_key']?.problems).toEqual([
      { table: 'logical_key', row: 1, says: 'Logical key 1 does not match the audit log: team.' },
    ])
  })
})

describe('a rotation', () => {
  it('fulfils the day that is set, unless one that counts is dated later, and its undoing sets it again', () => {
    const set = described(1, { dueOn: '2026-05-01' })
    const both = [set, rotated(1, '2026-03-01'), described(1, { dueOn: '2026-06-01' }), rotated(2, '2026-02-01')]
    const stored = [
      rotation(1, '2026-03-01', { at: 1, met: '2026-05-01' }),
      rotation(2, '2026-02-01', { at: 3 }),
      "UPDATE logical_key SET due_on = '2026-06-01' WHERE id = 1",
    ]
    const sound = prove(holding(both, stored))
    expect([sound['rotation'], sound['logical_key']]).toEqual([
      { proved: 2, partly: 0, problems: [] },
      { proved: 1, partly: 0, problems: [] },
    ])
    const undo = [
      'key.rotation-undone',
      { ...ofLogicalKey(1), rotation: 1, rotationUid: toRotationUid(1), recognized: false, lastReading: null },
    ] as const
    const undone = prove(
      holding(
        [set, rotated(1, '2026-03-01'), undo],
        [
          rotation(1, '2026-03-01', { at: 1, met: '2026-05-01' }),
          'UPDATE rotation SET undone_at = 2',
          "UPDATE logical_key SET due_on = '2026-05-01' WHERE id = 1",
        ],
      ),
    )
    expect([undone['rotation'], undone['logical_key']]).toEqual([
      { proved: 1, partly: 0, problems: [] },
      { proved: 1, partly: 0, problems: [] },
    ])
  })
})

describe('mending a rotation', () => {
  const readRotation = ({ reader }: Register) =>
    reader.all('SELECT id, uid, logical_key_id AS logical, key_id AS key, note FROM rotation')

  it.each([
    { first: 1, stored: 2 },
    { first: 3, stored: 1 },
  ])('moves it to its logical key under its number, from logical key $stored', ({ first, stored }) => {
    const [action, body] = rotated(5, '2026-03-01')
    const decided = [action, { ...body, key: `key_${first}`, firstKey: `key_${first}` }] as const
    const register = holding([decided], [rotation(5, '2026-03-01', { logical: stored })])
    mend(register)
    const logical = first === 1 ? 1 : 2
    expect(readRotation(register)).toEqual([{ id: 5, uid: toRotationUid(5), logical, key: first, note: '' }])
  })

  it('gives a uid that two connections have to the rotation that was decided first', () => {
    const [action, body] = rotated(5, '2026-03-01')
    const elsewhere = [action, { ...body, connectionUid: OTHER_CONNECTION, key: 'key_1', firstKey: 'key_1' }] as const
    const register = holding(
      [elsewhere, [action, body]],
      [
        rotation(5, '2026-03-01'),
        `INSERT INTO connection (id, uid, client_id, provider, label, access, created_at) SELECT 20, '${OTHER_CONNECTION}', client_id, provider, 'Other', access, 0 FROM connection`,
        "INSERT INTO logical_key (id, connection_id, name) VALUES (3, 20, 'prod')",
        "INSERT INTO key (id, connection_id, external_id, logical_key_id, last_use_state, lineage) VALUES (4, 20, 'key_1', 3, 'never', '')",
      ],
    )
    mend(register)
    expect(readRotation(register)).toEqual([{ id: 5, uid: toRotationUid(5), logical: 3, key: 4, note: '' }])
    expect(prove(register)['rotation']).toEqual({ proved: 1, partly: 0, problems: [] })
  })

  it('leaves what was edited outside the product, which is still found', () => {
    const register = holding(
      [rotated(5, '2026-03-01')],
      [rotation(5, '2026-03-01'), "UPDATE rotation SET note = 'edited'"],
    )
    mend(register)
    expect(readRotation(register)).toEqual([{ id: 5, uid: toRotationUid(5), logical: 1, key: 1, note: 'edited' }])
    expect(prove(register)['rotation']?.problems).toHaveLength(1)
  })
})

describe('a snooze', () => {
  const until = (day: string) => ['key.snoozed', { ...named(3), until: day }] as const
  const stored = (day: string) => `UPDATE key SET snoozed_until = '${day}' WHERE id = 3`

  it('is compared, and one that a reminder ended is none', () => {
    expect(prove(holding([until('2026-05-01')], [stored('2026-05-01')]))['key']).toEqual({
      proved: 1,
      partly: 0,
      problems: [],
    })
    expect(prove(holding([until('2026-05-01')], []))['key']?.problems).toEqual([
      { table: 'key', row: 3, says: 'The snooze of key 3 is in the audit log but not in the register.' },
    ])
    expect(prove(holding([until(TODAY)], []))['key']?.problems).toEqual([])
    expect(prove(holding([], [stored('2026-05-01')]))['key']?.problems).toHaveLength(1)
  })
})
