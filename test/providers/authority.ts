import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate authority of a test, and a certificate that it issued. Its keys live as long as the test's folder. */
export interface Authority {
  /** The authority's own certificate, as a file in PEM. */
  readonly file: string
  readonly tls: { readonly key: string; readonly cert: string }
}

/** Makes an authority with openssl, and a certificate for 127.0.0.1 and the named hosts. */
export function makeAuthority(...hosts: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-authority-'))
  const path = (name: string): string => join(folder, name)
  const openssl = (...argv: readonly string[]): void => {
    execFileSync('openssl', argv, { cwd: folder, stdio: 'pipe' })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority')
  openssl('req', ...newKey, '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=Test provider')
  const names = ['IP:127.0.0.1', ...hosts.map((host) => `DNS:${host}`)].join(',')
  writeFileSync(path('names.cnf'), `subjectAltName=${names}\n`)
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-extfile', 'names.cnf', '-days', '2']
  openssl('x509', '-req', '-in', 'own.csr', '-out', 'own.pem', ...signed)
  return {
    file: path('ca.pem'),
    tls: { key: readFileSync(path('own.key'), 'utf8'), cert: readFileSync(path('own.pem'), 'utf8') },
  }
}
