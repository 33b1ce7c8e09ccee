import { z } from 'zod';
import { districtCode, type ServiceName } from './fact.ts';

/** A text that a person reads, Indonesian first. */
export const text = z.object({ id: z.string(), en: z.string() });
export type Text = z.infer<typeof text>;

/** An expected failure: what, where and what to do. Codes are a closed list (refusals.ts). */
export const refusal = z.object({
  code: z.string(),
  message: text,
  /** Path of the input field it is about, for example `values.3.value`; null when it is about the whole. */
  field: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type RefusalData = z.infer<typeof refusal>;

/** A request that one process makes to a service: `lokmin.ask.<service>.<verb>`, outside every stream. */
export interface AskType<Input extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly subject: string;
  readonly meaning: string;
  /**
   * `signed-in`: refused without the valid token of a person. `guest`: of a guest, by an open link (decision 0025); a
   * person's does not do. `public`: answers anybody (sign-in itself).
   */
  readonly access: 'signed-in' | 'guest' | 'public';
  readonly input: Input;
  readonly reply: Reply;
}
export type AskInput<A extends AskType> = z.infer<A['input']>;
export type AskReply<A extends AskType> = z.infer<A['reply']>;

export function ask<Input extends z.ZodRawShape, Reply extends z.ZodType>(
  service: ServiceName,
  verb: string,
  meaning: string,
  input: Input,
  reply: Reply,
  access: AskType['access'] = 'signed-in',
): AskType<z.ZodObject<Input>, Reply> {
  return {
    service,
    subject: `lokmin.ask.${service}.${verb}`,
    meaning,
    access,
    input: z.strictObject(input),
    reply,
  };
}

/** A command is harmless when repeated: same id, same effect and same reply; same id with another payload is refused. */
export const command = { commandId: z.uuid() };
/** The revision that the caller saw. */
export const expectedRevision = { expectedRevision: z.int().positive() };

/** What an overview is of: a district, or one of its coaching groups. */
export const overviewPlace = { districtCode, coachingGroupId: z.uuid().nullable().default(null) };

/** Keyset paging: at most 200 a page, `after` is the opaque end of the page before. */
export const page = {
  first: z.int().min(1).max(200).default(50),
  after: z.string().nullable().default(null),
};
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    /** `after` of the next page, or null at the end. */
    next: z.string().nullable(),
    totalCount: z.int().nonnegative(),
  });
