import type { Watched } from './watched-statements.ts'

/**
 * Tables that stay small in any register, since people write their rows one by one, or since they have a row for each client or
 * connection. Every other table may grow to millions of rows.
 */
const SMALL: ReadonlySet<string> = new Set(
  `client connection connection_tally custodian journal_head meta migration
  budget budget_alert plan plan_binding policy price_pin report_setting review saved_view sqlite_sequence team_log team_waiting today_state usage_folder usage_report`.split(
    /\s+/u,
  ),
)

/** Indexes of few rows of a large table, by their conditions. */
const NARROW: Readonly<Record<string, string>> = {
  key_admin: 'admin keys are few',
  journal_of_reports: 'exports of usage reports, a few for each client and month',
  remediation_with_aliases: 'changes that two devices requested',
  review_open: 'one for each client and kind at most',
  usage_part_uncounted: 'the part of an import that is being read',
}

interface WholeRead {
  /** A file of `electron/`, or a folder of it with all its files. */
  readonly file: string
  /** All tables where it is not given. */
  readonly tables?: readonly string[]
  /** The statements; all of the file where it is not given. */
  readonly only?: RegExp
  readonly why: string
}

/** Statements that read a whole table since that is what they are for. */
const WHOLE_READS: readonly WholeRead[] = [
  {
    file: 'register/rows/review-items.ts',
    tables: ['review_item'],
    only: / ORDER BY i\.review_id, i\.position$/u,
    why: 'verifies what is decided about all items',
  },
  { file: 'register/rows/frozen-reviews.ts', why: 'verifies what reviews froze' },
  {
    file: 'register/rows/key-readings.ts',
    tables: ['rotation'],
    only: /\bWHERE r\.recognized = 1 ORDER BY /u,
    why: 'verifies what the whole audit log led to',
  },
  {
    file: 'register/rows/table-of.ts',
    tables: [
      'acceptance',
      'logical_key',
      'person_match',
      'person_merge',
      'plan_same',
      'plan_version',
      'principal',
      'remediation',
      'review_batch',
    ],
    only: / WHERE (?:true|m\.state = 'rejected'|p\.last_reviewed_on IS NOT NULL|\(l\.environment IS NOT NULL .*\)) ORDER BY /u,
    why: 'verifies what the whole audit log led to; deciding reads the rows of a group',
  },
  { file: 'register/rows/findings.ts', tables: ['acceptance', 'finding'], why: 'verifies the copies of acceptances' },
  {
    file: 'register/rows/remediation.ts',
    tables: ['remediation'],
    only: / WHERE origin IS NOT NULL ORDER BY id$/u,
    why: 'verifies where changes come from',
  },
  { file: 'register/read/facts-by-journal.ts', tables: ['sync'], why: 'verifies what every sync led to' },
  { file: 'register/db/journal.ts', tables: ['journal'], why: 'verifies the whole audit log, one row at a time' },
  { file: 'service/app/diagnostics.ts', why: 'counts the rows of every table, on request' },
  { file: 'service/sample/', tables: ['project_version'], why: 'fills the sample agency, which is small' },
  { file: 'register/read/journal.ts', tables: ['journal'], why: 'the order of a list, once for each revision' },
  {
    file: 'register/leavers/leaver.ts',
    tables: ['employment'],
    why: 'ends at the first person in scope whom an HR file names',
  },
  { file: 'register/findings/list.ts', tables: ['finding'], why: 'the order of a list, once for each revision' },
  { file: 'register/people/people.ts', tables: ['person'], why: 'the order of a list, once for each revision' },
  { file: 'register/findings/groups.ts', tables: ['finding'], why: 'groups all open findings' },
  { file: 'register/findings/counts.ts', tables: ['finding'], why: 'adds up all findings by the days of their lives' },
  {
    file: 'register/keys/derive-keys.ts',
    tables: ['key'],
    why: 'a changed policy changes the due day of any key, and the parts of any name',
  },
  {
    file: 'register/people/matches.ts',
    tables: ['employment', 'person', 'person_address', 'person_match', 'person_merge'],
    why: 'compares all people with each other, where any changed',
  },
  {
    file: 'register/people/import.ts',
    tables: ['employment', 'person_match'],
    why: 'a file of all employees, compared with those of the last one',
  },
  {
    file: 'register/usage/budgets.ts',
    tables: ['limit_version'],
    why: 'compares every limit that is set with its spend',
  },
  { file: 'register/usage/imports.ts', tables: ['usage_import'], why: 'counts the imported files' },
  {
    file: 'register/usage/known-requests.ts',
    tables: ['usage_request_piece'],
    why: 'an import that is undone has its requests in any piece',
  },
]

const isCovered = (read: WholeRead, { file, sql }: Watched, table: string): boolean =>
  (read.file.endsWith('/') ? file.startsWith(read.file) : file === read.file) &&
  (read.tables?.includes(table) ?? true) &&
  (read.only?.test(sql.replace(/\s+/gu, ' ')) ?? true)

/** Reads of growing tables from end to end, as pairs with the statement. */
function listWholeReads(statements: Iterable<Watched>): (readonly [Watched, string])[] {
  return [...statements].flatMap((statement) =>
    statement.scans
      .filter(({ table, index }) => !SMALL.has(table) && !(index !== null && index in NARROW))
      .map(({ table }) => [statement, table] as const),
  )
}

/** Whole reads without a reason, with their statements. */
export function listUnexplained(statements: Iterable<Watched>): string[] {
  return listWholeReads(statements)
    .filter(([statement, table]) => !WHOLE_READS.some((read) => isCovered(read, statement, table)))
    .map(([{ file, sql }, table]) => `${file} reads ${table} from end to end: ${sql.replace(/\s+/gu, ' ')}`)
    .toSorted()
}

/** Reasons for which there is no whole read, and small tables and narrow indexes that no statement reads whole. */
export function listUnneeded(statements: Iterable<Watched>): string[] {
  const all = [...statements]
  const whole = listWholeReads(all)
  // Where every table is counted, no table is needed in the list of small ones.
  const scanned = all
    .filter(({ file }) => !WHOLE_READS.some((read) => read.file === file && read.tables === undefined))
    .flatMap(({ scans }) => scans)
  const unused = WHOLE_READS.flatMap((read) =>
    (read.tables ?? [null])
      .filter((table) => !whole.some(([one, own]) => isCovered(read, one, own) && (table === null || table === own)))
      .map((table) => (table === null ? read.file : `${read.file}: ${table}`)),
  )
  return [
    ...unused,
    ...[...SMALL].filter((table) => !scanned.some((scan) => scan.table === table)),
    ...Object.keys(NARROW).filter((index) => !scanned.some((scan) => scan.index === index)),
  ]
}
