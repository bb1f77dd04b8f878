import { change, numberIn, type ProvedTable, type Recorded } from '../../rows/proved-table.ts'

interface MergeRow {
  readonly id: number
}

/** Merges of people, by their number. What a merge moved is not compared: it follows from who had which address then. */
export const mergeProof: ProvedTable = {
  table: 'person_merge',
  part: 'who was merged and split',
  columns: ['uid', 'kept', 'other', 'merged_at', 'merged_by', 'split_at'],
  rows: (reader) =>
    reader
      .all<MergeRow>(
        'SELECT id, uid, kept_id AS kept, other_id AS other, merged_at, merged_by, split_at FROM person_merge ORDER BY id',
      )
      .map(({ id, ...values }) => ({ id, key: String(id), words: `merge ${id} of two people`, values: { ...values } })),
  effects: {
    'person.merged': (shown, row) => {
      const { mergeUid: uid, kept, other } = row.body
      const made = { uid, kept, other, merged_at: row.at, merged_by: row.operator, split_at: null }
      change(shown, numberIn(row, 'merge'), made)
    },
    'person.split': (shown, row) => change(shown, numberIn(row, 'merge'), { split_at: row.at }),
  },
}

interface PairRow {
  readonly id: number
  readonly person: number
  readonly other: number
}

const toPair = ({ body }: Recorded): string =>
  [Number(body['person']), Number(body['other'])].toSorted((a, b) => a - b).join(' ')

/** Pairs of people whom a person called different, by the numbers of the two. All others are proposed by comparison. */
export const rejectedPairProof: ProvedTable = {
  table: 'person_match',
  part: 'pairs that were rejected',
  columns: ['decided_at', 'decided_by'],
  rows: (reader) =>
    reader
      .all<PairRow>(
        `SELECT id, person_id AS person, other_id AS other, decided_at, decided_by FROM person_match
         WHERE state = 'rejected' ORDER BY id`,
      )
      .map(({ id, person, other, ...values }) => ({
        id,
        key: `${person} ${other}`,
        words: `the rejection of the pair ${person} and ${other}`,
        values,
      })),
  effects: {
    'person.match-rejected': (shown, row) =>
      void shown.set(toPair(row), { decided_at: row.at, decided_by: row.operator }),
    'person.match-reopened': (shown, row) => void shown.delete(toPair(row)),
  },
}
