import {
  applyDecorators,
  Catch,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Extensions, GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { Context } from '../graphql/context.ts';
import { signedOut } from '../graphql/errors.ts';

const PUBLIC = 'lokmin.public';

/** Marks a query or mutation that needs no signed-in person, for the guard and in the schema. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), Extensions({ public: true }));

const GUESTS = 'lokmin.guests';

/** Marks a query or mutation for guests: the service proves their token, which is good for nothing else. */
export const ForGuests = () => applyDecorators(SetMetadata(GUESTS, true), Extensions({ public: true }));

/** Every query, mutation and subscription needs a signed-in person unless it is marked as public or for guests. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<GqlContextType>() !== 'graphql') return true; // the doors beside GraphQL check for themselves
    for (const open of [PUBLIC, GUESTS])
      if (this.reflector.get<boolean | undefined>(open, execution.getHandler())) return true;
    if (!GqlExecutionContext.create(execution).getContext<Context>().caller) throw signedOut();
    return true;
  }
}

/** Hands every error of a resolver on to GraphQL as it is; what a client and the log see of it `formatErrors` decides. */
@Catch()
export class HandOn implements ExceptionFilter {
  catch(error: unknown): unknown {
    return error;
  }
}
