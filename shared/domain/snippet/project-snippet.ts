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
export const SNIPPET_PROVIDERS = ['openai', 'anthropic', 'openrouter'] as const
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

function openai(of: SnippetProject): Record<SnippetLanguage, string> {
  const { organizationId, project, baseUrl } = of
  const base = baseUrl ?? 'https://api.openai.com/v1'
  return {
    python: lines(
      'import os',
      '',
      'from openai import OpenAI',
      '',
      about('#', of, 'Project'),
      'client = OpenAI(',
      `    api_key=os.environ["${KEY_VARIABLE.openai}"],`,
      organizationId === null ? null : `    organization=${pythonString(organizationId)},`,
      `    project=${pythonString(project.id)},`,
      baseUrl === null ? null : `    base_url=${pythonString(baseUrl)},`,
      ')',
    ),
    typescript: lines(
      "import OpenAI from 'openai'",
      '',
      about('//', of, 'Project'),
      'const client = new OpenAI({',
      `  apiKey: process.env['${KEY_VARIABLE.openai}'],`,
      organizationId === null ? null : `  organization: ${scriptString(organizationId)},`,
      `  project: ${scriptString(project.id)},`,
      baseUrl === null ? null : `  baseURL: ${scriptString(baseUrl)},`,
      '})',
    ),
    curl: lines(
      about('#', of, 'Project'),
      `curl ${shellWord(`${base}/models`)} \\`,
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
  return {
    python: lines(
      'import os',
      '',
      'from anthropic import Anthropic',
      '',
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      'client = Anthropic(',
      `    api_key=os.environ["${KEY_VARIABLE.anthropic}"],`,
      baseUrl === null ? null : `    base_url=${pythonString(baseUrl)},`,
      ')',
    ),
    typescript: lines(
      "import Anthropic from '@anthropic-ai/sdk'",
      '',
      about('//', of, 'Workspace'),
      `// ${BOUND}`,
      'const client = new Anthropic({',
      `  apiKey: process.env['${KEY_VARIABLE.anthropic}'],`,
      baseUrl === null ? null : `  baseURL: ${scriptString(baseUrl)},`,
      '})',
    ),
    curl: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `curl ${shellWord(`${baseUrl ?? 'https://api.anthropic.com'}/v1/models`)} \\`,
      "  --header 'anthropic-version: 2023-06-01' \\",
      `  --header "x-api-key: $${KEY_VARIABLE.anthropic}"`,
    ),
    env: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `${KEY_VARIABLE.anthropic}=`,
      baseUrl === null ? null : `ANTHROPIC_BASE_URL=${envValue(baseUrl)}`,
    ),
  }
}

function openrouter(of: SnippetProject): Record<SnippetLanguage, string> {
  const base = of.baseUrl ?? 'https://openrouter.ai/api/v1'
  return {
    python: lines(
      'import os',
      '',
      'from openai import OpenAI',
      '',
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      'client = OpenAI(',
      `    api_key=os.environ["${KEY_VARIABLE.openrouter}"],`,
      `    base_url=${pythonString(base)},`,
      ')',
    ),
    typescript: lines(
      "import OpenAI from 'openai'",
      '',
      about('//', of, 'Workspace'),
      `// ${BOUND}`,
      'const client = new OpenAI({',
      `  apiKey: process.env['${KEY_VARIABLE.openrouter}'],`,
      `  baseURL: ${scriptString(base)},`,
      '})',
    ),
    curl: lines(
      about('#', of, 'Workspace'),
      `# ${BOUND}`,
      `curl ${shellWord(`${base}/models`)} \\`,
      `  --header "Authorization: Bearer $${KEY_VARIABLE.openrouter}"`,
    ),
    env: lines(about('#', of, 'Workspace'), `# ${BOUND}`, `${KEY_VARIABLE.openrouter}=`),
  }
}
