import type { FieldRule } from './field-rule.ts'
import { PERSONNEL_RULES, type PersonnelField } from './personnel-fields.ts'

/** The fields of a row, and the headings that files use for them. */

export const PEOPLE_FIELDS = ['name', 'email', 'role', 'projects', 'lastReview'] as const

export const KEY_FIELDS = [
  'name',
  'keyId',
  'hint',
  'project',
  'owner',
  'ownerEmail',
  'madeBy',
  'madeByEmail',
  'created',
  'lastUsed',
  'expires',
  'status',
  'rotationDue',
  'purpose',
  'contact',
] as const

export const SERVICE_ACCOUNT_FIELDS = ['account', 'purpose', 'keyId', 'rotationDue', 'project', 'contact'] as const

export const TABLE_KINDS = ['people', 'keys', 'service-accounts'] as const

/** Tables of access, which belong to one organization. */
export type AccessTableKind = (typeof TABLE_KINDS)[number]

export type TableKind = AccessTableKind | 'personnel'

export type PeopleField = (typeof PEOPLE_FIELDS)[number]
export type KeyField = (typeof KEY_FIELDS)[number]
export type ServiceAccountField = (typeof SERVICE_ACCOUNT_FIELDS)[number]
export type Field = PeopleField | KeyField | ServiceAccountField | PersonnelField

const PURPOSE = ['purpose', 'usedfor', 'usage', 'use', 'application', 'app', 'description', 'comment', 'notes']
const CONTACT = [
  'contact',
  'contactperson',
  'contactemail',
  'responsible',
  'responsibleperson',
  'maintainer',
  'steward',
]
const ROTATION_DUE = [
  'rotationdue',
  'rotationduedate',
  'rotationdate',
  'nextrotation',
  'nextrotationdate',
  'rotateby',
  'rotateon',
  'due',
  'dueon',
  'duedate',
  'rotation',
]
const PROJECT = [
  'project',
  'projectname',
  'workspace',
  'workspacename',
  'projectid',
  'workspaceid',
  'projects',
  'workspaces',
]
const KEY_ID = [
  'keyid',
  'apikeyid',
  'keyidentifier',
  'apikeyidentifier',
  'trackingid',
  'externalid',
  'id',
  'key',
  'apikey',
]

