import { capitalize } from '../../../shared/domain/capitalize.ts'

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** The part of a schema of the contract that checks a value. */
interface Checks {
  safeParse(value: unknown): {
    readonly success: boolean
    readonly error?: { readonly issues: readonly Issue[] } | undefined
  }
}

/** Why the contract would refuse an input, by field, in words; empty for an allowed one. */
export function findProblems(schema: Checks, input: object): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const { path, message } of schema.safeParse(input).error?.issues ?? []) {
    const field = String(path[0] ?? '')
    problems[field] ??= capitalize(message)
  }
  return problems
}
