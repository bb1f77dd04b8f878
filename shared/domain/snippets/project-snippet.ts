import { capitalize } from '../capitalize.ts'
import { findProvider } from '../providers/providers.ts'
import { envValue, pythonString, scriptString, shellWord } from '../literal.ts'
import { INVISIBLE, visibleText } from '../text/visible-text.ts'

export const SNIPPET_LANGUAGES = ['python', 'typescript', 'curl', 'env'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

/** The project that a snippet calls. Ids and names are the provider's own. */
export interface SnippetProject {
  readonly provider: string
  readonly organizationId: string | null
  readonly project: { readonly id: string; readonly name: string }
  /** An address other than the provider's own; null for that. */
  readonly baseUrl: string | null
}

/**
 * How a program selects an organization and a project. The key is read from the environment: a snippet never contains
 * one. Null for a provider without a known client library.
 */
export function projectSnippets(of: SnippetProject): Readonly<Record<SnippetLanguage, string>> | null {
  const facts = findProvider(of.provider)
  const form = facts?.snippet ?? null
  if (facts === undefined || form === null) return null
  const { baseUrlVariable, headers, keyHeader, keyVariable, library, modelsPath } = form
  const ids = { organization: of.organizationId, project: of.project.id }
  const selected = form.selects.flatMap((each) => {
    const value = ids[each.what]
    return value === null ? [] : [{ ...each, value }]
  })
  const baseUrl = of.baseUrl ?? (baseUrlVariable === null ? facts.defaultBaseUrl : null)
  const word = capitalize(facts.projectWord)
  const about = (mark: string): readonly string[] => [
    `${mark} ${word} ${commentText(of.project.name)}. Keep its key out of the code: in a secret store, or in the environment.`,
    ...(form.selects.length > 0 ? [] : [`${mark} The key selects the ${facts.projectWord}; it has no parameter.`]),
  ]
  return {
    python: lines(
      'import os',
      '',
      `from ${library.python} import ${library.name}`,
      '',
      ...about('#'),
      `client = ${library.name}(`,
      `    api_key=os.environ["${keyVariable}"],`,
      ...selected.map(({ what, value }) => `    ${what}=${pythonString(value)},`),
      baseUrl === null ? null : `    base_url=${pythonString(baseUrl)},`,
      ')',
    ),
    typescript: lines(
      `import ${library.name} from '${library.typescript}'`,
      '',
      ...about('//'),
      `const client = new ${library.name}({`,
      `  apiKey: process.env['${keyVariable}'],`,
      ...selected.map(({ what, value }) => `  ${what}: ${scriptString(value)},`),
      baseUrl === null ? null : `  baseURL: ${scriptString(baseUrl)},`,
      '})',
    ),
    curl: lines(
      ...about('#'),
      `curl ${shellWord(`${of.baseUrl ?? facts.defaultBaseUrl}${modelsPath}`)} \\`,
      ...headers.map((header) => `  --header ${shellWord(header)} \\`),
      ...selected.map(({ header, value }) => `  --header ${shellWord(`${header}: ${value}`)} \\`),
      `  --header "${keyHeader}$${keyVariable}"`,
    ),
    env: lines(
      ...about('#'),
      `${keyVariable}=`,
      ...selected.map(({ variable, value }) => `${variable}=${envValue(value)}`),
      baseUrlVariable === null || of.baseUrl === null ? null : `${baseUrlVariable}=${envValue(of.baseUrl)}`,
    ),
  }
}

function lines(...texts: readonly (string | null)[]): string {
  return `${texts.filter((text) => text !== null).join('\n')}\n`
}

const UNSEEN = new RegExp(`[${INVISIBLE.join('')}\\p{Default_Ignorable_Code_Point}]`, 'gu')

/** A name inside a comment: one line, with all characters visible. */
export function commentText(name: string): string {
  return visibleText(name).replaceAll(UNSEEN, '\u00b7').replaceAll(/\s+/gu, ' ').replaceAll('*/', '*\\/').trim()
}