export const FIELD_RULES: Readonly<Record<TableKind, readonly FieldRule<Field>[]>> = {
  people: [
    {
      field: 'name',
      label: 'name',
      shape: 'text',
      headings: [
        'name',
        'fullname',
        'displayname',
        'person',
        'personname',
        'member',
        'membername',
        'user',
        'username',
        'employee',
        'who',
      ],
    },
    {
      field: 'email',
      label: 'e-mail',
      shape: 'email',
      headings: [
        'email',
        'emailaddress',
        'mail',
        'mailaddress',
        'useremail',
        'memberemail',
        'workemail',
        'primaryemail',
        'login',
        'loginemail',
        'userprincipalname',
        'upn',
      ],
    },
    {
      field: 'role',
      label: 'role',
      shape: 'text',
      headings: [
        'role',
        'organizationrole',
        'organisationrole',
        'orgrole',
        'userrole',
        'memberrole',
        'rolename',
        'accesslevel',
        'permission',
        'permissions',
        'access',
        'level',
      ],
    },
    {
      field: 'projects',
      label: 'projects',
      shape: 'text',
      headings: [
        'projects',
        'workspaces',
        'projectnames',
        'workspacenames',
        'assignedprojects',
        'projectaccess',
        'workspaceaccess',
        'project',
        'workspace',
        'projectname',
        'workspacename',
      ],
    },
    {
      field: 'lastReview',
      label: 'last review',
      shape: 'date',
      headings: [
        'lastreview',
        'lastreviewed',
        'lastreviewdate',
        'lastreviewedon',
        'lastaccessreview',
        'reviewdate',
        'reviewed',
        'reviewedon',
        'reviewedat',
      ],
    },
  ],
  keys: [
    {
      field: 'name',
      label: 'name',
      shape: 'text',
      headings: [
        'name',
        'keyname',
        'secretkeyname',
        'apikeyname',
        'displayname',
        'label',
        'title',
        'nickname',
        'apikey',
        'key',
      ],
    },
    { field: 'keyId', label: 'key ID', shape: 'key-id', headings: KEY_ID },
    {
      field: 'hint',
      label: 'redacted key',
      shape: 'redacted',
      headings: [
        'redactedkey',
        'redactedvalue',
        'partialkeyhint',
        'partialkey',
        'maskedkey',
        'obfuscatedkey',
        'keyhint',
        'hint',
        'keyprefix',
        'lastfour',
        'last4',
        'secretkey',
        'sensitiveid',
        'secret',
        'value',
        'apikey',
        'key',
      ],
    },
    { field: 'project', label: 'project', shape: 'text', headings: PROJECT },
    {
      field: 'owner',
      label: 'owner',
      shape: 'text',
      headings: [
        'owner',
        'ownername',
        'createdby',
        'createdbyname',
        'creator',
        'user',
        'username',
        'person',
        'assignedto',
        'serviceaccount',
        'account',
      ],
    },
    {
      field: 'ownerEmail',
      label: 'owner’s e-mail',
      shape: 'email',
      headings: [
        'owneremail',
        'owneremailaddress',
        'createdbyemail',
        'creatoremail',
        'useremail',
        'email',
        'emailaddress',
        'mail',
      ],
    },
    { field: 'madeBy', label: 'creator', shape: 'text', headings: ['madeby'] },
    { field: 'madeByEmail', label: 'creator’s e-mail', shape: 'email', headings: ['madebyemail'] },
    {
      field: 'created',
      label: 'created',
      shape: 'date',
      isPast: true,
      headings: [
        'created',
        'createdat',
        'createdon',
        'createddate',
        'datecreated',
        'creationdate',
        'creationtime',
        'issued',
        'issuedat',
      ],
    },
    {
      field: 'lastUsed',
      label: 'last used',
      shape: 'date',
      isPast: true,
      headings: [
        'lastused',
        'lastusedat',
        'lastusedon',
        'lastuseddate',
        'lastuse',
        'lastactivity',
        'lastactive',
        'lastseen',
      ],
    },
    {
      field: 'expires',
      label: 'expires',
      shape: 'date',
      headings: [
        'expires',
        'expiresat',
        'expireson',
        'expiry',
        'expirydate',
        'expiration',
        'expirationdate',
        'expiresdate',
        'validuntil',
      ],
    },
    { field: 'status', label: 'status', shape: 'text', headings: ['status', 'state', 'keystatus'] },
    { field: 'rotationDue', label: 'rotation due', shape: 'date', headings: ROTATION_DUE },
    { field: 'purpose', label: 'purpose', shape: 'text', headings: PURPOSE },
    { field: 'contact', label: 'contact', shape: 'text', headings: CONTACT },
  ],
  'service-accounts': [
    {
      field: 'account',
      label: 'account',
      shape: 'text',
      headings: ['account', 'accountname', 'serviceaccount', 'serviceaccountname', 'name', 'displayname', 'bot'],
    },
    { field: 'purpose', label: 'purpose', shape: 'text', headings: PURPOSE },
    { field: 'keyId', label: 'key ID', shape: 'key-id', headings: [...KEY_ID, 'redactedkey', 'secretkey'] },
    { field: 'rotationDue', label: 'rotation due', shape: 'date', headings: ROTATION_DUE },
    { field: 'project', label: 'project', shape: 'text', headings: PROJECT },
    { field: 'contact', label: 'contact', shape: 'text', headings: [...CONTACT, 'owner'] },
  ],
  personnel: PERSONNEL_RULES,
}

/**
 * A heading for comparing: letters and digits alone, lower case, without accents, and without a note in brackets at its
 * end. `Employee #` is a number.
 */
export function plainHeading(heading: string): string {
  return heading
    .replace(/\s*\[[^\]]*\]\s*$/u, '')
    .replace(/(?<=\p{L})\s*#\s*$/u, 'number')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

export function fieldLabel(kind: TableKind, field: string): string {
  return FIELD_RULES[kind].find((rule) => rule.field === field)?.label ?? field
}

/** A column has to fill one field of each group; otherwise no row of the file is complete enough. */
export const REQUIRED_FIELDS: Readonly<Record<TableKind, readonly (readonly Field[])[]>> = {
  people: [['name', 'email'], ['role']],
  keys: [['name', 'keyId']],
  'service-accounts': [['account']],
  personnel: [['email']],
}
