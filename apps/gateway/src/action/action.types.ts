import { globalId, type AskReply, type FindAction } from '@lokmin/contracts';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Day, Instant, YearMonth } from '../graphql/scalars.ts';
import { Node, PagePart } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

export const EVIDENCE_PATH = '/files/evidence';

type Entry = AskReply<typeof FindAction>['history'][number];

export enum ActionStatus {
  PROPOSED = 'proposed',
  READY = 'ready',
  IN_PROGRESS = 'in_progress',
  COMPLETED = 'completed',
  WITHDRAWN = 'withdrawn',
}
registerEnumType(ActionStatus, {
  name: 'ActionStatus',
  description:
    'PROPOSED: drafted from a red indicator; READY: has owner and due date. Overdue is not a status.',
});

@ObjectType({ description: 'A file that shows what was done.' })
export class EvidenceFile {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field(() => Int, { description: 'Bytes.' }) size: number;
  @Field({ description: '`image/jpeg`, `image/png`, `image/webp` or `application/pdf`, by its content.' })
  type: string;
  @Field({ description: 'Of the content, in hexadecimal.' }) sha256: string;
  @Field({ description: 'Where it is fetched, with the access token.' }) path: string;

  constructor({ fileId, name, size, type, sha256 }: Entry['evidence'][number]) {
    this.id = globalId('EvidenceFile', fileId);
    this.name = name;
    this.size = size;
    this.type = type;
    this.sha256 = sha256;
    this.path = `${EVIDENCE_PATH}/${this.id}`;
  }
}

@ObjectType()
export class ActionEntry {
  @Field(() => Instant) at: string;
  @Field(() => String, { nullable: true, description: 'Null: the clock or the system.' })
  actorName: string | null;
  @Field({ description: 'What happened, in the past tense: `proposed`, `readied`, ...' }) kind: string;
  @Field(() => String, { nullable: true }) note: string | null;
  @Field(() => Int, { nullable: true }) progress: number | null;
  @Field(() => [EvidenceFile], { description: 'Files that the report shows.' }) evidence: EvidenceFile[];

  constructor({ at, actorName, kind, note, progress, evidence }: Entry) {
    this.at = at;
    this.actorName = actorName;
    this.kind = kind;
    this.note = note;
    this.progress = progress;
    this.evidence = evidence.map((file) => new EvidenceFile(file));
  }
}

type View = AskReply<typeof FindAction>['action'];

@ObjectType({ implements: () => [Node] })
export class Action implements Node {
  readonly __typename = 'Action';
  id: string;
  @Field(() => Int, { description: 'To be sent back with a command on it.' }) revision: number;
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field() indicatorCode: string;
  @Field() indicatorName: string;
  @Field() title: string;
  @Field(() => ActionStatus) status: ActionStatus;
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the person, as `Viewer.id`, or of the guest, as in `Puskesmas.guests`.',
  })
  ownerId: string | null;
  @Field(() => String, { nullable: true, description: 'Of a guest with the office.' })
  ownerName: string | null;
  @Field({ description: 'The owner is a guest, whom no message reaches: pass a link on to them.' })
  ownerIsGuest: boolean;
  @Field({
    description:
      'It is open, and its owner holds no post in the puskesmas any more, or is a guest who was ended: give it another one.',
  })
  ownerLeft: boolean;
  @Field(() => Day, { nullable: true }) dueDate: string | null;
  @Field(() => Int, { description: 'Whole percent.' }) progress: number;
  @Field({ description: 'The due day ended before completion.' }) overdue: boolean;
  @Field({ description: 'No evaluation speaks for it any more, though it goes on.' }) unsupported: boolean;
  @Field(() => Instant, { nullable: true, description: 'When a meeting agreed on it.' })
  agreedAt: string | null;
  @Field(() => ID, { nullable: true, description: 'The meeting that agreed on it, for `meeting`.' })
  agreedInId: string | null;
  @Field({ description: 'A meeting agreed on it, but it has no owner and due date yet.' })
  needsCompletion: boolean;
  @Field(() => Int, { description: 'In how many later meetings it was carried over.' }) carriedOver: number;
  @Field(() => [YearMonth], { description: 'Evaluations (by period) that judged the indicator kurang.' })
  periods: string[];
  @Field(() => Instant) createdAt: string;
  @Field(() => Instant) updatedAt: string;
  readonly actionId: string;

  /** @param knownHistory where the reply brought it along */
  constructor(
    view: View,
    readonly knownHistory: ActionEntry[] | null = null,
  ) {
    this.id = globalId('Action', view.actionId);
    this.actionId = view.actionId;
    this.revision = view.revision;
    this.puskesmas = new Puskesmas({ unitId: view.unitId, code: view.unitCode, name: view.unitName });
    this.indicatorCode = view.indicatorCode;
    this.indicatorName = view.indicatorName;
    this.title = view.title;
    this.status = view.status as ActionStatus;
    this.ownerIsGuest = view.ownerIsGuest ?? false;
    this.ownerId = view.ownerId && globalId(this.ownerIsGuest ? 'Guest' : 'Person', view.ownerId);
    this.ownerName = view.ownerName;
    this.ownerLeft = view.ownerLeft;
    this.dueDate = view.dueDate;
    this.progress = view.progress;
    this.overdue = view.overdue;
    this.unsupported = view.unsupported;
    this.agreedAt = view.agreedAt;
    this.agreedInId = view.agreedIn && globalId('Meeting', view.agreedIn);
    this.needsCompletion = view.agreedAt !== null && view.status === 'proposed';
    this.carriedOver = view.carriedOver;
    this.periods = view.periods;
    this.createdAt = view.createdAt;
    this.updatedAt = view.updatedAt;
  }
}

@ObjectType()
export class ActionEdge {
  @Field() cursor: string;
  @Field(() => Action) node: Action;
}
@ObjectType()
export class ActionsPart extends PagePart {
  @Field(() => [Action], { nullable: true }) nodes?: Action[] | null;
  @Field(() => [ActionEdge], { nullable: true }) edges?: ActionEdge[] | null;
}
