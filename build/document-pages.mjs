/** The pages of `docs/` that the window shows, in the order of its contents. */
export const DOCUMENT_PAGES = [
  'guide',
  'provider-roles',
  'lists',
  'policy',
  'findings',
  'quick-start-openai',
  'quick-start-anthropic',
  'quick-start-openrouter',
  'quick-start-litellm',
  'quick-start-github-copilot',
  'quick-start-cursor-team',
  'quick-start-file',
  'plan',
  'usage-reports',
  'usage-records',
  'file-provider',
  'recovery',
  'data-retention',
  'lock',
  'network',
  'troubleshooting',
  'upgrade',
  'uninstall',
  'limits',
  'verbs',
  'terminal',
  'mcp',
  'glossary',
]

/** The files that the pages are made from, relative to the root. */
export const DOCUMENT_SOURCES = [
  ...DOCUMENT_PAGES.map((name) => `docs/${name}.md`),
  'docs/pictures',
  'build/documents.mjs',
  'build/document-pages.mjs',
]
