import { readFile } from 'node:fs/promises'
import { extname, join, normalize, resolve, sep } from 'node:path'

import { newNonce, pageHeaders } from './headers.ts'
import { isOurs } from './origin.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const NONCE_PLACE = '__CASTELLAN_STYLE_NONCE__'

export type PageFile =
  | { readonly found: true; readonly file: string; readonly contentType: string; readonly entry: boolean }
  | { readonly found: false; readonly status: 403 | 404 | 405 }

/**
 * The file that a request asks for. Only GET, only our own origin, only files under the root with a known type; a path
 * without an extension is a place inside the window and gets the entry page. The path is decoded once, and one that
 * leads out of the root is rejected (also into a sibling folder that shares the root's first letters).
 */
export function resolvePage(root: string, origin: string, method: string, url: string): PageFile {
  if (method !== 'GET') return { found: false, status: 405 }
  if (!isOurs(url, origin)) return { found: false, status: 403 }
  const path = decoded(new URL(url).pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return { found: false, status: 404 }
  const base = resolve(root)
  const asked = normalize(join(base, path))
  if (asked !== base && !asked.startsWith(base + sep)) return { found: false, status: 403 }
  const extension = extname(asked).toLowerCase()
  if (extension === '') {
    return { found: true, file: join(base, 'index.html'), contentType: getContentType('.html'), entry: true }
  }
  const contentType = TYPES[extension]
  if (contentType === undefined) return { found: false, status: 404 }
  return { found: true, file: asked, contentType, entry: asked === join(base, 'index.html') }
}

export interface PageAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** Answers one request of the window. The entry page gets a new style nonce on each load. */
export async function answerPage(root: string, origin: string, method: string, url: string): Promise<PageAnswer> {
  const nonce = newNonce()
  const page = resolvePage(root, origin, method, url)
  if (!page.found) return refusal(page.status, nonce)
  const content = await readFile(page.file).catch(() => null)
  if (content === null) return refusal(404, nonce)
  const body = page.entry ? Buffer.from(content.toString('utf8').replaceAll(NONCE_PLACE, nonce)) : content
  return { status: 200, headers: pageHeaders(page.contentType, nonce), body }
}

function refusal(status: number, nonce: string): PageAnswer {
  return { status, headers: pageHeaders('text/plain; charset=utf-8', nonce), body: Buffer.alloc(0) }
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function getContentType(extension: string): string {
  return TYPES[extension] ?? 'application/octet-stream'
}
