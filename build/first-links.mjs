/** The needs of the window's first page beside its start: the faces of its letters and the page that it opens with. */
const FACES = /\/(?:inter|jetbrains-mono)-latin-wght-normal-[^/]*\.woff2$/u
const FIRST_PAGE = '/features/today/page.tsx'
const START = '/app/start.tsx'

/**
 * A plugin of vite that names, in the HTML of the window, what its first page loads later: otherwise the browser learns of
 * each part only when the one before has run.
 * @returns {import('vite').Plugin}
 */
export function firstLinks() {
  return {
    name: 'castellan:first-links',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const files = Object.values(bundle)
        const chunks = files.filter((file) => file.type === 'chunk')
        const has = (module) => chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)))
        const needed = new Set()
        const add = (chunk) => {
          if (chunk === undefined || needed.has(chunk)) return
          needed.add(chunk)
          for (const name of chunk.imports) add(bundle[name])
        }
        add(chunks.find(({ isEntry }) => isEntry))
        // The HTML names these already.
        const named = new Set(needed)
        for (const module of [START, FIRST_PAGE]) {
          const chunk = has(module)
          if (chunk === undefined) throw new Error(`No chunk contains ${module}.`)
          add(chunk)
        }
        const later = [...needed].filter((chunk) => !named.has(chunk))
        const faces = files.filter(({ fileName }) => FACES.test(`/${fileName}`))
        return [
          ...later.map(({ fileName }) => link({ rel: 'modulepreload', href: fileName })),
          ...later
            .flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])])
            .map((href) => link({ rel: 'preload', as: 'style', href })),
          ...faces.map(({ fileName }) => link({ rel: 'preload', as: 'font', type: 'font/woff2', href: fileName })),
        ]
      },
    },
  }
}

function link({ href, ...attrs }) {
  return { tag: 'link', attrs: { ...attrs, crossorigin: '', href: `/${href}` }, injectTo: 'head' }
}
