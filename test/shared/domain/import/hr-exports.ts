interface HrExport {
  readonly columns: readonly string[]
  /** Someone who has left. */
  readonly row: readonly string[]
  readonly mapping: Readonly<Record<string, string | null>>
  readonly entry: object
}

/** The export as pairs of a heading with its cell and the field that it fills. */
function toExport(
  cells: Readonly<Record<string, readonly [cell: string, field: string | null]>>,
  entry: object,
): HrExport {
  return {
    columns: Object.keys(cells),
    row: Object.values(cells).map(([cell]) => cell),
    mapping: Object.fromEntries(Object.entries(cells).map(([column, [, field]]) => [column, field])),
    entry,
  }
}

/** The headings that directories and HR systems write, with what each of them fills. */
export const HR_EXPORTS: Readonly<Record<string, HrExport>> = {
  'Entra ID': toExport(
    {
      userPrincipalName: ['jane.doe@acme.example', null],
      displayName: ['Jane Doe', 'name'],
      surname: ['Doe', 'familyName'],
      mail: ['jane@acme.example', 'email'],
      givenName: ['Jane', 'givenName'],
      objectId: ['0a1b2c3d-0000-4000-8000-000000000000', 'externalId'],
      userType: ['Member', 'contractor'],
      jobTitle: ['Engineer', 'jobTitle'],
      department: ['Ops', 'department'],
      accountEnabled: ['False', 'status'],
      usageLocation: ['DE', null],
      streetAddress: ['Main Street 1', null],
      state: ['Bavaria', null],
      country: ['Germany', null],
      physicalDeliveryOfficeName: ['HQ', null],
      city: ['Munich', null],
      postalCode: ['80331', null],
      telephoneNumber: ['', null],
      mobile: ['', null],
      alternateEmailAddress: ['jane@home.example', 'secondaryEmail'],
      ageGroup: ['', null],
    },
    { email: 'jane@acme.example', aliases: ['jane@home.example'], name: 'Jane Doe', contractor: false },
  ),
  'Google Workspace': toExport(
    {
      'First Name [Required]': ['Jane', 'givenName'],
      'Last Name [Required]': ['Doe', 'familyName'],
      'Email Address [Required]': ['jane@acme.example', 'email'],
      'Password [Required]': ['****', null],
      'New Primary Email [UPLOAD ONLY]': ['', null],
      'Status [READ ONLY]': ['Suspended', 'status'],
      'Recovery Email': ['', null],
      'Home Secondary Email': ['', 'secondaryEmail'],
      'Work Secondary Email': ['', 'aliases'],
      'Employee ID': ['17', 'externalId'],
      'Employee Type': ['', 'contractor'],
      'Employee Title': ['Engineer', 'jobTitle'],
      'Manager Email': ['', 'manager'],
      Department: ['Ops', 'department'],
      'New Status [UPLOAD ONLY]': ['', null],
    },
    { email: 'jane@acme.example', name: 'Jane Doe', externalId: '17' },
  ),
  BambooHR: toExport(
    {
      'Employee #': ['17', 'externalId'],
      'First Name': ['Jane', 'givenName'],
      'Last Name': ['Doe', 'familyName'],
      'Work Email': ['jane@acme.example', 'email'],
      'Home Email': ['jane@home.example', 'secondaryEmail'],
      'Job Title': ['Engineer', 'jobTitle'],
      Department: ['Ops', 'department'],
      Division: ['Europe', null],
      Location: ['Munich', null],
      'Hire Date': ['2020-01-31', 'startsOn'],
      Status: ['Inactive', 'status'],
      'Termination Date': ['2026-03-01', 'endsOn'],
      Supervisor: ['Ann Smith', 'manager'],
    },
    { email: 'jane@acme.example', name: 'Jane Doe', externalId: '17', endsOn: '2026-03-01' },
  ),
  Workday: toExport(
    {
      'Employee ID': ['17', 'externalId'],
      Worker: ['Jane Doe', 'name'],
      'Email - Primary Work': ['jane@acme.example', 'email'],
      'Business Title': ['Engineer', 'jobTitle'],
      'Supervisory Organization': ['Ops', 'department'],
      'Worker Type': ['Contingent Worker', 'contractor'],
      'Worker Status': ['Terminated', 'status'],
      'Hire Date': ['2020-01-31', 'startsOn'],
      'Termination Date': ['2026-03-01', 'endsOn'],
      Manager: ['Ann Smith', 'manager'],
      'Cost Center': ['4711', null],
    },
    { email: 'jane@acme.example', name: 'Jane Doe', contractor: true, department: 'Ops' },
  ),
  Okta: toExport(
    {
      'User Id': ['00u1abcd', 'externalId'],
      Username: ['jane.doe@acme.example', null],
      'First name': ['Jane', 'givenName'],
      'Last name': ['Doe', 'familyName'],
      'Primary email': ['jane@acme.example', 'email'],
      'Secondary email': ['', 'secondaryEmail'],
      Status: ['DEPROVISIONED', 'status'],
      Title: ['Engineer', 'jobTitle'],
      Department: ['Ops', 'department'],
      Manager: ['Ann Smith', 'manager'],
    },
    { email: 'jane@acme.example', name: 'Jane Doe', externalId: '00u1abcd' },
  ),
}
