import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { ActionApi } from './action/action.api.ts';
import { ActionTrailApi, AuditApi, EvaluationTrailApi, MeetingTrailApi } from './audit/audit.api.ts';
import { SheetApi } from './catalogue/sheet.api.ts';
import { CatalogueApi } from './catalogue/catalogue.api.ts';
import { DraftApi } from './catalogue/draft.api.ts';
import { CoachingGroupApi, CoachingGroupsApi } from './district/coaching-group.api.ts';
import { DistrictApi, DistrictOverviewApi } from './district/district.api.ts';
import { PwsApi } from './village/pws.api.ts';
import { DeviationApi } from './deviation/deviation.api.ts';
import { GuestApi, GuestsOfPuskesmas } from './guest/guest.api.ts';
import { NodeApi } from './graphql/node.api.ts';
import { MeetingApi, PuskesmasMeetingsApi } from './meeting/meeting.api.ts';
import { DeliveryApi } from './notification/delivery.api.ts';
import { PreferencesApi } from './notification/preferences.api.ts';
import { WebhookApi } from './notification/webhook.api.ts';
import { LiveApi } from './live/live.api.ts';
import { EvaluationChangesApi, VerificationApi, VerificationQueueApi } from './indicator/verification.api.ts';
import { QualityApi, QualityOfPuskesmas } from './quality/quality.api.ts';
import { LayoutApi } from './indicator/layout.api.ts';
import { WindowApi, WindowsOfDistrict } from './indicator/window.api.ts';
import { CompletenessApi } from './indicator/completeness.api.ts';
import { MatrixApi } from './indicator/matrix.api.ts';
import { EvaluationApi, PuskesmasApi } from './puskesmas/puskesmas.api.ts';
import { AccountsOfOffice, AccountsOfPuskesmas } from './account/account.api.ts';
import { CoachingGroupScoresApi, DistrictScoresApi, PuskesmasScoresApi } from './score/score.api.ts';
import { SystemApi } from './system/system.api.ts';
import { ServiceAccountApi } from './viewer/service-account.api.ts';
import { SessionApi } from './viewer/session.api.ts';
import { ViewerApi } from './viewer/viewer.api.ts';

/** Every resolver; providers by class only. */
export const RESOLVERS = [
  NodeApi,
  ViewerApi,
  SessionApi,
  AccountsOfPuskesmas,
  AccountsOfOffice,
  ServiceAccountApi,
  GuestsOfPuskesmas,
  GuestApi,
  DistrictApi,
  DistrictOverviewApi,
  CatalogueApi,
  DraftApi,
  CoachingGroupApi,
  CoachingGroupsApi,
  PuskesmasApi,
  SheetApi,
  EvaluationApi,
  VerificationApi,
  CompletenessApi,
  LayoutApi,
  MatrixApi,
  WindowApi,
  WindowsOfDistrict,
  VerificationQueueApi,
  EvaluationChangesApi,
  QualityApi,
  QualityOfPuskesmas,
  DeviationApi,
  PwsApi,
  PuskesmasScoresApi,
  DistrictScoresApi,
  CoachingGroupScoresApi,
  MeetingApi,
  PuskesmasMeetingsApi,
  ActionApi,
  DeliveryApi,
  PreferencesApi,
  WebhookApi,
  SystemApi,
  AuditApi,
  MeetingTrailApi,
  ActionTrailApi,
  EvaluationTrailApi,
  LiveApi,
];

/** Where the printed schema stands, relative to the repository. */
export const SCHEMA_FILE = 'apps/gateway/schema.graphql';

/** The schema as text, from the code alone: nothing is started or asked. */
export async function printGatewaySchema(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS);
    const banner = '# Printed from the code of the gateway by `npm run generate`. Do not edit.\n\n';
    return `${banner}${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}
