import { Preferences, SetPreferences, type AskInput } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { PreferencesOfPeople } from './preference.service.ts';

@Controller()
export class PreferencesApi {
  constructor(private readonly preferences: PreferencesOfPeople) {}

  @Answers(Preferences)
  ofCaller() {
    return this.preferences.ofCaller();
  }

  @Answers(SetPreferences)
  set(input: AskInput<typeof SetPreferences>) {
    return this.preferences.set(input);
  }
}
