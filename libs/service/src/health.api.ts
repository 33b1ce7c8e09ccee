import { Controller, Get, HttpException, Inject } from '@nestjs/common';
import { Roster } from './roster.ts';
import { missing, SERVICE, type ServiceState } from './state.ts';

/** `GET /health/live`: the process answers. `GET /health/ready`: it can do its work; 503 names what it lacks. */
@Controller('health')
export class HealthApi {
  constructor(
    @Inject(SERVICE) private readonly state: ServiceState,
    private readonly roster: Roster,
  ) {}

  @Get('live')
  live() {
    return { service: this.state.name, live: true };
  }

  @Get('ready')
  async ready() {
    const lacks = await missing(this.state, this.roster);
    const answer = { service: this.state.name, ready: lacks.length === 0, missing: lacks };
    if (!answer.ready) throw new HttpException(answer, 503);
    return answer;
  }
}
