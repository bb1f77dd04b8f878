import { counted } from '../../counted.ts'
import { checkKeyNamePattern, parseKeyName } from '../../naming.ts'
import { sameName } from '../../text/names.ts'
import type { Plan } from '../plan.ts'
import type { PlanProblem } from '../problem.ts'
import { accessProblems } from './access.ts'
import { nameProblems } from './names.ts'
import { structureProblems } from './structure.ts'

/** All problems of a plan itself, in the order of its parts. It is not compared with reality. */
export function toProblems(plan: Plan): readonly PlanProblem[] {
  return [
    ...nameProblems('company', [{ path: 'name', name: plan.name }]),
    ...structureProblems(plan),
    ...accessProblems(plan),
    ...namingProblems(plan),
    ...reviewProblems(plan),
    ...attributionProblems(plan),
    ...choiceProblems(plan),
  ]
}

/** How many problems of each severity a plan has. */
export function countProblems(plan: Plan): { readonly errors: number; readonly warnings: number } {
  const problems = toProblems(plan)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: problems.length - errors }
}

function namingProblems({ naming }: Plan): PlanProblem[] {
  const pattern = checkKeyNamePattern(naming.pattern)
  if (!pattern.ok) {
    const hint = 'Correct the pattern, for example {environment}-{team}-{purpose}.'
    return [{ path: 'naming.pattern', severity: 'error', says: pattern.reason, hint }]
  }
  return naming.examples.flatMap((example, at): PlanProblem[] =>
    parseKeyName(example, naming.pattern) === null
      ? [
          {
            path: `naming.examples[${at}]`,
            severity: 'warning',
            says: `The example “${example}” does not follow ${naming.pattern}.`,
            hint: 'Correct the example or the pattern.',
          },
        ]
      : [],
  )
}

function reviewProblems({ reviews }: Plan): PlanProblem[] {
  return reviews.flatMap(({ about, months }, at): PlanProblem[] => {
    const path = `reviews[${at}]`
    if (reviews.slice(0, at).some((other) => other.about === about)) {
      const hint = 'Keep one of them.'
      return [{ path: `${path}.about`, severity: 'error', says: `The review of ${about} is planned twice.`, hint }]
    }
    const fits = about === 'departed' ? months === 0 : months >= 1 && months <= 24
    if (fits) return []
    return [
      {
        path: `${path}.months`,
        severity: 'error',
        says:
          about === 'departed'
            ? 'Reviews of leavers are due immediately.'
            : `A review of ${about} cannot repeat every ${counted(months, 'month')}.`,
        hint: about === 'departed' ? 'Write 0 months.' : 'Use 1 to 24 months.',
      },
    ]
  })
}

function attributionProblems(plan: Plan): PlanProblem[] {
  return plan.attribution.flatMap(({ report, to, says }, at): PlanProblem[] => {
    const path = `attribution[${at}]`
    const empty = says.trim() === ''
    return [
      ...(empty
        ? [
            {
              path: `${path}.says`,
              severity: 'error' as const,
              says: 'This attribution line is empty.',
              hint: 'Enter who receives what, or remove the line.',
            },
          ]
        : []),
      ...(report !== null && to === null
        ? [
            {
              path: `${path}.to`,
              severity: 'warning' as const,
              says: `The ${report} report has no recipient.`,
              hint: 'Name the recipient, such as team leads.',
            },
          ]
        : []),
    ]
  })
}

function choiceProblems({ choices }: Plan): PlanProblem[] {
  return choices.flatMap(({ question }, at): PlanProblem[] =>
    choices.slice(0, at).some((other) => sameName(other.question, question))
      ? [
          {
            path: `choices[${at}].question`,
            severity: 'error',
            says: `“${question}” was answered twice.`,
            hint: 'Keep the answer that applies.',
          },
        ]
      : [],
  )
}
