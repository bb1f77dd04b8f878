import { Button } from '@mantine/core'
import { IconCertificate, IconDoorExit, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { Offboarding } from '../../../shared/contract/offboarding.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Problem } from '../../ui/failure.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useFreshQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { Holdings } from './holdings.tsx'
import { WritePack } from '../reviews/write-pack.tsx'

const route = getRouteApi('/offboarding')

/**
 * Everything that the agency can still access at the client in scope, the way to end it, and the certificate that it is
 * done.
 */
export function Page(): ReactElement {
  const { client } = useScope()
  return client === undefined ? (
    <PageFrame title="Offboarding">
      <Empty
        icon={IconDoorExit}
        title="Offboarding is about one client"
        action={
          <ButtonLink to="/clients" search={{}}>
            Choose client
          </ButtonLink>
        }
      >
        Show only the client whose organizations the agency is leaving.
      </Empty>
    </PageFrame>
  ) : (
    <OfClient client={client} />
  )
}

function OfClient({ client }: { readonly client: string }): ReactElement {
  const { certify = false } = route.useSearch()
  const navigate = route.useNavigate()
  const { go } = useRemediationFlow()
  const status = useFreshQuery(query.offboarding.get.queryOptions({ input: { client } }))
  const setCertify = (opened: boolean): void =>
    void navigate({ search: (now) => ({ ...now, certify: opened ? true : undefined }) })
  const add = useMutation({
    mutationFn: () => api.offboarding.addAll({ client }),
    onError: notifyFailed,
    onSuccess: ({ added, refused }) => {
      if (refused.length > 0) notifyFailed(new Problem(`Not added: ${refused.map(visibleText).join(' ')}`))
      if (added.length > 0) go({ step: 'changes', ids: added })
    },
  })
  const isClear = status.data?.obstacles.length === 0
  const left = (status.data?.items ?? []).filter(
    ({ kind, listed, remediation }) =>
      kind !== 'role' && kind !== 'shared-key' && listed === null && remediation !== null,
  ).length
  return (
    <PageFrame
      title="Offboarding"
      aside={status.data === undefined ? undefined : visibleText(status.data.client.name)}
      actions={
        <>
          <Button
            variant={isClear ? 'default' : 'filled'}
            leftSection={<IconShieldX size={14} aria-hidden />}
            disabled={left === 0}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            Remove all access…
          </Button>
          <Button
            variant={isClear ? 'filled' : 'default'}
            leftSection={<IconCertificate size={14} aria-hidden />}
            disabled={!isClear}
            title={isClear ? undefined : 'Possible once nothing below prevents it'}
            onClick={() => setCertify(true)}
          >
            Create certificate
          </Button>
        </>
      }
    >
      <Answer of={status} what="the remaining access">
        {(data) => (
          <>
            <Obstacles status={data} />
            <Holdings status={data} />
            <Readings readings={data.readings} />
          </>
        )}
      </Answer>
      <CertificateDialog client={client} opened={certify} close={() => setCertify(false)} />
    </PageFrame>
  )
}

function Obstacles({ status }: { readonly status: Offboarding }): ReactElement {
  const { domains, obstacles, people, readings } = status
  const isUnread = readings.every(({ syncId }) => syncId === null)
  return (
    <section className="c-card c-padded" aria-label="State">
      {obstacles.length === 0 ? (
        <Status tone="good">No remaining access: the certificate can be created</Status>
      ) : (
        <>
          <Status tone="warn">{`${plural(obstacles.length, 'obstacle')} to the certificate`}</Status>
          {obstacles.length === 1 ? (
            <p className="c-prose">{obstacles.map(visibleText)}</p>
          ) : (
            <ul>
              {obstacles.map((sentence) => (
                <li key={sentence}>{visibleText(sentence)}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <p className="c-help">
        {`${isUnread ? 'People' : plural(people.length, 'person', 'people')} of the agency, by ${domains.length === 0 ? 'membership in its own organizations' : `the addresses ${domains.map(visibleText).join(', ')}`}.`}
      </p>
    </section>
  )
}

function Readings({ readings }: { readonly readings: Offboarding['readings'] }): ReactElement | null {
  if (readings.length === 0) return null
  return (
    <section className="c-card c-padded" aria-label="Last sync">
      <header className="c-card-head">
        <h2 className="c-card-title">Last sync</h2>
      </header>
      <ul className={readings.length === 1 ? 'c-list' : undefined}>
        {readings.map(({ connection, credential, endedAt, obstacle, syncId }) => (
          <li key={connection.id}>
            {visibleText(connection.label)}{' '}
            {syncId === null ? null : (
              <span className="c-quiet">
                {`sync ${syncId}, `}
                <When at={endedAt} />
              </span>
            )}{' '}
            <Status tone={obstacle === null ? 'good' : 'warn'}>
              {obstacle === null ? 'Up to date' : visibleText(obstacle)}
            </Status>{' '}
            {credential === null ? null : (
              <ButtonLink to="/connections" search={{ connection: connection.id }} size="compact-xs" variant="subtle">
                {`Credential ${visibleText(credential.hint ?? '')} is stored here`}
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CertificateDialogProps {
  readonly client: string
  readonly opened: boolean
  readonly close: () => void
}

/** Writes the signed certificate that the agency has no access at a client any more. */
function CertificateDialog({ client, opened, close }: CertificateDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Certificate of offboarding" size="lg">
      <WritePack
        label="Certificate of offboarding"
        verb="Create certificate"
        write={(to) => api.offboarding.certificate({ client, ...to })}
        close={close}
      >
        States that no access remains, as of which sync, what was held before and when it was removed, and the keys for
        the client to rotate: as Markdown, CSV and JSON, with the rows of the audit log, signed with this register’s
        key.
      </WritePack>
    </Dialog>
  )
}
