interface Drill {
  /** The test file that it is in; a folder with a slash at its end, if it is in all of them. */
  readonly file: string
  /** What is tried, in the plural. */
  readonly what: string
  /** How many `npm run drills` tries; infinite: every existing one. */
  readonly whole: number
  /** How many of them `npm test` tries. */
  readonly sample: number
}

const ALL = Number.POSITIVE_INFINITY

/** The tests that try one thing many times. `npm test` runs a sample of each, `npm run drills` the whole of it. */
export const DRILLS = {
  'kill-syncs': {
    file: 'test/drills/kill-syncs.test.ts',
    what: 'kills of a process that syncs and imports registers',
    whole: 200,
    sample: 1,
  },
  'kill-imports': {
    file: 'test/electron/service/files/crash.test.ts',
    what: 'kills of a process that imports a register',
    whole: 40,
    sample: 1,
  },
  'kill-flows': {
    file: 'test/drills/kill-flows.test.ts',
    what: 'kills of a process at its calls to the system, over all flows that write',
    whole: 10_000,
    sample: 1,
  },
  'fault-calls': {
    file: 'test/drills/faults.test.ts',
    what: 'faults of calls to the system, in each flow that writes',
    whole: ALL,
    sample: 1,
  },
  'fault-answers': {
    file: 'test/drills/faults-outside.test.ts',
    what: 'calls to the keychain and to a provider that fail, in each flow that writes',
    whole: ALL,
    sample: 1,
  },
  'kill-plans': {
    file: 'test/electron/service/plan-apply/killed.test.ts',
    what: 'kills of a process at the requests of a plan',
    whole: ALL,
    sample: 2,
  },
  'tamper-packs': {
    file: 'test/electron/service/evidence/verify-pack.test.ts',
    what: 'tamperings of an evidence pack',
    whole: 1000,
    sample: 20,
  },
  'tamper-registers': {
    file: 'test/electron/service/evidence/verify-register.test.ts',
    what: 'tamperings of a register',
    whole: 1000,
    sample: 60,
  },
  'secrets-in': {
    file: 'test/electron/service/secrets-in.test.ts',
    what: 'shapes of secrets in every text of every operation',
    whole: ALL,
    sample: 1,
  },
  'usage-year': {
    file: 'test/electron/service/usage/agency-year.test.ts',
    what: 'organizations with a year of usage',
    whole: 40,
    sample: 2,
  },
  'damage-registers': {
    file: 'test/electron/service/damaged-register.test.ts',
    what: 'places at which a register is damaged',
    whole: 600,
    sample: 4,
  },
  'undo-imports': {
    file: 'test/electron/service/usage/undo.test.ts',
    what: 'imports of usage records that are undone',
    whole: 400,
    sample: 3,
  },
  'undo-entries': {
    file: 'test/electron/service/journal/undo.test.ts',
    what: 'kinds of entries of the audit log that are undone by their number, with the state before compared',
    whole: ALL,
    sample: 14,
  },
  'pack-scope': {
    file: 'test/electron/service/evidence/pack-scope.test.ts',
    what: 'agencies whose evidence packs are of one client',
    whole: 60,
    sample: 2,
  },
  'export-scope': {
    file: 'test/electron/service/files-out/scope.test.ts',
    what: 'agencies whose exports are of one client',
    whole: 60,
    sample: 3,
  },
  'usage-rollups': {
    file: 'test/electron/register/usage/any-sequence.test.ts',
    what: 'sequences of usage whose roll-ups are compared with the raw sums',
    whole: 200,
    sample: 8,
  },
  'usage-days': {
    file: 'test/electron/register/usage/days.test.ts',
    what: 'sequences of days that replace their earlier data',
    whole: 200,
    sample: 10,
  },
  'throttled-agency': {
    file: 'test/electron/service/sync/agency.test.ts',
    what: 'organizations of an agency that is synced from servers that throttle and fail',
    whole: 40,
    sample: 10,
  },
  'interrupt-plans': {
    file: 'test/electron/service/plan-apply/apply.test.ts',
    what: 'requests of a plan that are interrupted in three ways',
    whole: ALL,
    sample: 2,
  },
  'tamper-audit-logs': {
    file: 'test/electron/register/db/journal.test.ts',
    what: 'audit logs that are written or tampered with',
    whole: 400,
    sample: 20,
  },
  'merge-people': {
    file: 'test/electron/register/people/merge.test.ts',
    what: 'sequences of merges and splits',
    whole: 300,
    sample: 8,
  },
  'read-models': {
    file: 'test/electron/register/apply/model.test.ts',
    what: 'sequences of readings that are compared with a simple model',
    whole: 200,
    sample: 6,
  },
  'register-lines': {
    file: 'test/electron/register/register-lines.property.test.ts',
    what: 'agencies whose register lines are compared with the grants',
    whole: 150,
    sample: 8,
  },
  worlds: {
    file: 'test/drills/world.test.ts',
    what: 'agencies over 200 days (35 in the sample) whose answers after the sync of every fifth day are compared with a naive reading of the same facts',
    whole: 12,
    sample: 1,
  },
  'hostile-looks': {
    file: 'test/electron/cli/hostile-names.test.ts',
    what: 'formats and terminals in which a command prints hostile names',
    whole: ALL,
    sample: 1,
  },
  'fish-offers': {
    file: 'test/electron/cli/completion/shells.test.ts',
    what: 'beginnings of command lines that fish completes',
    whole: ALL,
    sample: 60,
  },
  'register-changes': {
    file: 'test/electron/register/changes/changes.property.test.ts',
    what: 'agencies whose changes are compared with their states',
    whole: 150,
    sample: 6,
  },
  'fuzz-registers': {
    file: 'test/drills/fuzz-files.test.ts',
    what: 'registers in Markdown and tables that are damaged',
    whole: 500_000,
    sample: 150,
  },
  'fuzz-people': {
    file: 'test/drills/fuzz-files.test.ts',
    what: 'HR files that are damaged',
    whole: 100_000,
    sample: 150,
  },
  'fuzz-plans': {
    file: 'test/drills/fuzz-files.test.ts',
    what: 'plans in YAML that are damaged',
    whole: 100_000,
    sample: 150,
  },
  'fuzz-provider-files': {
    file: 'test/drills/fuzz-files.test.ts',
    what: 'files of connections that are damaged',
    whole: 100_000,
    sample: 150,
  },
  'fuzz-usage': {
    file: 'test/drills/fuzz-files.test.ts',
    what: 'files of usage records that are damaged',
    whole: 100_000,
    sample: 150,
  },
  'router-calls': {
    file: 'test/electron/service/fuzz/router.test.ts',
    what: 'calls of operations with any input',
    whole: 120_000,
    sample: 300,
  },
  'mcp-calls': {
    file: 'test/electron/cli/mcp-calls.test.ts',
    what: 'calls of the tools of the MCP server with any input, each after any line',
    whole: 50_000,
    sample: 100,
  },
  'network-providers': {
    file: 'test/electron/cli/network.test.ts',
    what: 'providers that are called over TLS and through a proxy by the real program',
    whole: ALL,
    sample: 1,
  },
  'endless-readings': {
    file: 'test/electron/providers/endless.test.ts',
    what: 'readings whose every list does not end',
    whole: ALL,
    sample: 0,
  },
  'endless-lists': {
    file: 'test/electron/providers/endless.test.ts',
    what: 'providers whose lists never end, read to their bound of rows',
    whole: ALL,
    sample: 0,
  },
  'hostile-packs': {
    file: 'test/electron/service/evidence/hostile.test.ts',
    what: 'evidence packs of any bytes',
    whole: 600,
    sample: 4,
  },
  'read-rows': {
    file: 'test/electron/providers/kit/rows.test.ts',
    what: 'rows of any JSON, of each kind and provider',
    whole: 2000,
    sample: 60,
  },
  'read-records': {
    file: 'test/electron/service/usage/read-records.test.ts',
    what: 'usage files of any lines',
    whole: 600,
    sample: 40,
  },
  'read-registers': {
    file: 'test/electron/service/files-in/read-markdown.test.ts',
    what: 'tables in Markdown that people wrote',
    whole: 5000,
    sample: 100,
  },
  'round-trips': {
    file: 'test/electron/service/files-in/round-trip.test.ts',
    what: 'registers that are exported and imported',
    whole: 120,
    sample: 8,
  },
  'markdown-cells': {
    file: 'test/shared/report/markdown-text.test.ts',
    what: 'texts that Markdown shows as they are',
    whole: 5000,
    sample: 150,
  },
  calendars: {
    file: 'test/shared/report/calendar.test.ts',
    what: 'calendars of any names',
    whole: 2000,
    sample: 40,
  },
  'clean-agencies': {
    file: 'test/electron/register/findings/clean-agency.test.ts',
    what: 'agencies in which every rule has nothing to find',
    whole: 600,
    sample: 20,
  },
  'planted-defects': {
    file: 'test/electron/register/findings/clean-agency.test.ts',
    what: 'agencies with each defect that a rule has to find',
    whole: 60,
    sample: 2,
  },
  'team-registers': {
    file: 'test/electron/register/team/convergence.test.ts',
    what: 'teams of three registers that decide offline, and have the same tables once all is exchanged',
    whole: 1000,
    sample: 4,
  },
  'team-reviews': {
    file: 'test/electron/register/team/convergence-reviews.test.ts',
    what: 'access reviews that three members of a team open, decide, sign and acknowledge offline',
    whole: 1000,
    sample: 3,
  },
  'stored-events': {
    file: 'test/electron/service/events/many-events.test.ts',
    what: 'events of a log whose reading is killed three times',
    whole: 100_000,
    sample: 20_000,
  },
  'kill-takes': {
    file: 'test/electron/register/team/kill-take.test.ts',
    what: 'kills of a process that takes a history of a team into its register',
    whole: 300,
    sample: 2,
  },
  'hostile-sql': {
    file: 'test/electron/team/postgres/hostile.test.ts',
    what: "rounds in which a login calls each function of a team's server at the ends of its arguments",
    whole: 3000,
    sample: 20,
  },
  'same-servers': {
    file: 'test/electron/team/postgres/same-as-memory.test.ts',
    what: 'series of calls to which the server of a team in memory and the one in PostgreSQL give the same answers',
    whole: 1000,
    sample: 8,
  },
  'odd-answers': {
    file: 'test/electron/providers/odd-answers.test.ts',
    what: 'answers of a list of a provider that are permuted, repeated, short or contradicting, or have a field that is null',
    whole: ALL,
    sample: 60,
  },
  'rules-windows': {
    file: 'test/rules/suites-windows.test.ts',
    what: 'test files of files, registers, secrets and the service that run under the rules of Windows',
    whole: ALL,
    sample: 5,
  },
  'rules-macos': {
    file: 'test/rules/suites-macos.test.ts',
    what: 'test files of files, registers, secrets and the service that run under the rules of macOS',
    whole: ALL,
    sample: 2,
  },
  properties: {
    file: 'test/',
    what: 'cases of each property that has neither a drill nor a number of its own',
    whole: 1000,
    sample: 10,
  },
} as const satisfies Readonly<Record<string, Drill>>

export type DrillName = keyof typeof DRILLS

/** A line on what is tried, such as `tamper-packs: 60 tamperings of an evidence pack, seed 1`. */
export function drillLine(name: DrillName, count: number | string, seed: number | string): string {
  return `${name}: ${count === ALL ? 'all' : count} ${DRILLS[name].what}, seed ${seed}`
}

/** The seed of `npm test`, so that two runs try the same cases. */
export const SAMPLE_SEED = 1
