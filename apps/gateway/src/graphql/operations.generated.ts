// Generated from apps/web/src/**/*.graphql and the gateway's schema by `npm run generate`. Do not edit.
/** What the browser application asks, by `sha256:` and the SHA-256 of the text. */
export const OPERATIONS: Readonly<Record<string, string>> = {
  'sha256:d01f765f395a9ba69264d4fbb794a0a884b8fe728a627d803fa9de591b4a07b4': `query ActionPage($id: ID!) {
  action(id: $id) {
    ...ActionFields
    history {
      at
      actorName
      kind
      note
      progress
      evidence {
        id
        name
        size
        type
        path
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}`,
  'sha256:26267ba96102cba7e0940c2a8c65ace21cd3affaffbb6e136ba501b741efb848': `query MyActions($first: Int!, $after: String, $statuses: [ActionStatus!]) {
  viewer {
    id
    myActions(first: $first, after: $after, statuses: $statuses) {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        ...ActionFields
        __typename
      }
      pageInfo {
        hasNextPage
        endCursor
        __typename
      }
      totalCount
      __typename
    }
    __typename
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}`,
  'sha256:ff3791f442fe9d4231a047a669310ea873484d641fcd319a489984a4803e9efe': `mutation ReadyAction($input: ReadyActionInput!) {
  readyAction(input: $input) {
    __typename
    ... on ActionChanged {
      action {
        ...ActionFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:9c892fb57d8c76a549c229cc5f5a2349818dc0b9880205d5c67fbc75f1761157': `mutation ReportProgress($input: ReportProgressInput!) {
  reportProgress(input: $input) {
    __typename
    ... on ActionChanged {
      action {
        ...ActionFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:63a5a6338793a627d54c386924e63b9516849b5fbcee9bc368b02f0b264b73cc': `mutation CompleteAction($input: CompleteActionInput!) {
  completeAction(input: $input) {
    __typename
    ... on ActionChanged {
      action {
        ...ActionFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:20c2688b18b9b6a5b94f9fde8419da0f11b99510d0361c2207ec103e437d24e7': `query AuditPage($district: String!, $puskesmas: String, $from: DateTime, $until: DateTime, $first: Int!, $after: String) {
  audit(
    district: $district
    puskesmas: $puskesmas
    from: $from
    until: $until
    first: $first
    after: $after
  ) {
    status
    message {
      id
      en
      __typename
    }
    missing
    totalCount
    nodes {
      ...AuditEntryFields
      __typename
    }
    pageInfo {
      hasNextPage
      endCursor
      __typename
    }
    __typename
  }
}

fragment AuditEntryFields on AuditEntry {
  id
  at
  timeZone
  actor
  person
  personName
  operation
  recordKind
  record
  part
  change
  changes {
    field
    before
    after
    __typename
  }
  service
  number
  __typename
}`,
  'sha256:01994c398868fb5a14c66d6a5af62b474e23693632895d258832a0c43bd058f5': `query Catalogue($code: String!, $year: Int!) {
  district(code: $code) {
    code
    catalogue(year: $year) {
      status
      message {
        id
        en
        __typename
      }
      asOf
      maySet
      bundle {
        year
        name
        indicatorCount
        __typename
      }
      bands {
        kurangAtMost
        baikFrom
        __typename
      }
      elements {
        code
        nameId
        nameEn
        unit
        sumOf
        __typename
      }
      indicators {
        ...CatalogueIndicatorFields
        __typename
      }
      targets {
        ...TargetFields
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment CatalogueIndicatorFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  registeredElement
  running
  curve
  activeMonths
  uses
  source
  cluster
  smallCountsBelow
  expectedFrom
  __typename
}

fragment TargetFields on Target {
  indicatorCode
  scope
  forName
  month
  value
  running
  curve
  source
  approvedBy
  approvedOn
  setByName
  setAt
  __typename
}`,
  'sha256:ae8f437d2137c5957be2790450c34876a985bcf2874978bb2690ae1bd861c92e': `query CataloguePlaces($code: String!, $period: YearMonth!) {
  district(code: $code) {
    code
    coachingGroups {
      id
      name
      __typename
    }
    overview(period: $period) {
      rows {
        puskesmas {
          code
          name
          __typename
        }
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:76ed51954a4f014e0e187e5c030e20545fb7749f791c244ff70ccdc6bb3bb5c2': `mutation SetTargets($input: SetTargetsInput!) {
  setTargets(input: $input) {
    __typename
    ... on TargetsSet {
      changed
      units
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:3dbad6e57ff94a0121b9190337b0324b6a950dfdb6efa7632c6a5adb370b3034': `query BundleDraft($code: String!, $year: Int!) {
  district(code: $code) {
    code
    bundleDraft(year: $year) {
      status
      message {
        id
        en
        __typename
      }
      asOf
      published
      mayPublish
      publishedYears
      referenceCount
      draft {
        revision
        name
        fromYear
        bands {
          kurangAtMost
          baikFrom
          __typename
        }
        lowerIsBetter
        elements {
          code
          nameId
          nameEn
          unit
          sumOf
          __typename
        }
        indicators {
          ...CatalogueIndicatorFields
          __typename
        }
        changedByName
        changedAt
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment CatalogueIndicatorFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  registeredElement
  running
  curve
  activeMonths
  uses
  source
  cluster
  smallCountsBelow
  expectedFrom
  __typename
}`,
  'sha256:64e1913dc8b4026154106960041d65272190f1e1e7932500a4e4a1f489dbe33c': `mutation StartBundleDraft($input: StartBundleDraftInput!) {
  startBundleDraft(input: $input) {
    __typename
    ... on BundleDraftStarted {
      revision
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:076ef18da626e3ae778e7bd69347286a072f3ab65e1b07bec82c0a0c5804eea4': `mutation ChangeBundleDraft($input: ChangeBundleDraftInput!) {
  changeBundleDraft(input: $input) {
    __typename
    ... on BundleDraftChanged {
      revision
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:82776747c36d128303dfe499bdbaa33e467b320e861bddbf826c2ad535542f6a': `mutation DiscardBundleDraft($input: DiscardBundleDraftInput!) {
  discardBundleDraft(input: $input) {
    __typename
    ... on BundleDraftDiscarded {
      year
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b754a5b4b7923975496b49f38510e382b48b2b55832be46c4d0b7f16dd15df11': `mutation PublishBundleDraft($input: PublishBundleDraftInput!) {
  publishBundleDraft(input: $input) {
    __typename
    ... on BundlePublished {
      year
      indicatorCount
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:9bdc0554bcef608e2fa3da4c6d634a84d59f90dac70b93bfd7d574522fe5b2f8': `query DistrictCompleteness($code: String!, $year: Int!) {
  district(code: $code) {
    id
    code
    completeness(year: $year) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      districtName
      hasBundle
      rows {
        puskesmas {
          id
          code
          name
          __typename
        }
        months {
          period
          timeliness
          expected
          reported
          submittedAt
          __typename
        }
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:1fb185d121c49b9fb37486304fd327d4e3b7fdc579f62b3a8a6f92c350a3fe20': `query DistrictOverview($code: String!, $period: YearMonth!) {
  district(code: $code) {
    id
    code
    overview(period: $period) {
      ...OverviewFields
      __typename
    }
    __typename
  }
}

fragment OverviewFields on DistrictOverview {
  period
  indicators {
    status
    asOf
    message {
      id
      en
      __typename
    }
    districtName
    bundle {
      year
      name
      indicatorCount
      __typename
    }
    submitted
    expected
    tally {
      ...TallyFields
      __typename
    }
    __typename
  }
  actions {
    status
    asOf
    message {
      id
      en
      __typename
    }
    proposed
    open
    overdue
    needsCompletion
    __typename
  }
  notifications {
    status
    asOf
    message {
      id
      en
      __typename
    }
    unreachable
    __typename
  }
  meetings {
    status
    asOf
    message {
      id
      en
      __typename
    }
    held
    signed
    missed
    expected
    __typename
  }
  rows {
    puskesmas {
      id
      code
      name
      __typename
    }
    evaluation {
      ...EvaluationFields
      __typename
    }
    tally {
      ...TallyFields
      __typename
    }
    warnings
    worst {
      code
      name
      performance
      __typename
    }
    proposedActions
    openActions
    overdueActions
    actionsNeedingCompletion
    unreachable
    meeting {
      id
      month
      status
      startsAt
      signedAt
      __typename
    }
    __typename
  }
  __typename
}

fragment TallyFields on Tally {
  baik
  cukup
  kurang
  tanpaTarget
  tanpaData
  disembunyikan
  __typename
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}`,
  'sha256:99ef7c113a80b01bdb8dff838e70a9d018e0ff7182e1828c58de3e530202cc7a': `query CoachingGroupOverview($district: String!, $code: String!, $period: YearMonth!) {
  coachingGroup(district: $district, code: $code) {
    id
    code
    name
    overview(period: $period) {
      ...OverviewFields
      __typename
    }
    __typename
  }
}

fragment OverviewFields on DistrictOverview {
  period
  indicators {
    status
    asOf
    message {
      id
      en
      __typename
    }
    districtName
    bundle {
      year
      name
      indicatorCount
      __typename
    }
    submitted
    expected
    tally {
      ...TallyFields
      __typename
    }
    __typename
  }
  actions {
    status
    asOf
    message {
      id
      en
      __typename
    }
    proposed
    open
    overdue
    needsCompletion
    __typename
  }
  notifications {
    status
    asOf
    message {
      id
      en
      __typename
    }
    unreachable
    __typename
  }
  meetings {
    status
    asOf
    message {
      id
      en
      __typename
    }
    held
    signed
    missed
    expected
    __typename
  }
  rows {
    puskesmas {
      id
      code
      name
      __typename
    }
    evaluation {
      ...EvaluationFields
      __typename
    }
    tally {
      ...TallyFields
      __typename
    }
    warnings
    worst {
      code
      name
      performance
      __typename
    }
    proposedActions
    openActions
    overdueActions
    actionsNeedingCompletion
    unreachable
    meeting {
      id
      month
      status
      startsAt
      signedAt
      __typename
    }
    __typename
  }
  __typename
}

fragment TallyFields on Tally {
  baik
  cukup
  kurang
  tanpaTarget
  tanpaData
  disembunyikan
  __typename
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}`,
  'sha256:4b04b548ba1c6b5a947ef62915bdd2e61720d7cdbcf110c30eca6601a3547817': `query DistrictIndicator($district: String!, $period: YearMonth!, $code: String!) {
  district(code: $district) {
    id
    code
    coachingGroups {
      id
      code
      name
      __typename
    }
    indicator(period: $period, code: $code) {
      ...IndicatorAcrossFields
      __typename
    }
    __typename
  }
}

fragment IndicatorAcrossFields on DistrictIndicatorPart {
  status
  asOf
  message {
    id
    en
    __typename
  }
  definition {
    ...DefinitionFields
    __typename
  }
  numerator
  denominator
  coverage
  runningTarget
  performance
  judgement
  reporting
  expected
  ranked
  units {
    puskesmas {
      id
      code
      name
      __typename
    }
    result {
      ...ResultFields
      __typename
    }
    rank
    __typename
  }
  __typename
}

fragment DefinitionFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  cluster
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  source
  __typename
}

fragment ResultFields on IndicatorResult {
  code
  name
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  judgement
  numerator
  denominator
  coverage
  coverageState
  runningTarget
  performance
  performanceCapped
  monthsReported
  monthsExpected
  warnings {
    ...WarningFields
    __typename
  }
  __typename
}

fragment WarningFields on Warning {
  code
  indicatorCode
  message {
    id
    en
    __typename
  }
  __typename
}`,
  'sha256:b884c85562d994b59b172cbb1c14ed6f733652f01c105d15ff64d745dc0cab17': `query CoachingGroupIndicator($district: String!, $group: String!, $period: YearMonth!, $code: String!) {
  coachingGroup(district: $district, code: $group) {
    id
    name
    indicator(period: $period, code: $code) {
      ...IndicatorAcrossFields
      __typename
    }
    __typename
  }
}

fragment IndicatorAcrossFields on DistrictIndicatorPart {
  status
  asOf
  message {
    id
    en
    __typename
  }
  definition {
    ...DefinitionFields
    __typename
  }
  numerator
  denominator
  coverage
  runningTarget
  performance
  judgement
  reporting
  expected
  ranked
  units {
    puskesmas {
      id
      code
      name
      __typename
    }
    result {
      ...ResultFields
      __typename
    }
    rank
    __typename
  }
  __typename
}

fragment DefinitionFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  cluster
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  source
  __typename
}

fragment ResultFields on IndicatorResult {
  code
  name
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  judgement
  numerator
  denominator
  coverage
  coverageState
  runningTarget
  performance
  performanceCapped
  monthsReported
  monthsExpected
  warnings {
    ...WarningFields
    __typename
  }
  __typename
}

fragment WarningFields on Warning {
  code
  indicatorCode
  message {
    id
    en
    __typename
  }
  __typename
}`,
  'sha256:b4279c48c26a156a6f2796ecd7709da3e5c6b0f10e487c0e9239b4b2193e039c': `subscription DistrictChanged($code: String!) {
  districtChanged(code: $code) {
    puskesmasCode
    period
    kind
    seen
    __typename
  }
}`,
  'sha256:ce407b4ea7e67afbef27567b51408cc16efda159e2d3dddf3a4484c5ca9fd90e': `query PuskesmasGuests($code: String!) {
  puskesmas(code: $code) {
    id
    name
    guests {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        ...GuestFields
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}`,
  'sha256:35d4521202775285e73d8bf5d3b70ddb3d2e352641812f6c3a7682c1422b0a3b': `mutation AddGuest($input: AddGuestInput!) {
  addGuest(input: $input) {
    __typename
    ... on GuestChanged {
      guest {
        ...GuestFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:976df5cc26906b5338e0a12ad28c24142face11e9f8be14a8b9919a5618be6c7': `mutation ChangeGuest($input: ChangeGuestInput!) {
  changeGuest(input: $input) {
    __typename
    ... on GuestChanged {
      guest {
        ...GuestFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:04cfcbef585aeee4a737e4b76742d7ed04d8d2fb82ac2e8924d54221054198b2': `mutation EndGuest($input: EndGuestInput!) {
  endGuest(input: $input) {
    __typename
    ... on GuestChanged {
      guest {
        ...GuestFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:a67fcd6664fcea164d1d6f86f117a795897a86a28eb8b9ccacde544786759eaa': `mutation IssueGuestLink($input: IssueGuestLinkInput!) {
  issueGuestLink(input: $input) {
    __typename
    ... on GuestLinkIssued {
      guest {
        ...GuestFields
        __typename
      }
      secret
      __typename
    }
    ...RefusalFields
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:1ca7c28e93f67b8b6c831c3cc132dadcefcab20d7dd9cabb8bde433f8116ee52': `mutation RevokeGuestLink($input: RevokeGuestLinkInput!) {
  revokeGuestLink(input: $input) {
    __typename
    ... on GuestChanged {
      guest {
        ...GuestFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment GuestFields on Guest {
  id
  revision
  name
  office
  phone
  endedAt
  links {
    id
    action
    madeAt
    expiresAt
    lastOpenedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:fa8c0a24aabf1370861abd04ff4a0e7c266b439f9de8d906a6f40c45055b4289': `mutation OpenGuestLink($secret: String!) {
  openGuestLink(secret: $secret) {
    __typename
    ... on GuestSession {
      accessToken
      accessExpiresAt
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b80559b1cac133dff55f8135fca6acb549e44ab9ec2e566b54109b193eb21a54': `query GuestAction {
  guestAction {
    __typename
    ...GuestActionFields
    ...RefusalFields
  }
}

fragment GuestActionFields on GuestAction {
  revision
  guestName
  unitName
  indicatorName
  title
  status
  dueDate
  progress
  overdue
  linkExpiresAt
  reports {
    at
    progress
    note
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:6c553aa3f0d6ac25aa8875b8dea6e4ffcb95dd268618bad56d62f1505e90e92a': `mutation ReportAsGuest($input: ReportAsGuestInput!) {
  reportAsGuest(input: $input) {
    __typename
    ...GuestActionFields
    ...RefusalFields
  }
}

fragment GuestActionFields on GuestAction {
  revision
  guestName
  unitName
  indicatorName
  title
  status
  dueDate
  progress
  overdue
  linkExpiresAt
  reports {
    at
    progress
    note
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:9d992aa307bcfc8742c74baeb5ec4605acc58bad1d33dd3ef60f70fba687b01c': `query FileLayouts($code: String!) {
  district(code: $code) {
    id
    fileLayouts {
      status
      asOf
      message {
        id
        en
        __typename
      }
      layouts {
        year
        name
        sheet
        keptByName
        keptAt
        columns {
          column
          header
          element
          covers
          __typename
        }
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:a21e416f27a5a13dfe6bb4428fe427b08d0a7989e605c0ca1ffe16170e3093c0': `query Inbox($first: Int!, $after: String, $unreadOnly: Boolean!) {
  viewer {
    id
    inbox(first: $first, after: $after, unreadOnly: $unreadOnly) {
      status
      message {
        id
        en
        __typename
      }
      unread
      nodes {
        id
        kind
        about
        title {
          id
          en
          __typename
        }
        body {
          id
          en
          __typename
        }
        link
        unitName
        deliveredAt
        readAt
        __typename
      }
      pageInfo {
        hasNextPage
        endCursor
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:101cf3a247ed583f921b505955c04443eae346f4096e1fb9d8e60ef83b994d00': `query InboxUnread {
  viewer {
    id
    inbox(first: 1, unreadOnly: true) {
      status
      unread
      __typename
    }
    __typename
  }
}`,
  'sha256:f79b16d815335d1b289dcdb2c5eba549b3544c9c65b0650efbc6f4c5b52ad18a': `mutation MarkMessagesRead($input: MarkMessagesReadInput!) {
  markMessagesRead(input: $input) {
    __typename
    ... on MessagesRead {
      unread
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:f6909d9197b6b7dd8a1aa565d68b9f5c1d427cc475396228ad03ad2fa40fa2fc': `subscription InboxChanged {
  inboxChanged {
    kind
    at
    __typename
  }
}`,
  'sha256:a3cf1b72847c2d1f903573063449d72f3325d11c419c5858a89c77012fd90189': `mutation AcceptDeviation($input: AcceptDeviationInput!) {
  acceptDeviation(input: $input) {
    __typename
    ... on DeviationAccepted {
      deviation {
        ...DeviationFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment DeviationFields on AcceptedDeviation {
  indicatorCode
  fromPeriod
  until
  reason
  acceptedByName
  acceptedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:4e60102590d1f1bec7e76790915f0c20b33ea1d8a0e11343aa4b1c1ca7a7fb62': `query PuskesmasIndicator($code: String!, $period: YearMonth!, $indicator: String!) {
  puskesmas(code: $code) {
    id
    code
    name
    indicator(period: $period, code: $indicator) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      definition {
        ...DefinitionFields
        __typename
      }
      result {
        ...ResultFields
        __typename
      }
      values {
        element
        period
        covers
        state
        value
        publishedValue
        enteredByName
        enteredAt
        __typename
      }
      __typename
    }
    trend(period: $period, code: $indicator) {
      ...TrendFields
      __typename
    }
    deviations {
      status
      deviations {
        ...DeviationFields
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment DefinitionFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  cluster
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  source
  __typename
}

fragment ResultFields on IndicatorResult {
  code
  name
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  judgement
  numerator
  denominator
  coverage
  coverageState
  runningTarget
  performance
  performanceCapped
  monthsReported
  monthsExpected
  warnings {
    ...WarningFields
    __typename
  }
  __typename
}

fragment WarningFields on Warning {
  code
  indicatorCode
  message {
    id
    en
    __typename
  }
  __typename
}

fragment TrendFields on IndicatorTrendPart {
  status
  asOf
  message {
    id
    en
    __typename
  }
  observed
  median
  smallBelow
  runs {
    side
    from
    to
    points
    __typename
  }
  points {
    period
    coverage
    state
    numerator
    denominator
    judgement
    ofMonth
    annualTarget
    runningTarget
    small
    carried
    redefined
    __typename
  }
  __typename
}

fragment DeviationFields on AcceptedDeviation {
  indicatorCode
  fromPeriod
  until
  reason
  acceptedByName
  acceptedAt
  __typename
}`,
  'sha256:a4a0b46c71bfc09a3f7a8648f187c6f3dec4eaf103cc6ea727c3de1195dde564': `mutation RecordValues($input: RecordValuesInput!) {
  recordValues(input: $input) {
    __typename
    ... on ValuesRecorded {
      changed
      warnings {
        ...WarningFields
        __typename
      }
      puskesmas {
        id
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment WarningFields on Warning {
  code
  indicatorCode
  message {
    id
    en
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:52204f8b2c75d48ba403f18346d9bf7b1e6ff8bedc721af557902253aa080490': `query DistrictMatrix($code: String!, $period: YearMonth!) {
  district(code: $code) {
    id
    code
    matrix(period: $period) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      districtName
      hasBundle
      indicators {
        code
        nameId
        nameEn
        program
        unit
        __typename
      }
      rows {
        puskesmas {
          id
          code
          name
          __typename
        }
        judgements
        coverages
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:739248ce2f50d691faf4d509943602883f21e75d469acb8e2359ef7332922424': `query PuskesmasMeetings($code: String!, $first: Int!) {
  puskesmas(code: $code) {
    id
    code
    name
    timeZone
    meetings(first: $first) {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        ...MeetingFields
        __typename
      }
      pageInfo {
        hasNextPage
        endCursor
        __typename
      }
      totalCount
      __typename
    }
    __typename
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}`,
  'sha256:483504d2a72d8a0cda0123807d0c236dd537319b97f27be6bcaa23770f98a7fd': `query MeetingPage($id: ID!) {
  meeting(id: $id) {
    ...MeetingFields
    puskesmas {
      id
      code
      name
      timeZone
      __typename
    }
    notes
    agenda {
      ...AgendaFields
      __typename
    }
    attendees {
      ...AttendeeFields
      __typename
    }
    __typename
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment AgendaFields on AgendaItem {
  id
  kind
  title
  indicatorCode
  performance
  actionId
  actionStatus
  ownerName
  dueDate
  overdue
  progress
  carriedOver
  note
  decision
  __typename
}

fragment AttendeeFields on Attendee {
  id
  name
  position
  presence
  __typename
}`,
  'sha256:2bbcb31fe8ded70ae5e044b6993c437621fb924325f5c07c64857210901efc12': `mutation ScheduleMeeting($input: ScheduleMeetingInput!) {
  scheduleMeeting(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:24e742af1215cbba00ca08e60c82a38748480595cfc16d2ece42aa6ec8d71a00': `mutation MoveMeeting($input: MoveMeetingInput!) {
  moveMeeting(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:7d4185a72c90597e5392c9c3e60eb8eec0d4c26939567d48fc4edfc556d5e779': `mutation CancelMeeting($input: CancelMeetingInput!) {
  cancelMeeting(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:d7c8165bb5560bab070fbe416df9da8aa0323125d694d0f0d78968c62ea66adb': `mutation OpenMeeting($input: OpenMeetingInput!) {
  openMeeting(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:fc8efc7f78bc7e4857b807b3cf20fdd08c8d1f77c21072df0789299326a84e77': `mutation AddTopic($input: AddTopicInput!) {
  addTopic(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:a82cc0ee436f79a2d395e2c13c478fbca6d20b6e5631f3b4dfb537c7371d1303': `mutation RemoveTopic($input: RemoveTopicInput!) {
  removeTopic(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:01b6775556d998a74053d5c1a8cf0475f67ace6fc79b6688b4381f23354ebcd2': `mutation DecideItem($input: DecideItemInput!) {
  decideItem(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:a189e85a3872ac7784b8f1103b802b8e5d1043cb977f0fc856cf717784e70b58': `mutation RecordAttendance($input: RecordAttendanceInput!) {
  recordAttendance(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:0f45d20ec20b4850f5d7341f0fbfa57cb91d6ffe1a3a58dedbb0c458f01f467d': `mutation SaveNotes($input: SaveNotesInput!) {
  saveNotes(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b0c1450b468471983fa3ff7b6f4162b1105399d1e06553fdfa04c64f04b75c6e': `mutation ConcludeMeeting($input: ConcludeMeetingInput!) {
  concludeMeeting(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:4171f0a71d6287b1aec38079f676117b43a01f48e5148b3d9d8716e7b9dd2f72': `mutation SignMinutes($input: SignMinutesInput!) {
  signMinutes(input: $input) {
    __typename
    ... on MeetingChanged {
      meeting {
        ...MeetingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment MeetingFields on Meeting {
  id
  revision
  month
  dataPeriod
  status
  startsAt
  durationMinutes
  place
  concludedAt
  signedAt
  signedByName
  cancelledReason
  invited
  present
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:4b08610f0f91bc99526f3910d38de4438620622d85207b5f1f7060d504b5670e': `query PreferencesPage {
  viewer {
    id
    preferences {
      status
      message {
        id
        en
        __typename
      }
      preferences {
        ...PreferencesFields
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment PreferencesFields on Preferences {
  revision
  evaluation
  action
  meeting
  digestHour
  quietFrom
  quietUntil
  timeZone
  address
  addressRefused
  mailIsSent
  __typename
}`,
  'sha256:bd5451029b69eb3bdf60d8ab8a719cf22706a5e4e4f4e74e1cf6cd1e94e55e7a': `mutation SetPreferences($input: SetPreferencesInput!) {
  setPreferences(input: $input) {
    __typename
    ... on PreferencesSet {
      preferences {
        ...PreferencesFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment PreferencesFields on Preferences {
  revision
  evaluation
  action
  meeting
  digestHour
  quietFrom
  quietUntil
  timeZone
  address
  addressRefused
  mailIsSent
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:210e837523810274c42362b6692423dd466cbea6b6f5b6b140cd92ca812efae9': `query Deliveries($district: String!, $status: DeliveryStatus, $first: Int!, $after: String) {
  deliveries(district: $district, status: $status, first: $first, after: $after) {
    status
    message {
      id
      en
      __typename
    }
    totalCount
    nodes {
      ...DeliveryFields
      __typename
    }
    pageInfo {
      hasNextPage
      endCursor
      __typename
    }
    __typename
  }
}

fragment DeliveryFields on Delivery {
  id
  kind
  status
  personName
  unitName
  subject
  address
  attempts
  queuedAt
  nextAttemptAt
  settledAt
  skipReason
  lastError
  mayBeSentAgain
  __typename
}`,
  'sha256:4cdf3e4806987a6a01af0d6760b77344857440f176fde60e7283acaa3662cd93': `mutation SendAgain($input: SendAgainInput!) {
  sendAgain(input: $input) {
    __typename
    ... on QueuedAgain {
      delivery {
        ...DeliveryFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment DeliveryFields on Delivery {
  id
  kind
  status
  personName
  unitName
  subject
  address
  attempts
  queuedAt
  nextAttemptAt
  settledAt
  skipReason
  lastError
  mayBeSentAgain
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:413ca488ca0600b05a59f285ded558363d7cd35625b6cf0b20038f5bc24efe97': `query Webhooks($district: String!) {
  webhookTypes
  webhooks(district: $district) {
    status
    message {
      id
      en
      __typename
    }
    nodes {
      ...WebhookFields
      __typename
    }
    __typename
  }
}

fragment WebhookFields on Webhook {
  id
  revision
  name
  url
  types
  puskesmas {
    code
    name
    __typename
  }
  enabled
  formerSecretUntil
  queued
  failed
  lastDeliveredAt
  failingSince
  __typename
}`,
  'sha256:e0baf8948e67a11552b82c55aee74cd292f8cd8dea56e027ad8f29c2c2065e36': `query WebhookLog($webhook: ID!, $first: Int!, $after: String) {
  webhookSendings(webhook: $webhook, first: $first, after: $after) {
    status
    message {
      id
      en
      __typename
    }
    totalCount
    nodes {
      ...WebhookSendingFields
      __typename
    }
    pageInfo {
      hasNextPage
      endCursor
      __typename
    }
    __typename
  }
}

fragment WebhookSendingFields on WebhookSending {
  id
  factId
  type
  unitName
  status
  attempts
  queuedAt
  nextAttemptAt
  settledAt
  lastStatus
  lastError
  __typename
}`,
  'sha256:18186f6c597f809f59a8a798f00feecbdebf9758b52e6df62524934bee1146d1': `mutation CreateWebhook($input: CreateWebhookInput!) {
  createWebhook(input: $input) {
    __typename
    ... on WebhookWithSecret {
      secret
      webhook {
        ...WebhookFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment WebhookFields on Webhook {
  id
  revision
  name
  url
  types
  puskesmas {
    code
    name
    __typename
  }
  enabled
  formerSecretUntil
  queued
  failed
  lastDeliveredAt
  failingSince
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:c74e3f9d703f71cacc4f848dfd50df2cff3dea60adc0a605f56ad154fd1f0ad5': `mutation ChangeWebhook($input: ChangeWebhookInput!) {
  changeWebhook(input: $input) {
    __typename
    ... on WebhookChanged {
      webhook {
        ...WebhookFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment WebhookFields on Webhook {
  id
  revision
  name
  url
  types
  puskesmas {
    code
    name
    __typename
  }
  enabled
  formerSecretUntil
  queued
  failed
  lastDeliveredAt
  failingSince
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b1dc4a9dbc16d6d0e2e38d6943bcb00fc74a0e8c2374c168ecf6e3fb725c46c6': `mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    __typename
    ... on WebhookWithSecret {
      secret
      webhook {
        ...WebhookFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment WebhookFields on Webhook {
  id
  revision
  name
  url
  types
  puskesmas {
    code
    name
    __typename
  }
  enabled
  formerSecretUntil
  queued
  failed
  lastDeliveredAt
  failingSince
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:9b58e300d6809f80dd6d1a10dfa7fd232b0275f74755a8233cd69133bea5e55d': `mutation DeleteWebhook($input: DeleteWebhookInput!) {
  deleteWebhook(input: $input) {
    __typename
    ... on WebhookDeleted {
      id
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:cffaa6088efbc41c43578fd52e54a582ec37f09769221794eab39285d6740ce4': `mutation TestWebhook($input: TestWebhookInput!) {
  testWebhook(input: $input) {
    __typename
    ... on WebhookTested {
      sending {
        id
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b7fe6fada9fd6a5fa6ffe23f50c41527ceb35ff773c516636a864791a73c4a24': `mutation ResendToWebhook($input: ResendToWebhookInput!) {
  resendToWebhook(input: $input) {
    __typename
    ... on ResentToWebhook {
      queued
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:374d4b37bb620ada93fa5ef275f44c519d98a7d46b781ec3a8a99b00265398d0': `query PuskesmasResults($code: String!, $period: YearMonth!) {
  puskesmas(code: $code) {
    id
    code
    name
    deviations {
      status
      deviations {
        ...DeviationFields
        __typename
      }
      __typename
    }
    results(period: $period) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      evaluation {
        ...EvaluationFields
        __typename
      }
      verification {
        ...VerificationFields
        __typename
      }
      windows {
        entryClosesAt
        verificationClosesAt
        zone
        __typename
      }
      tally {
        ...TallyFields
        __typename
      }
      warnings
      results {
        ...ResultFields
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment DeviationFields on AcceptedDeviation {
  indicatorCode
  fromPeriod
  until
  reason
  acceptedByName
  acceptedAt
  __typename
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}

fragment VerificationFields on EvaluationVerification {
  programs {
    program
    verifiedByName
    verifiedAt
    __typename
  }
  returned {
    code
    name
    program
    reason
    __typename
  }
  objections {
    code
    name
    program
    reason
    __typename
  }
  verifiedAt
  lockedByName
  lockedAt
  __typename
}

fragment TallyFields on Tally {
  baik
  cukup
  kurang
  tanpaTarget
  tanpaData
  disembunyikan
  __typename
}

fragment ResultFields on IndicatorResult {
  code
  name
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  judgement
  numerator
  denominator
  coverage
  coverageState
  runningTarget
  performance
  performanceCapped
  monthsReported
  monthsExpected
  warnings {
    ...WarningFields
    __typename
  }
  __typename
}

fragment WarningFields on Warning {
  code
  indicatorCode
  message {
    id
    en
    __typename
  }
  __typename
}`,
  'sha256:ed21cc5415c0cd6bbe5867e90e094dbc432bcefcab7f5f5f948deb0fb2aff39b': `query PuskesmasActions($code: String!, $first: Int!, $after: String, $statuses: [ActionStatus!], $indicator: String) {
  puskesmas(code: $code) {
    id
    actions(
      first: $first
      after: $after
      statuses: $statuses
      indicatorCode: $indicator
    ) {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        ...ActionFields
        __typename
      }
      pageInfo {
        hasNextPage
        endCursor
        __typename
      }
      totalCount
      __typename
    }
    __typename
  }
}

fragment ActionFields on Action {
  id
  revision
  puskesmas {
    id
    code
    name
    __typename
  }
  indicatorCode
  indicatorName
  title
  status
  ownerId
  ownerName
  ownerIsGuest
  ownerLeft
  dueDate
  progress
  overdue
  unsupported
  agreedAt
  agreedInId
  needsCompletion
  carriedOver
  periods
  createdAt
  updatedAt
  __typename
}`,
  'sha256:f1b98112d925e519268614fda149f854d79cb8818b09a83952fe2eb218f4d534': `query PuskesmasPeople($code: String!) {
  puskesmas(code: $code) {
    id
    people(first: 200) {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        id
        name
        title
        role
        program
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:732e4087a83d89a5a739a9bb7c93aa494a1b4b08f0c70d0bf89f922db2d887e7': `mutation SubmitEvaluation($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) {
    __typename
    ... on EvaluationSubmitted {
      evaluation {
        ...EvaluationFields
        __typename
      }
      tally {
        ...TallyFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}

fragment TallyFields on Tally {
  baik
  cukup
  kurang
  tanpaTarget
  tanpaData
  disembunyikan
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:156adc9ed27d10649542ec24fde943d9900f217831ebaf3eab1fa3b3d4f80267': `mutation ReturnEvaluation($input: ReturnEvaluationInput!) {
  returnEvaluation(input: $input) {
    __typename
    ... on EvaluationReturned {
      evaluation {
        ...EvaluationFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:770e0c25b5af25879453ca092ff4170fa050b044b59de5ab78a5d25c90774dc7': `mutation VerifyEvaluations($input: VerifyEvaluationsInput!) {
  verifyEvaluations(input: $input) {
    __typename
    ... on EvaluationsVerified {
      results {
        id
        puskesmasCode
        puskesmasName
        programs
        awaiting
        evaluation {
          ...EvaluationFields
          __typename
        }
        refusal {
          ...RefusalFields
          __typename
        }
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:ba665557f04317634a7677590a1fe0322ac46c50fc2744a7aeb6930c0364a448': `query DistrictFindings($code: String!, $period: YearMonth!) {
  district(code: $code) {
    code
    findings(period: $period) {
      ...FindingsFields
      __typename
    }
    __typename
  }
}

fragment FindingsFields on FindingsPart {
  status
  message {
    id
    en
    __typename
  }
  asOf
  findings {
    ...FindingFields
    __typename
  }
  __typename
}

fragment FindingFields on Finding {
  rule
  level
  subject
  puskesmas {
    code
    name
    __typename
  }
  indicatorCodes
  message {
    id
    en
    __typename
  }
  confirmation {
    reason
    byName
    at
    __typename
  }
  __typename
}`,
  'sha256:362655318acaeb99ef42599a11d873407ac884c11a37bfd7f0bcf603ecb05ca9': `query PuskesmasFindings($code: String!, $period: YearMonth!) {
  puskesmas(code: $code) {
    code
    name
    findings(period: $period) {
      ...FindingsFields
      __typename
    }
    __typename
  }
}

fragment FindingsFields on FindingsPart {
  status
  message {
    id
    en
    __typename
  }
  asOf
  findings {
    ...FindingFields
    __typename
  }
  __typename
}

fragment FindingFields on Finding {
  rule
  level
  subject
  puskesmas {
    code
    name
    __typename
  }
  indicatorCodes
  message {
    id
    en
    __typename
  }
  confirmation {
    reason
    byName
    at
    __typename
  }
  __typename
}`,
  'sha256:eb46afc95317adbdc2061caed77de2039adbebf91a0c73e9a76518e3aa93b52d': `mutation ConfirmFinding($input: ConfirmFindingInput!) {
  confirmFinding(input: $input) {
    __typename
    ... on FindingConfirmed {
      finding {
        ...FindingFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment FindingFields on Finding {
  rule
  level
  subject
  puskesmas {
    code
    name
    __typename
  }
  indicatorCodes
  message {
    id
    en
    __typename
  }
  confirmation {
    reason
    byName
    at
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:b80091409e71d45b88184a6ee0e46f7f4e0cf097b653554e304f98ca9e8124f9': `query PuskesmasScores($code: String!, $period: YearMonth!) {
  puskesmas(code: $code) {
    id
    code
    name
    scores(period: $period) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      service {
        score
        raw
        used
        of
        category
        programs {
          name
          score
          raw
          used
          of
          category
          variables {
            name
            score
            raw
            used
            of
            inputs {
              code
              name
              nameEn
              score
              raw
              coverageState
              hidden
              __typename
            }
            __typename
          }
          __typename
        }
        __typename
      }
      management {
        ...ManagementFields
        __typename
      }
      spm {
        ...SpmFields
        __typename
      }
      iks {
        index
        category
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment ManagementFields on ManagementScore {
  score
  used
  of
  category
  variables {
    code
    count
    points
    source
    __typename
  }
  __typename
}

fragment SpmFields on SpmScore {
  index
  used
  of
  category
  services {
    code
    name
    nameEn
    coverage
    fulfilment
    quality
    __typename
  }
  __typename
}`,
  'sha256:bd5c5c86dd83eb88daa48883fe7d6790da775941db6c010841fa68337cb57bbc': `query DistrictScores($code: String!, $period: YearMonth!) {
  district(code: $code) {
    id
    code
    scores(period: $period) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      units {
        puskesmas {
          id
          code
          name
          __typename
        }
        service {
          score
          used
          of
          category
          programs {
            name
            score
            used
            of
            category
            __typename
          }
          __typename
        }
        management {
          ...ManagementFields
          __typename
        }
        iks {
          index
          category
          __typename
        }
        __typename
      }
      spm {
        ...SpmFields
        __typename
      }
      iks {
        index
        category
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment ManagementFields on ManagementScore {
  score
  used
  of
  category
  variables {
    code
    count
    points
    source
    __typename
  }
  __typename
}

fragment SpmFields on SpmScore {
  index
  used
  of
  category
  services {
    code
    name
    nameEn
    coverage
    fulfilment
    quality
    __typename
  }
  __typename
}`,
  'sha256:ea1376534df5aa61a0156ebdddf8e18b4fa59eaa4b5c67595c05852067711d8a': `query AccountPage {
  viewer {
    id
    secondFactor {
      status
      message {
        id
        en
        __typename
      }
      on
      since
      required
      recoveryCodesLeft
      __typename
    }
    sessions {
      status
      message {
        id
        en
        __typename
      }
      nodes {
        id
        device
        startedAt
        seenAt
        present
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:c537d32d33b67d7485d38b93cf162e9a5cf25dc60d393c7b68f9645292491099': `mutation EndSessions($input: EndSessionsInput!) {
  endSessions(input: $input) {
    __typename
    ... on SessionsEnded {
      ended
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:bafd37955505151197bb6019287f8624941853186661967ea5ff7c3b44281b96': `mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename
    ... on PasswordChanged {
      ended
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:48603b42f3c55e56c3004adb055c9af522632f7ad8ffa9990f3ff5641bc90b42': `mutation StartSecondFactor($input: StartSecondFactorInput!) {
  startSecondFactor(input: $input) {
    __typename
    ... on SecondFactorKey {
      key
      address
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:e53d75cec406ae373f152c609a8a6b2db73834a851c4eb10f503ee040f367a8b': `mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) {
  confirmSecondFactor(input: $input) {
    __typename
    ... on SecondFactorOn {
      recoveryCodes
      ended
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:09f92a94cd5baae7f2039a1aeaf719a86a8360d2636cb99ddc0fdb10dcb5c966': `mutation TurnOffSecondFactor($input: TurnOffSecondFactorInput!) {
  turnOffSecondFactor(input: $input) {
    __typename
    ... on SecondFactorOff {
      off
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:d337f1767599833727c30adc8e9746965f1f0586b3b0ed8ca52ed892bc0a5810': `query AccountsOfPuskesmas($code: String!) {
  puskesmas(code: $code) {
    id
    name
    accounts {
      ...AccountsFields
      __typename
    }
    __typename
  }
}

fragment AccountsFields on AccountsPart {
  status
  message {
    id
    en
    __typename
  }
  totalCount
  nodes {
    id
    name
    title
    login
    hasPassword
    hasSecondFactor
    codeExpiresAt
    mayIssue
    __typename
  }
  __typename
}`,
  'sha256:9fdbdee30cc24fffc5bc784f966c1534a51a70a4753c27cd8978fbd9ce954b27': `query AccountsOfOffice($code: String!) {
  district(code: $code) {
    id
    accounts {
      ...AccountsFields
      __typename
    }
    __typename
  }
}

fragment AccountsFields on AccountsPart {
  status
  message {
    id
    en
    __typename
  }
  totalCount
  nodes {
    id
    name
    title
    login
    hasPassword
    hasSecondFactor
    codeExpiresAt
    mayIssue
    __typename
  }
  __typename
}`,
  'sha256:93ea18289b11b507cf1f7213368ae468215de1ca11d0e9afc28ecb91df2633f8': `mutation IssueCodes($input: IssueCodesInput!) {
  issueCodes(input: $input) {
    __typename
    ... on CodesIssued {
      slips {
        person
        name
        title
        unitName
        login
        code
        expiresAt
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:dda9e2acfbdb773f3836f94e76181a47fa03f23035b540e86475de1c36db818c': `mutation RemoveSecondFactor($input: RemoveSecondFactorInput!) {
  removeSecondFactor(input: $input) {
    __typename
    ... on SecondFactorRemoved {
      removed
      ended
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:dbff674a1637d588f300bd1f3e40d5891f9d73e402dceb2bc915b89fae2accb9': `query ServiceAccounts($district: String!) {
  serviceAccounts(district: $district) {
    status
    message {
      id
      en
      __typename
    }
    nodes {
      ...ServiceAccountFields
      __typename
    }
    __typename
  }
}

fragment ServiceAccountFields on ServiceAccount {
  id
  revision
  login
  name
  role
  expiresOn
  madeAt
  lastUsedAt
  revokedAt
  secrets {
    madeAt
    endsAt
    lastUsedAt
    __typename
  }
  __typename
}`,
  'sha256:f671bf49143004a8a412bb38f0dc06ef5caea72e197e514d31b950e9f5e129af': `mutation MakeServiceAccount($input: MakeServiceAccountInput!) {
  makeServiceAccount(input: $input) {
    __typename
    ...ServiceAccountChangedFields
    ...RefusalFields
  }
}

fragment ServiceAccountChangedFields on ServiceAccountChanged {
  account {
    ...ServiceAccountFields
    __typename
  }
  secret
  __typename
}

fragment ServiceAccountFields on ServiceAccount {
  id
  revision
  login
  name
  role
  expiresOn
  madeAt
  lastUsedAt
  revokedAt
  secrets {
    madeAt
    endsAt
    lastUsedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:a6f103edd284d17316e3eb6bc8a8a799cb926a5f9c21c140ccc997d97c61a565': `mutation RenewServiceSecret($input: RenewServiceSecretInput!) {
  renewServiceSecret(input: $input) {
    __typename
    ...ServiceAccountChangedFields
    ...RefusalFields
  }
}

fragment ServiceAccountChangedFields on ServiceAccountChanged {
  account {
    ...ServiceAccountFields
    __typename
  }
  secret
  __typename
}

fragment ServiceAccountFields on ServiceAccount {
  id
  revision
  login
  name
  role
  expiresOn
  madeAt
  lastUsedAt
  revokedAt
  secrets {
    madeAt
    endsAt
    lastUsedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:8f330784246cb45ab930d0e411269d409919780eed4fb33e70a5cd6476223405': `mutation RevokeServiceAccount($input: RevokeServiceAccountInput!) {
  revokeServiceAccount(input: $input) {
    __typename
    ...ServiceAccountChangedFields
    ...RefusalFields
  }
}

fragment ServiceAccountChangedFields on ServiceAccountChanged {
  account {
    ...ServiceAccountFields
    __typename
  }
  secret
  __typename
}

fragment ServiceAccountFields on ServiceAccount {
  id
  revision
  login
  name
  role
  expiresOn
  madeAt
  lastUsedAt
  revokedAt
  secrets {
    madeAt
    endsAt
    lastUsedAt
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:4785d3e511359d1f8523707d7b40ee195ad23f4a65d3e7313282a1a3dea9facf': `query SingleSignOn {
  singleSignOn {
    name
    __typename
  }
}`,
  'sha256:a82b374d9f0b6681a83a76a2cf91734c94b2ad79eb18ab25500b86739e4b131a': `mutation SignIn($login: String!, $password: String!) {
  signIn(login: $login, password: $password) {
    __typename
    ... on Session {
      accessToken
      accessExpiresAt
      viewer {
        ...ViewerFields
        __typename
      }
      __typename
    }
    ...SecondStepFields
    ...RefusalFields
  }
}

fragment ViewerFields on Viewer {
  id
  name
  posts {
    title
    role
    program
    districtCode
    unitName
    coachingGroup {
      id
      code
      name
      puskesmas {
        id
        code
        __typename
      }
      __typename
    }
    puskesmas {
      id
      code
      name
      __typename
    }
    __typename
  }
  __typename
}

fragment SecondStepFields on SecondStep {
  challenge
  challengeExpiresAt
  setUp {
    key
    address
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:5678b46801566a998bf1a5c568ec1c61fd2ce1d5491e1df29e2e53ac1ee04449': `mutation CompleteSignIn($challenge: String!, $code: String!) {
  completeSignIn(challenge: $challenge, code: $code) {
    __typename
    ... on Session {
      accessToken
      accessExpiresAt
      recoveryCodes
      viewer {
        ...ViewerFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment ViewerFields on Viewer {
  id
  name
  posts {
    title
    role
    program
    districtCode
    unitName
    coachingGroup {
      id
      code
      name
      puskesmas {
        id
        code
        __typename
      }
      __typename
    }
    puskesmas {
      id
      code
      name
      __typename
    }
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:0f7bebee979f85249a767ffda853b12fed8df2abea912e740825fb342b0d5986': `mutation UseCode($login: String!, $code: String!, $newPassword: String!) {
  useCode(login: $login, code: $code, newPassword: $newPassword) {
    __typename
    ... on Session {
      accessToken
      accessExpiresAt
      viewer {
        ...ViewerFields
        __typename
      }
      __typename
    }
    ...SecondStepFields
    ...RefusalFields
  }
}

fragment ViewerFields on Viewer {
  id
  name
  posts {
    title
    role
    program
    districtCode
    unitName
    coachingGroup {
      id
      code
      name
      puskesmas {
        id
        code
        __typename
      }
      __typename
    }
    puskesmas {
      id
      code
      name
      __typename
    }
    __typename
  }
  __typename
}

fragment SecondStepFields on SecondStep {
  challenge
  challengeExpiresAt
  setUp {
    key
    address
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:fda966944a0cc074737e2135daf1e92afdcacfec0aec00f368389bc7c8d57a9d': `mutation RefreshSession {
  refreshSession {
    __typename
    ... on Session {
      accessToken
      accessExpiresAt
      viewer {
        ...ViewerFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment ViewerFields on Viewer {
  id
  name
  posts {
    title
    role
    program
    districtCode
    unitName
    coachingGroup {
      id
      code
      name
      puskesmas {
        id
        code
        __typename
      }
      __typename
    }
    puskesmas {
      id
      code
      name
      __typename
    }
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:d07dcb865817d1bc5feb179239a2836c88a0b1ceebf196e24b1cd1ada3934fab': `mutation SignOut {
  signOut {
    __typename
    ... on SignedOut {
      ended
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:2558855db9a32a57306844457cfcf52f34774f10adda4219448ba9f6ddfb56f4': `query EntrySheet($code: String!, $period: YearMonth!) {
  puskesmas(code: $code) {
    code
    name
    sheet(period: $period) {
      status
      message {
        id
        en
        __typename
      }
      asOf
      closed {
        id
        en
        __typename
      }
      bands {
        kurangAtMost
        baikFrom
        __typename
      }
      lowerIsBetter
      sequences {
        earlier
        later
        __typename
      }
      indicators {
        ...CatalogueIndicatorFields
        cluster
        __typename
      }
      elements {
        code
        nameId
        nameEn
        unit
        sumOf
        __typename
      }
      targets {
        indicatorCode
        month
        value
        running
        curve
        __typename
      }
      values {
        element
        period
        covers
        state
        value
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment CatalogueIndicatorFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  registeredElement
  running
  curve
  activeMonths
  uses
  source
  cluster
  smallCountsBelow
  expectedFrom
  __typename
}`,
  'sha256:fcfc24f9f9baa20dd648c57f62d7911cab27ef431a61ee7ac610cdcc5cbae2fb': `query SystemPage {
  system {
    service
    status
    message {
      id
      en
      __typename
    }
    ready
    missing
    unpublished
    deadLetters
    __typename
  }
}`,
  'sha256:de4673ca710a2df9af7e3273f0d09b64aff6f5d9d3d06055e10fefe2026fc34c': `query DeadLetters($service: AuditService!, $waiting: Boolean!, $first: Int!, $after: String) {
  deadLetters(service: $service, waiting: $waiting, first: $first, after: $after) {
    status
    message {
      id
      en
      __typename
    }
    totalCount
    nodes {
      ...DeadLetterFields
      __typename
    }
    pageInfo {
      hasNextPage
      endCursor
      __typename
    }
    __typename
  }
}

fragment DeadLetterFields on DeadLetter {
  id
  at
  reader
  subject
  factId
  districtCode
  attempts
  reason
  replayedAt
  __typename
}`,
  'sha256:1183ce74b6606d5f925ff0c4826f0f084c0e7186851dff5480b2983ae6b4957a': `mutation ReplayDeadLetter($input: ReplayDeadLetterInput!) {
  replayDeadLetter(input: $input) {
    __typename
    ... on DeadLetterReplayed {
      succeeded
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:cc2d802bae69e859fa1bfa03ffc5c157527187fac4ccd3ff3dc52484516ccb88': `query VerificationQueue($code: String!, $period: YearMonth!) {
  district(code: $code) {
    id
    code
    verification(period: $period) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      districtName
      programs
      rows {
        puskesmas {
          id
          code
          name
          __typename
        }
        evaluation {
          ...EvaluationFields
          __typename
        }
        warnings
        verified
        mine
        returned
        objections
        changed
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment EvaluationFields on Evaluation {
  id
  revision
  status
  submittedByName
  submittedAt
  returnedReason
  returnedAt
  __typename
}`,
  'sha256:88e766a0a38117e4ee7672eb81411419e6f09c7352c8a7a7469dc26ce955c9d3': `query EvaluationChanges($code: String!, $period: YearMonth!) {
  puskesmas(code: $code) {
    id
    results(period: $period) {
      status
      message {
        id
        en
        __typename
      }
      evaluation {
        id
        changes {
          status
          message {
            id
            en
            __typename
          }
          first
          indicators {
            code
            name
            nameEn
            program
            unit
            since
            sinceVerified
            before {
              judgement
              numerator
              denominator
              coverage
              __typename
            }
            after {
              judgement
              numerator
              denominator
              coverage
              __typename
            }
            values {
              element
              period
              covers
              before {
                state
                value
                __typename
              }
              after {
                state
                value
                __typename
              }
              __typename
            }
            __typename
          }
          __typename
        }
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:5e5b801dd96006e2e7ea9f6d0e76dc5adfbbb1dcd0a417bb4795351bd43eff3d': `mutation ReturnEvaluations($input: ReturnEvaluationsInput!) {
  returnEvaluations(input: $input) {
    __typename
    ... on EvaluationsReturned {
      results {
        ...OutcomeFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment OutcomeFields on EvaluationOutcome {
  id
  puskesmasCode
  puskesmasName
  evaluation {
    id
    revision
    status
    __typename
  }
  refusal {
    ...RefusalFields
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:9244caeebdb0c18ac88a8be227f7908d1c212ac230e22c6597cbc8d664c12aa3': `mutation LockEvaluations($input: LockEvaluationsInput!) {
  lockEvaluations(input: $input) {
    __typename
    ... on EvaluationsLocked {
      results {
        ...OutcomeFields
        __typename
      }
      __typename
    }
    ...RefusalFields
  }
}

fragment OutcomeFields on EvaluationOutcome {
  id
  puskesmasCode
  puskesmasName
  evaluation {
    id
    revision
    status
    __typename
  }
  refusal {
    ...RefusalFields
    __typename
  }
  __typename
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:d19ca5c4f634b9c2453bcc723b08790e4a4a662814fc123a94abff0f6f64947b': `query PuskesmasPws($code: String!, $period: YearMonth!, $indicator: String) {
  puskesmas(code: $code) {
    id
    code
    name
    pws(period: $period, code: $indicator) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      definition {
        ...DefinitionFields
        __typename
      }
      runningTarget
      annualTarget
      numerator
      denominator
      coverage
      villageNumerator
      villageDenominator
      hidden
      indicators {
        code
        name
        nameEn
        program
        __typename
      }
      villages {
        id
        code
        name
        numerator
        denominator
        coverage
        coverageState
        numeratorOfMonth
        ofMonth
        ofLastMonth
        arrow
        status
        reason
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment DefinitionFields on IndicatorDefinition {
  code
  nameId
  nameEn
  program
  cluster
  unit
  direction
  accumulation
  annualTarget
  multiplier
  numerator
  denominator
  numeratorElement
  denominatorElement
  source
  __typename
}`,
  'sha256:be825da9d7aa3bef75fb9535daeefe9c70238d6c89c5e61001be0a2e9c84a9ac': `query DistrictWindows($code: String!, $year: Int!, $period: YearMonth!) {
  district(code: $code) {
    id
    code
    windows(year: $year) {
      status
      asOf
      message {
        id
        en
        __typename
      }
      districtName
      mayKeep
      months {
        period
        entryDay
        verificationDay
        entryClosesAt
        verificationClosesAt
        extensions {
          kind
          unitCode
          unitName
          until
          reason
          extendedByName
          extendedAt
          __typename
        }
        __typename
      }
      __typename
    }
    verification(period: $period) {
      status
      rows {
        puskesmas {
          id
          code
          name
          __typename
        }
        __typename
      }
      __typename
    }
    __typename
  }
}`,
  'sha256:947ec75bffcb22e1f8dff1c0d2668ae11d954822650766215352ebf5598b4bce': `mutation SetWindows($input: SetWindowsInput!) {
  setWindows(input: $input) {
    __typename
    ... on WindowsSet {
      months
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
  'sha256:1c8c5f4589542c43b8e75d23ac7d11287e80067b5269e6b0cf08a23d1f3dd626': `mutation ExtendWindow($input: ExtendWindowInput!) {
  extendWindow(input: $input) {
    __typename
    ... on WindowExtended {
      closesAt
      __typename
    }
    ...RefusalFields
  }
}

fragment RefusalFields on Refusal {
  code
  field
  message {
    id
    en
    __typename
  }
  details {
    name
    value
    __typename
  }
  __typename
}`,
};
