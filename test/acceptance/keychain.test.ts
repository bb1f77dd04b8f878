import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { resultIn, secretServiceMissing, withSecretService } from '../electron/secrets/secret-service.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'

interface Report {
  readonly found: string[]
  readonly looks: number
  readonly files: number
  readonly keyFile: boolean
  readonly outputs: Readonly<Record<string, { readonly code: number | null; readonly stdout: string }>>
}

const missing = secretServiceMissing()

describe.skipIf(missing !== null)(
  `a credential in a real Secret Service${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    it(
      'opens the organization for every process and is in no file, output, argument or environment',
      { timeout: 180_000 },
      async () => {
        const server = await startFakeOpenAi({ organizations: [northfoldOpenAi()], latencyMs: 20 })
        const folder = mkdtempSync(join(tmpdir(), 'castellan-keychain-'))
        const input = join(folder, 'credential')
        writeFileSync(input, NORTHFOLD_CREDENTIAL, { mode: 0o600 })
        const profile = join(folder, 'profile')
        const script = resolve(import.meta.dirname, 'keychain-script.ts')
        const { code, stdout, stderr } = await withSecretService(
          [
            'bash',
            '-c',
            'exec "$0" --disable-warning=ExperimentalWarning "$1" "$2" "$3" < "$4"',
            process.execPath,
            script,
            profile,
            server.baseUrl,
            input,
          ],
          {},
          { timeoutMs: 170_000 },
        )
        await server.close()
        expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
        const report = resultIn<Report>(stdout)
        const codes = Object.fromEntries(Object.entries(report.outputs).map(([name, output]) => [name, output.code]))
        expect(codes).toMatchObject({
          'client add': 0,
          'connection add': 0,
          'connection test': 0,
          sync: 0,
          'person list': 0,
          register: 0,
          integrity: 0,
          'connection remove': 0,
        })
        expect(report.outputs['person list']?.stdout).toContain('Mara Lindqvist')
        expect(report.outputs['connection list']?.stdout).toContain('stored')
        // The register key is in the keychain, not in a file.
        expect(report.keyFile).toBe(false)
        expect(report.found).toEqual([])
        expect(report.looks).toBeGreaterThan(20)
        expect(report.files).toBeGreaterThan(2)
        console.log(
          `searched ${report.files} files, and all processes ${report.looks} times: the credential was nowhere`,
        )
      },
    )
  },
)
