/** The tests that try one thing many times. `npm test` runs a sample of each, `npm run drills` the whole of it. */
export declare const DRILLS: {
  readonly 'kill-syncs': {
    readonly file: 'test/drills/kill-syncs.test.ts'
    readonly what: 'kills of a process that syncs and imports registers'
    readonly whole: 200
    readonly sample: 16
  }
  readonly 'kill-imports': {
    readonly file: 'test/electron/service/files-in/crash.test.ts'
    readonly what: 'kills of a process that imports a register'
    readonly whole: 40
    readonly sample: 4
  }
  readonly 'kill-plans': {
    readonly file: 'test/electron/service/plan/killed.test.ts'
    readonly what: 'kills of a process at the requests of a plan'
    readonly whole: number
    readonly sample: 4
  }
  readonly 'tamper-packs': {
    readonly file: 'test/electron/service/evidence/verify-pack.test.ts'
    readonly what: 'tamperings of an evidence pack'
    readonly whole: 1000
    readonly sample: 60
  }
  readonly 'tamper-registers': {
    readonly file: 'test/electron/service/evidence/verify-register.test.ts'
    readonly what: 'tamperings of a register'
    readonly whole: 1000
    readonly sample: 400
  }
  readonly 'usage-year': {
    readonly file: 'test/electron/service/usage/agency-year.test.ts'
    readonly what: 'organizations with a year of usage'
    readonly whole: 40
    readonly sample: 8
  }
  readonly 'pack-scope': {
    readonly file: 'test/electron/service/evidence/pack-scope.test.ts'
    readonly what: 'agencies whose evidence packs are of one client'
    readonly whole: 60
    readonly sample: 4
  }
  readonly 'export-scope': {
    readonly file: 'test/electron/service/files-out/scope.test.ts'
    readonly what: 'agencies whose exports are of one client'
    readonly whole: 60
    readonly sample: 6
  }
  readonly 'usage-rollups': {
    readonly file: 'test/electron/register/usage/any-sequence.test.ts'
    readonly what: 'sequences of usage whose roll-ups are compared with the raw sums'
    readonly whole: 200
    readonly sample: 15
  }
  readonly 'usage-days': {
    readonly file: 'test/electron/register/usage/days.test.ts'
    readonly what: 'sequences of days that replace what was said of them'
    readonly whole: 200
    readonly sample: 20
  }
}
export type DrillName = keyof typeof DRILLS
/** A line on what is tried, such as `tamper-packs: 60 tamperings of an evidence pack, seed 1`. */
export declare function drillLine(name: DrillName, count: number | string, seed: number | string): string
/** What `npm test` samples by, so that two runs of it try the same. */
export declare const SAMPLE_SEED = 1
