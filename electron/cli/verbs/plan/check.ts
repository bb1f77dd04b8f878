import { resolve } from 'node:path'

import { Option } from 'commander'

import type { Api } from '../../../../shared/contract/contract.ts'
import type { PlanProblem } from '../../../../shared/domain/plans/problem.ts'
import { plain, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { readContent } from '../../kit/import-input.ts'
import { type Field, once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { makeFields } from '../../kit/noun.ts'
import { type Act, type Run, readScope } from '../../kit/run.ts'
import { bad, type Painter, makePainter, warning } from '../../kit/text/paint.ts'
import { driftOfPlan, getPlace, plannedAndThere } from './drift-rows.ts'
import { type NamedPlan, namedPlan, PLAN_NAME } from './named.ts'

/** A problem, and its plan or its place in a file. */
interface PlanProblemRow extends Omit<PlanProblem, 'severity'> {
  /** `drift`: reality differs from the plan. */
  readonly severity: PlanProblem['severity'] | 'drift'
  readonly plan: string
  readonly line: number | null
  readonly column: number | null
}

function problemFields(painter: Painter): readonly Field<PlanProblemRow>[] {
  return makeFields<PlanProblemRow>(
    {
      plan: text('Plan', { table: { flexible: true } }),
      severity: text('Severity', { table: {} }),
      ...plain('path'),
      line: text('Where', { table: { flexible: true } }),
      ...plain('column'),
      says: text('What is wrong', { table: { sentence: true } }),
      hint: text('What to do', { table: { sentence: true } }),
    },
    {
      severity: (row) => (row.severity === 'error' ? bad : warning)(painter, row.severity),
      line: (row) => (row.line === null ? row.path : `${row.line}:${row.column ?? 1}`),
    },
  )
}

interface Options {
  readonly file?: string
  readonly failOn?: PlanProblem['severity']
  readonly failOnDrift?: true
}

export function defineCheck(command: Command, act: Act): void {
  const check = command
    .command('check')
    .about({ calls: 'planApply.drift', example: ['Exercise --fail-on-drift', '--file plan.yaml'] })
    .argument('[name]', PLAN_NAME)
    .description('Check a plan, each plan of the client, or a file, and compare it with reality.')
    .option('--file <file>', 'a plan in YAML that was not imported: its problems with line and column')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 4 if there is an error, or anything').choices(['error', 'warning']),
    )
    .option('--fail-on-drift', 'exit with 4 if reality differs from the plan')
  asList(check, problemFields(makePainter(false)))
  act<Options, [string | undefined]>(check, async (run, { file, failOn, failOnDrift }, name) => {
    if (file !== undefined && name !== undefined) {
      throw new Misuse('A file and a plan cannot be checked together.', 'Give one of them.')
    }
    const found = file === undefined ? await foundInPlans(run, name) : await foundInFile(run, file)
    await print(run, found)
    const fails = found.some(({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'))
    const drifts = failOnDrift === true && found.some(({ severity }) => severity === 'drift')
    return drifts || (failOn !== undefined && fails) ? EXIT.found : EXIT.done
  })
}

/** A file is checked by itself, so that a pipeline without a register can. */
async function foundInFile(run: Run, file: string): Promise<readonly PlanProblemRow[]> {
  const { parsePlan } = await import('../../../../shared/domain/plans/yaml/parse.ts')
  const text = new TextDecoder().decode(await readContent(resolve(run.terminal.cwd, file)))
  return parsePlan(text).problems.map((problem) => ({ ...problem, plan: file }))
}

function foundInPlans(run: Run, name: string | undefined): Promise<readonly PlanProblemRow[]> {
  return run.withApi('read', async (api) => {
    const plans: readonly NamedPlan[] =
      name === undefined
        ? (await api.plan.list(readScope(run))).map((row) => ({ row, ref: { planId: row.planId } }))
        : [await namedPlan(api, run, name)]
    const found = await Promise.all(plans.map(({ ref }) => api.plan.get(ref)))
    // A draft is compared only when it is named: beside the active plan it would report the same twice.
    const compared = plans.filter(({ row }) => name !== undefined || row.active)
    const drift = await Promise.all(compared.map((plan) => driftFound(api, plan)))
    return [
      ...found.flatMap(({ row, problems }) =>
        problems.map((problem) => ({ ...problem, plan: row.title, line: null, column: null })),
      ),
      ...drift.flat(),
    ]
  })
}

async function driftFound(api: Api, { row, ref }: NamedPlan): Promise<PlanProblemRow[]> {
  return (await driftOfPlan(api, row, ref)).map((one) => ({
    plan: row.title,
    severity: 'drift',
    path: getPlace(one),
    line: null,
    column: null,
    says: one.says,
    hint: plannedAndThere(one),
  }))
}

async function print(run: Run, found: readonly PlanProblemRow[]): Promise<void> {
  const fields = problemFields(makePainter(run.terminal.colour && !run.json))
  await printListing(run, { fields, empty: 'No problems.' }, once(found))
}
