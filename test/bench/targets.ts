/** What is promised of one row. Exactly one of the limits is given. */
export interface Target {
  /** The work, as a person would name it. */
  readonly work: string
  /** At most so many times what the peer of the row needs. */
  readonly atMostTimes?: number
  /** At least so many times better than the peer of the row. */
  readonly atLeastTimes?: number
  /** At most so many milliseconds. */
  readonly atMostMs?: number
  /** At most so many megabytes, the most memory that the process had by the operating system’s account. */
  readonly atMostMB?: number
}

/**
 * Every promise about speed and memory, in the order of the first table of `docs/bench.md`. A row of a bench answers one
 * by its name; where several do, the worst of them counts. A promise that no row answers is reported as not measured.
 */
const ALL = {
  'due-1000': { work: '`due --json`, cold, 1,000 keys', atMostTimes: 2.5 },
  'due-50000': { work: '`due --json`, cold, 50,000 keys', atMostTimes: 1.1 },
  'due-table-screen': { work: '`due` as a table, 100,000 keys, to the first screen', atMostMs: 1000 },
  'due-table-memory': { work: '`due` as a table, 100,000 keys, memory', atMostMB: 250 },
  'findings-table-screen': { work: '`findings` as a table, 100,000 findings, to the first screen', atMostMs: 1000 },
  'findings-table-memory': { work: '`findings` as a table, 100,000 findings, memory', atMostMB: 250 },
  'window-start': { work: 'the window on the screen, warm', atMostTimes: 1.8 },
  'screens-median': { work: 'opening a screen, median over all screens', atMostMs: 50 },
  'screens-p95': { work: 'opening a screen, 95 of 100', atMostMs: 100 },
  'first-access': { work: 'first rows of Access, 1,000,000, in the service', atMostMs: 100 },
  'first-keys': { work: 'first rows of Keys, 1,000,000, in the service', atMostMs: 100 },
  'first-people': { work: 'first rows of People, 200,000, in the service', atMostMs: 100 },
  'shown-access': { work: 'first rows of Access on the screen', atMostMs: 300 },
  'shown-keys': { work: 'first rows of Keys on the screen', atMostMs: 300 },
  'shown-people': { work: 'first rows of People on the screen', atMostMs: 300 },
  scrollbar: { work: 'the scrollbar to anywhere in 1,000,000 keys', atMostMs: 33 },
  'markdown-open': { work: 'register as Markdown, 100,000 rows, in the open service', atMostTimes: 2.5 },
  'markdown-cold': { work: 'register as Markdown, 100,000 rows, cold', atMostTimes: 4 },
  'csv-open': { work: 'register as CSV, 140,000 records, in the open service', atMostTimes: 1.5 },
  'csv-cold': { work: 'register as CSV, 140,000 records, cold', atMostTimes: 2 },
  'xlsx-time': { work: 'register as XLSX, 100,000 keys', atMostMs: 5000 },
  'xlsx-memory': { work: 'register as XLSX, 100,000 keys, memory', atMostMB: 250 },
  'calendar-time': { work: 'calendar of 50,000 keys', atMostMs: 1000 },
  'calendar-memory': { work: 'calendar of 50,000 keys, memory', atMostMB: 200 },
  'import-keys-time': { work: 'import of keys, 100,000 rows of CSV', atMostMs: 5000 },
  'import-keys-memory': { work: 'import of keys, 100,000 rows of CSV, memory', atMostMB: 300 },
  'import-usage-time': { work: 'import of usage, 5,000,000 rows', atMostTimes: 1 },
  'import-usage-memory': { work: 'import of usage, 5,000,000 rows, memory', atMostMB: 250 },
  'key-model': { work: 'usage by key and model of a month, 5,000,000 rows', atLeastTimes: 3 },
  'top-20': { work: 'the 20 most expensive projects of a month, 5,000,000 rows', atLeastTimes: 5 },
  rules: { work: 'all rules from nothing, 1,000,000 grants and 250,000 keys', atMostMs: 1600 },
  'pack-verify': { work: 'verification of a pack of 100,000 decisions', atMostTimes: 1.2 },
  'register-verify': { work: '`verify --register`, the register of that pack', atMostMs: 400 },
  'pack-write': { work: 'writing that pack', atMostMs: 2000 },
  'pack-task': { work: 'the longest task of the service while that pack is written', atMostMs: 50 },
  sync: { work: 'sync of 40 organizations, no faults, requests a second', atLeastTimes: 4 },
  'sync-memory': { work: 'sync of 40 organizations, memory', atMostMB: 200 },
  grants: { work: '1,000,000 grants taken and indexed', atMostMs: 6000 },
} as const satisfies Readonly<Record<string, Target>>

export type TargetId = keyof typeof ALL

export const TARGETS: Readonly<Record<TargetId, Target>> = ALL
