/** Questions to begin with, about the district of the person who looks. Each is held against the schema by a test. */
export const EXAMPLES = {
  overview: {
    query: `query Overview($district: String!, $period: YearMonth!) {
  district(code: $district) {
    overview(period: $period) {
      indicators { status submitted expected tally { baik cukup kurang tanpaTarget tanpaData } }
      rows {
        puskesmas { code name }
        evaluation { status submittedByName submittedAt }
        tally { baik cukup kurang tanpaTarget tanpaData }
        openActions
        overdueActions
      }
    }
  }
}`,
    variables: { district: '19.06', period: '2024-12' },
  },
  indicator: {
    query: `query Indicator($district: String!, $period: YearMonth!, $code: String!) {
  district(code: $district) {
    indicator(period: $period, code: $code) {
      status
      numerator
      denominator
      coverage
      judgement
      units { puskesmas { code name } result { numerator denominator coverage performance judgement } }
    }
  }
}`,
    variables: { district: '19.06', period: '2024-12', code: 'KIA-K1' },
  },
  values: {
    query: `query Values($puskesmas: String!, $period: YearMonth!, $indicator: String!) {
  puskesmas(code: $puskesmas) {
    name
    indicator(period: $period, code: $indicator) {
      status
      definition { nameId numerator denominator source }
      values { element period covers state value enteredByName enteredAt }
    }
  }
}`,
    variables: { puskesmas: '1012406', period: '2024-12', indicator: 'KIA-K1' },
  },
  actions: {
    query: `query Actions($puskesmas: String!, $after: String) {
  puskesmas(code: $puskesmas) {
    actions(first: 20, after: $after) {
      status
      totalCount
      nodes { title status ownerName dueDate progress overdue indicatorCode }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
    variables: { puskesmas: '1012406', after: null },
  },
  meetings: {
    query: `query Meetings($puskesmas: String!) {
  puskesmas(code: $puskesmas) {
    meetings(first: 12) {
      status
      nodes { month status startsAt place signedAt }
    }
  }
}`,
    variables: { puskesmas: '1012406' },
  },
} as const;
export type Example = keyof typeof EXAMPLES;
