import { resolve } from 'node:path'

import { LineCounter } from 'yaml'

import { issueText } from '../../../../shared/contract/issue-words.ts'
import { guideAnswers } from '../../../../shared/contract/plans.ts'
import { GUIDE_QUESTIONS, type GuideAnswers } from '../../../../shared/domain/plans/guide-answers.ts'
import { readYaml } from '../../../../shared/domain/plans/yaml/document.ts'
import { RULES } from '../../../../shared/domain/plans/rules.ts'
import { toMicroUsd } from '../../../../shared/domain/text/money.ts'
import { readContent } from '../../kit/import-input.ts'
import { Failed } from '../../kit/failure.ts'
import type { Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

/** The questions of the guided start as a file to fill in. */
export const QUESTIONS = `# Answers for a plan: castellan plan new --guided --answers FILE --client SLUG
company: Acme Corp
# organizations: [{ name: Acme Corp, provider: openai }]
teams:
  - name: Product
    # lead: Ana
    applications:
      - name: chatbot
        features: [backend, realtime]
  - name: Research
environments: [dev, staging, prod]
# Those that share projects, where the rule for environments is overridden.
# sharedEnvironments: [[dev, staging]]
# Dollars of a month for each project.
# productionLimit: 500
# otherLimit: 50
# What is left out follows from the teams above. With a reason in overridden, a rule is not followed.
answers:
${GUIDE_QUESTIONS.map((id) => `  # ${RULES[id].question}\n  # Yes: ${RULES[id].yes} No: ${RULES[id].no}\n  # ${id}: { answer: true, overridden: null }\n`).join('')}  {}
`

/** Answers from a file. Throws `Failed` for one that cannot be read, naming the field that is wrong. */
export async function getAnswers(run: Run, file: string): Promise<GuideAnswers> {
  const path = resolve(run.terminal.cwd, file)
  const text = new TextDecoder().decode(await readContent(path))
  const hint = 'Print the questions: castellan plan new --guided'
  const lines = new LineCounter()
  const { contents, problems } = readYaml(text, lines)
  const [problem] = problems
  if (problem !== undefined) {
    throw new Failed(`${shown(file)}, line ${lines.linePos(problem.offset).line}: ${problem.says}`, problem.hint)
  }
  const read = guideAnswers.safeParse(inMicros(contents?.toJSON()))
  if (read.success) return read.data
  throw new Failed(`${shown(file)}: ${shown(issueText(read.error.issues))}`, hint)
}

/** Limits are written in dollars. */
function inMicros(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given).map(([field, value]: [string, unknown]) => [
      field,
      LIMITS.has(field) && (typeof value === 'number' || typeof value === 'string')
        ? (toMicroUsd(String(value)) ?? value)
        : value,
    ]),
  )
}

const LIMITS: ReadonlySet<string> = new Set(['productionLimit', 'otherLimit'])
