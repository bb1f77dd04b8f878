import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The address of the frame that the window's page begins with, as a page by itself: the browser shows it before the shell
 * is attached, when nothing answers at the origin yet. `renderer`: the folder of the built pages.
 */
export async function makeFirstPage(renderer: string): Promise<string> {
  const page = await readFile(join(renderer, 'index.html'), 'utf8')
  const style = /<link rel="stylesheet"[^>]*href="\/(?<file>assets\/[^"]+)"/u.exec(page)?.groups?.['file']
  const css = style === undefined ? '' : await readFile(join(renderer, style), 'utf8')
  const body = page.slice(page.indexOf('<body>'), page.indexOf('</body>'))
  const first = `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>Castellan</title><style>${css}</style>${body}</body></html>`
  return `data:text/html;charset=utf-8,${encodeURIComponent(first)}`
}
