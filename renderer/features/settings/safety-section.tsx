import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { BackupsSection } from './backups-section.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { RecoveryAbout, RecoveryDialog } from './recovery-dialog.tsx'

/** The recovery code, and the integrity of the register. */
export function SafetySection(): ReactElement {
  const info = useInfo()
  const [opened, dialog] = useDisclosure(false)
  const check = useMutation(query.app.integrity.mutationOptions())
  return (
    <>
      <section className="c-setting-wide">
        <h2 className="c-card-title">Recovery code</h2>
        <RecoveryAbout />
        <Button variant="default" onClick={dialog.open}>
          Show recovery code
        </Button>
        <RecoveryDialog opened={opened} close={dialog.close} />
      </section>
      <section className="c-setting-wide">
        <h2 className="c-card-title">Keychain</h2>
        <p>
          <Status tone={info?.keychain.available ? 'good' : 'warn'}>
            {info?.keychain.available ? 'Available' : 'Not available'}
          </Status>{' '}
          {info?.keychain.detail}
        </p>
      </section>
      <section className="c-setting-wide">
        <h2 className="c-card-title">Integrity</h2>
        <p className="c-prose">
          Checks the database file, what its rows refer to, and the hash chain of the audit log.
        </p>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate(undefined)}>
          Check register
        </Button>
        <div aria-live="polite" className="c-result">
          {check.isError ? <Failed error={check.error} retry={() => check.mutate(undefined)} /> : null}
          {check.isSuccess ? (
            <>
              <p>
                <Status tone={check.data.ok ? 'good' : 'bad'}>{check.data.ok ? 'Intact' : 'Damaged'}</Status> checked{' '}
                <When at={check.data.checkedAt} />, {wholeNumber(check.data.journalRows)} rows in the audit log
              </p>
              {check.data.problems.length > 0 ? (
                <ul>
                  {check.data.problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              ) : null}
            </>
          ) : null}
        </div>
      </section>
      <BackupsSection />
      <EvidenceSection />
    </>
  )
}
