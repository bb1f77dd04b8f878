import { CALLED_PROVIDER_IDS } from '../provider.ts'
import { commentText, envValue, pythonString, scriptString, shellWord } from './literal.ts'

export const SNIPPET_LANGUAGES = ['python', 'typescript', 'curl', 'env'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

/** Whose calls a snippet makes. Ids and names are the provider's own. */
export interface SnippetProject {
  readonly provider: string
  readonly organizationId: string | null
  readonly project: { readonly id: string; readonly name: string }
  /** Another address than the provider's own; null for that. */
  readonly baseUrl: string | null
}

/** Providers whose clients a snippet can be written for. */
export const SNIPPET_PROVIDERS = CALLED_PROVIDER_IDS
type SnippetProvider = (typeof SNIPPET_PROVIDERS)[number]

/** Which variable of the environment holds a key; the vendors' own clients read it unasked. */
export const KEY_VARIABLE: Readonly<Record<SnippetProvider, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  openrouter: 'OPENROUTER_API_KEY',
}

/**
 * How a program selects an organization and a project. The key is read from the environment: a snippet never holds one.
 * Sources: the vendors' clients (`organization` and `project` of OpenAI's, its headers `OpenAI-Organization` and
 * `OpenAI-Project`, `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`). Anthropic's and OpenRouter's keys belong to one workspace,
 * which nothing else selects. Null for a provider without a client that is known.
 */
export function projectSnippets(of: SnippetProject): Readonly<Record<SnippetLanguage, string>> | null {
  if (of.provider === 'openai') return openai(of)
  if (of.provider === 'anthropic') return anthropic(of)
  return of.provider === 'openrouter' ? openrouter(of) : null
}

function lines(...texts: readonly (string | null)[]): string {
  return `${texts.filter((text) => text !== null).join('\n')}\n`
}

function about(mark: string, { project }: SnippetProject, word: string): string {
  return `${mark} ${word} ${commentText(project.name)}. Keep its key out of the code: in a secret store, or in the environment.`
}

/** A client of a vendor's library: what is imported, how it is called, and what it is made with. */
interface ClientCode {
  readonly of: SnippetProject
  readonly word: string
  /** Comments before it. */
  readonly says: readonly string[]
  readonly library: { readonly python: string; readonly typescript: string; readonly name: string }
  readonly keyVariable: string
  /** Names in Python and TypeScript, and the value; without a value it is left out. */
  readonly settings: readonly { readonly python: string; readonly typescript: string; readonly value: string | null }[]
}

function clientCode(code: ClientCode): Pick<Record<SnippetLanguage, string>, 'python' | 'typescript'> {
  const { keyVariable, library, of, says, settings, word } = code
  return {
    python: lines(
      'import os',
      '',
      `from ${library.python} import ${library.name}`,
      '',
      about('#', of, word),
      ...says.map((text) => `# ${text}`),
      `client = ${library.name}(`,
      `    api_key=os.environ["${keyVariable}"],`,
      ...settings.map(({ python, value }) => (value === null ? null : `    ${python}=${pythonString(value)},`)),
      ')',
    ),
    typescript: lines(
      `import ${library.name} from '${library.typescript}'`,
      '',
      about('//', of, word),
      ...says.map((text) => `// ${text}`),
      `const client = new ${library.name}({`,
      `  apiKey: process.env['${keyVariable}'],`,
      ...settings.map(({ typescript, value }) => (value === null ? null : `  ${typescript}: ${scriptString(value)},`)),
      '})',
    ),
  }
}

const OPENAI = { python: 'openai', typescript: 'openai', name: 'OpenAI' }
const ANTHROPIC = { python: 'anthropic', typescript: '@anthropic-ai/sdk', name: 'Anthropic' }

const base = (value: string | null) => ({ python: 'base_url', typescript: 'baseURL', value })

function openai(of: SnippetProject): Record<SnippetLanguage, string> {
  const { organizationId, project, baseUrl } = of
  return {
    ...clientCode({
      of,
      word: 'Project',
      says: [],
      library: OPENAI,
      keyVariable: KEY_VARIABLE.openai,
      settings: [
        { python: 'organization', typescript: 'organization', value: organizationId },
        { python: 'project', typescript: 'project', value: project.id },
        base(baseUrl),
      ],
    }),
    curl: lines(
      about('#', of, 'Project'),
      `curl ${shellWord(`${baseUrl ?? 'https://api.openai.com/v1'}/models`)} \\`,
      organizationId === null ? null : `  --header ${shellWord(`OpenAI-Organization: ${organizationId}`)} \\`,
      `  --header ${shellWord(`OpenAI-Project: ${project.id}`)} \\`,
      `  --header "Authorization: Bearer $${KEY_VARIABLE.openai}"`,
    ),
    env: lines(
      about('#', of, 'Project'),
      `${KEY_VARIABLE.openai}=`,
      organizationId === null ? null : `OPENAI_ORG_ID=${envValue(organizationId)}`,
      `OPENAI_PROJECT_ID=${envValue(project.id)}`,
      baseUrl === null ? null : `OPENAI_BASE_URL=${envValue(baseUrl)}`,
    ),
  }
}

const BOUND = 'The key selects the workspace: there is no parameter for it.'

function anthropic(of: SnippetProject): Record<SnippetLanguage, string> {
  const { baseUrl } = of
  const keyVariable = KEY_VARIABLE.anthropic
  return {
    ...clientCode({ of, word: 'Workspace', says: [BOUND], library: ANTHROPIC, keyVariable, settings: [base(baseUrl)] }),
    curl: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `curl ${shellWord(`${baseUrl ?? 'https://api.anthropic.com'}/v1/models`)} \\`,
      "  --header 'anthropic-version: 2023-06-01' \\",
      `  --header "x-api-key: $${keyVariable}"`,
    ),
    env: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `${keyVariable}=`,
      baseUrl === null ? null : `ANTHROPIC_BASE_URL=${envValue(baseUrl)}`,
    ),
  }
}

function openrouter(of: SnippetProject): Record<SnippetLanguage, string> {
  const baseUrl = of.baseUrl ?? 'https://openrouter.ai/api/v1'
  const keyVariable = KEY_VARIABLE.openrouter
  return {
    ...clientCode({ of, word: 'Workspace', says: [BOUND], library: OPENAI, keyVariable, settings: [base(baseUrl)] }),
    curl: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `curl ${shellWord(`${baseUrl}/models`)} \\`,
      `  --header "Authorization: Bearer $${keyVariable}"`,
    ),
    env: lines(about('#', of, 'Workspace'), `# ${BOUND}`, `${keyVariable}=`),
  }
}
